import process from 'node:process'
import type { DashboardAction } from './actions/dashboard-action.js'
import { performAction } from './actions/perform-action.js'
import { workFactsOf } from './actions/work-abilities.js'
import type { DashboardEnd, DashboardOptions } from './dashboard-options.js'
import type { KeyPress } from './keys/key-press.js'
import { frozenCopy, type LiveState } from './live/live-state.js'
import { RateMeter } from './live/rate-meter.js'
import type { Picture } from './picture.js'
import { composeFrame, type Frame } from './screen/compose-frame.js'
import { type DashboardState, FIRST_SCREEN } from './screen/dashboard-state.js'
import { frameIntervalMs } from './screen/frame-interval.js'
import { afterWrite, FRESH_LINE, type LineSpeed } from './screen/line-speed.js'
import { reduceKey } from './screen/reduce-key.js'
import { reduceMouse } from './screen/reduce-mouse.js'
import type { ScreenOutcome } from './screen/screen-outcome.js'
import { changeShown, showView } from './screen/show-view.js'
import { SpectrumDesk } from './spectra/spectrum-desk.js'
import { FullScreen } from './terminal/full-screen.js'
import type { TerminalReport } from './terminal/terminal-report.js'
import { type SensorsState, withFilter } from './views/sensors/sensors-state.js'

const PLAIN_LOOKS = { palette: 'colour', signs: 'unicode', mouse: 'off' } as const
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
  #timer: NodeJS.Timeout | undefined
  readonly #rate: RateMeter
  readonly #spectra: SpectrumDesk
  readonly #outcome = Promise.withResolvers<DashboardEnd>()
  #state: DashboardState
  #frame: Frame | undefined
  #held: { readonly live: LiveState; readonly now: number; readonly elapsedMs: number } | undefined
  #line: LineSpeed = FRESH_LINE
  #focus: 'focus' | 'no-focus' = 'focus'
  #keyAtMs: number
  /** A key came while the terminal was still busy with the last frame. */
  #isAwaited = false
  #hasEnded = false
  #notice: { readonly text: string; readonly untilMs: number } | undefined

  constructor(options: DashboardOptions) {
    this.#options = options
    this.#state = changeShown({ ...FIRST_SCREEN, layout: options.layout ?? FIRST_SCREEN.layout }, 'sensors', (state) =>
      withFilter(state as SensorsState, options.filter ?? ''),
    )
    this.#rate = new RateMeter(options.store.clock)
    this.#spectra = new SpectrumDesk(options.store)
    this.#keyAtMs = options.store.clock.monotonicMs()
    this.#screen = new FullScreen({
      terminal: options.terminal ?? process,
      ...(options.looks ?? PLAIN_LOOKS),
      onOpening: options.onOpening,
      onKey: (key) => this.#guarded(() => this.#press(key)),
      onReport: (report) => this.#guarded(() => this.#onReport(report)),
      onWritten: this.#onWritten,
      onStale: () => this.#draw(),
      onGone: () => this.#outcome.resolve('terminal-gone'),
    })
    options.signal.addEventListener('abort', this.#onAbort)
    if (options.signal.aborted) this.#onAbort()
    this.#draw()
  }

  get ended(): Promise<DashboardEnd> {
    return this.#outcome.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hasEnded = true
    clearTimeout(this.#timer)
    this.#options.signal.removeEventListener('abort', this.#onAbort)
    await this.#screen[Symbol.asyncDispose]()
  }

  get #bandwidth(): 'normal' | 'low' {
    return this.#options.bandwidth === 'low' || this.#line.speed === 'slow' ? 'low' : 'normal'
  }

  readonly #onAbort = (): void => {
    this.#outcome.resolve('aborted')
  }

  readonly #draw = (): void => {
    if (this.#hasEnded) return
    clearTimeout(this.#timer)
    const idleMs = this.#options.store.clock.monotonicMs() - this.#keyAtMs
    this.#timer = setTimeout(this.#draw, frameIntervalMs({ bandwidth: this.#bandwidth, focus: this.#focus, idleMs }))
    this.#isAwaited = this.#screen.isBehind
    if (this.#screen.isBehind) return
    this.#guarded(() => {
      this.#frame = composeFrame(this.#picture(), this.#screen.size)
      this.#state = this.#frame.picture.screen
      this.#screen.draw(this.#frame.rows)
    })
  }

  #guarded(work: () => void): void {
    try {
      work()
    } catch (thrown) {
      this.#fail(thrown)
    }
  }

  readonly #onWritten = (tookMs: number): void => {
    const line = afterWrite(this.#line, { tookMs, nowMs: this.#options.store.clock.monotonicMs() })
    if (line.speed !== this.#line.speed) this.#say(line.speed === 'slow' ? 'slow line: a frame a second' : 'the line is fast again')
    this.#line = line
    if (this.#isAwaited) this.#draw()
  }

  #onReport(report: TerminalReport): void {
    if (report.kind === 'focus') {
      this.#focus = report.has
      if (report.has === 'focus') this.#draw()
    } else if (this.#frame) this.#follow(reduceMouse(this.#state, report, this.#frame))
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
    const now = this.#held?.now ?? store.now()
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
      spectra: this.#spectra,
      traffic: this.#options.traffic,
      raw: this.#options.raw,
      utcOffsetMinutes: -new Date(now / 1000).getTimezoneOffset(),
      bandwidth: this.#bandwidth,
      notice,
      layouts: this.#options.abilities?.layouts?.saved() ?? [],
      commissioning: this.#options.abilities?.commissioning ?? null,
      work: workFactsOf(this.#options.abilities?.work),
    }
  }

  #press(key: KeyPress): void {
    const { picture = this.#picture(), placed = [] } = this.#frame ?? {}
    this.#follow(reduceKey(this.#state, key, { picture, placed }))
  }

  #follow({ screen, action }: ScreenOutcome): void {
    this.#keyAtMs = this.#options.store.clock.monotonicMs()
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
          performAction(action, {
            store: this.#options.store,
            abilities: this.#options.abilities ?? {},
            say: (text) => this.#say(text),
            frame: () => composeFrame(this.#picture(), this.#screen.size),
          }),
        )
    }
  }

  #say(text: string | null): void {
    if (text !== null) this.#notice = { text, untilMs: this.#options.store.clock.monotonicMs() + NOTICE_MS }
  }

  #hold(drawing: DashboardState['drawing']): void {
    const { live, clock, startedMs, now } = this.#options.store
    this.#held = drawing === 'held' ? { live: frozenCopy(live), now: now(), elapsedMs: clock.monotonicMs() - startedMs() } : undefined
  }
}
