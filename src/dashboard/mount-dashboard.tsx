import process from 'node:process'
import type { DashboardAction } from './actions/dashboard-action.js'
import { performAction } from './actions/perform-action.js'
import type { DashboardEnd, DashboardOptions } from './dashboard-options.js'
import type { KeyPress } from './keys/key-press.js'
import { frozenCopy, type LiveState } from './live/live-state.js'
import { RateMeter } from './live/rate-meter.js'
import type { Picture } from './picture.js'
import { composeFrame, type Frame } from './screen/compose-frame.js'
import { type DashboardState, FIRST_SCREEN } from './screen/dashboard-state.js'
import { reduceKey } from './screen/reduce-key.js'
import { changeShown, showView } from './screen/show-view.js'
import { FullScreen } from './terminal/full-screen.js'
import { type SensorsState, withFilter } from './views/sensors/sensors-state.js'

const FRAME_MS = { normal: 200, low: 1000 } as const
const NOTICE_MS = 3000

/** Puts the dashboard on the terminal until it ends; see `showDashboard`. */
export async function mountDashboard(options: DashboardOptions): Promise<DashboardEnd> {
  await using screen = new DashboardScreen(options)
  return await screen.ended
}

/** A dashboard on a terminal: draws by its own timer, reads keys, gives the terminal back. */
class DashboardScreen implements AsyncDisposable {
  readonly #options: DashboardOptions
  readonly #screen: FullScreen
  readonly #timer: NodeJS.Timeout
  readonly #rate: RateMeter
  readonly #outcome = Promise.withResolvers<DashboardEnd>()
  #state: DashboardState
  #frame: Frame | undefined
  #held: { readonly live: LiveState; readonly now: number; readonly elapsedMs: number } | undefined
  #notice: { readonly text: string; readonly untilMs: number } | undefined

  constructor(options: DashboardOptions) {
    this.#options = options
    this.#state = changeShown({ ...FIRST_SCREEN, layout: options.layout ?? FIRST_SCREEN.layout }, 'sensors', (state) =>
      withFilter(state as SensorsState, options.filter ?? ''),
    )
    this.#rate = new RateMeter(options.store.clock)
    this.#screen = new FullScreen({
      terminal: options.terminal ?? process,
      palette: options.palette ?? 'colour',
      mouse: 'off',
      onKey: this.#onKey,
      onReport: () => undefined,
      onStale: () => this.#draw(),
      onGone: () => this.#outcome.resolve('terminal-gone'),
    })
    this.#timer = setInterval(this.#draw, FRAME_MS[this.#bandwidth])
    options.signal.addEventListener('abort', this.#onAbort)
    if (options.signal.aborted) this.#onAbort()
    this.#draw()
  }

  get ended(): Promise<DashboardEnd> {
    return this.#outcome.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    this.#options.signal.removeEventListener('abort', this.#onAbort)
    await this.#screen[Symbol.asyncDispose]()
  }

  get #bandwidth(): 'normal' | 'low' {
    return this.#options.bandwidth ?? 'normal'
  }

  readonly #onAbort = (): void => {
    this.#outcome.resolve('aborted')
  }

  readonly #draw = (): void => {
    if (this.#screen.isBehind) return
    try {
      this.#frame = composeFrame(this.#picture(), this.#screen.size)
      this.#state = this.#frame.picture.screen
      this.#screen.draw(this.#frame.rows)
    } catch (thrown) {
      this.#fail(thrown)
    }
  }

  /** A mistake in a view must not leave a broken terminal behind; the caller learns of it. */
  #fail(thrown: unknown): void {
    this.#screen.stop()
    this.#outcome.reject(thrown)
  }

  #picture(): Picture {
    const { store, title } = this.#options
    const { clock } = store
    const rate = this.#rate.read(store.live.received)
    const now = this.#held?.now ?? (store.isReplay() && store.live.newestAt > 0 ? store.live.newestAt : clock.now())
    const notice = this.#notice && clock.monotonicMs() < this.#notice.untilMs ? this.#notice.text : null
    return {
      live: this.#held?.live ?? store.live,
      screen: this.#state,
      moment: { now, mode: store.isReplay() ? 'replay' : 'live' },
      title,
      elapsedMs: this.#held?.elapsedMs ?? clock.monotonicMs() - store.startedMs(),
      ratePerS: rate,
      recording: store.recording?.() ?? null,
      hasEnded: store.hasEnded(),
      utcOffsetMinutes: -new Date(now / 1000).getTimezoneOffset(),
      bandwidth: this.#bandwidth,
      notice,
      layouts: this.#options.abilities?.layouts?.saved() ?? [],
      commissioning: this.#options.abilities?.commissioning ?? null,
    }
  }

  readonly #onKey = (key: KeyPress): void => {
    try {
      this.#press(key)
    } catch (thrown) {
      this.#fail(thrown)
    }
  }

  #press(key: KeyPress): void {
    const { picture = this.#picture(), placed = [] } = this.#frame ?? {}
    const { screen, action } = reduceKey(this.#state, key, { picture, placed })
    if (screen.drawing !== this.#state.drawing) this.#hold(screen.drawing)
    this.#state = screen
    if (action) this.#do(action)
    // The shell has the terminal now, or nobody has.
    if (action?.kind !== 'suspend' && action?.kind !== 'quit') this.#draw()
  }

  #do(action: DashboardAction): void {
    switch (action.kind) {
      case 'quit':
        this.#outcome.resolve('quit')
        break
      case 'suspend':
        this.#screen.suspend()
        break
      case 'redraw':
        this.#screen.forget()
        break
      case 'show':
        this.#state = showView(this.#state, action.view)
        break
      default:
        this.#say(
          performAction(action, { store: this.#options.store, abilities: this.#options.abilities ?? {}, say: (text) => this.#say(text) }),
        )
    }
  }

  #say(text: string | null): void {
    if (text !== null) this.#notice = { text, untilMs: this.#options.store.clock.monotonicMs() + NOTICE_MS }
  }

  #hold(drawing: DashboardState['drawing']): void {
    const { live, clock, startedMs } = this.#options.store
    this.#held = drawing === 'held' ? { live: frozenCopy(live), now: clock.now(), elapsedMs: clock.monotonicMs() - startedMs() } : undefined
  }
}
