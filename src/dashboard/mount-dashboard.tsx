import process from 'node:process'
import { render } from 'ink'
import type { ReactElement } from 'react'
import type { DashboardAction } from './actions/dashboard-action.js'
import { performAction } from './actions/perform-action.js'
import { DashboardApp } from './dashboard-app.js'
import type { DashboardEnd, DashboardOptions } from './dashboard-options.js'
import type { KeyPress } from './keys/key-press.js'
import { frozenCopy, type LiveState } from './live/live-state.js'
import { RateMeter } from './live/rate-meter.js'
import type { Picture } from './picture.js'
import type { Row } from './rows/style.js'
import { composeFrame, type Frame } from './screen/compose-frame.js'
import { type DashboardState, FIRST_SCREEN } from './screen/dashboard-state.js'
import { reduceKey } from './screen/reduce-key.js'
import { changeShown, showView } from './screen/show-view.js'
import { PaintedScreen } from './terminal/painted-screen.js'
import { SilentTerminal } from './terminal/silent-terminal.js'
import { TerminalSession } from './terminal/terminal-session.js'
import { type SensorsState, withFilter } from './views/sensors/sensors-state.js'

const FRAME_MS = { normal: 200, low: 1000 } as const
const NOTICE_MS = 3000
const ENDING = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const

/** Puts the dashboard on the terminal until it ends; see `showDashboard`. */
export async function mountDashboard(options: DashboardOptions): Promise<DashboardEnd> {
  await using screen = new DashboardScreen(options)
  return await screen.ended
}

/** A dashboard on a terminal: draws by its own timer, reads keys, gives the terminal back. */
class DashboardScreen implements AsyncDisposable {
  readonly #options: DashboardOptions
  readonly #screen: PaintedScreen
  readonly #session: TerminalSession
  readonly #app: ReturnType<typeof render>
  readonly #timer: NodeJS.Timeout
  readonly #rate: RateMeter
  readonly #outcome = Promise.withResolvers<DashboardEnd>()
  #state: DashboardState
  #frame: Frame | undefined
  #held: { readonly live: LiveState; readonly now: number; readonly elapsedMs: number } | undefined
  #notice: { readonly text: string; readonly untilMs: number } | undefined

  constructor(options: DashboardOptions) {
    this.#options = options
    this.#state = changeShown(FIRST_SCREEN, 'sensors', (state) => withFilter(state as SensorsState, options.filter ?? ''))
    const { stdin, stdout } = options.terminal ?? process
    this.#rate = new RateMeter(options.store.clock)
    this.#screen = new PaintedScreen(stdout, options.palette ?? 'colour')
    this.#session = new TerminalSession(stdout, stdin)
    this.#session.enter()
    this.#screen.attach()
    this.#app = render(this.#element([]), {
      stdout: new SilentTerminal(stdout),
      stdin,
      debug: true,
      interactive: true,
      exitOnCtrlC: false,
      patchConsole: false,
    })
    this.#timer = setInterval(this.#draw, FRAME_MS[this.#bandwidth])
    stdout.on('resize', this.#onResize)
    stdout.on('error', this.#onLostTerminal)
    for (const signal of ENDING) process.on(signal, this.#onAbort)
    options.signal.addEventListener('abort', this.#onAbort)
    if (options.signal.aborted) this.#onAbort()
    this.#draw()
  }

  get ended(): Promise<DashboardEnd> {
    return this.#outcome.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    const { stdout } = this.#options.terminal ?? process
    stdout.off('resize', this.#onResize)
    stdout.off('error', this.#onLostTerminal)
    for (const signal of ENDING) process.off(signal, this.#onAbort)
    this.#options.signal.removeEventListener('abort', this.#onAbort)
    this.#screen.detach()
    this.#app.unmount()
    this.#session.leave()
    this.#app.cleanup()
    await Promise.resolve()
  }

  get #bandwidth(): 'normal' | 'low' {
    return this.#options.bandwidth ?? 'normal'
  }

  readonly #onAbort = (): void => {
    this.#outcome.resolve('aborted')
  }

  readonly #onLostTerminal = (): void => {
    this.#screen.detach()
    this.#outcome.resolve('aborted')
  }

  readonly #onResize = (): void => {
    this.#screen.attach()
    this.#draw()
  }

  readonly #draw = (): void => {
    if (this.#screen.isBehind) return
    try {
      this.#frame = composeFrame(this.#picture(), { columns: this.#screen.columns, rows: this.#screen.rows })
      this.#state = this.#frame.picture.screen
      this.#app.rerender(this.#element(this.#frame.rows))
    } catch (thrown) {
      // A mistake in a view must not leave a broken terminal behind; the caller learns of it.
      this.#screen.detach()
      this.#outcome.reject(thrown)
    }
  }

  #element(rows: readonly Row[]): ReactElement {
    return <DashboardApp rows={rows} paint={this.#paint} onKey={this.#onKey} />
  }

  readonly #paint = (rows: readonly Row[]): void => {
    if (rows.length > 0) this.#screen.paint(rows)
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
    }
  }

  readonly #onKey = (key: KeyPress): void => {
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
        this.#options.onQuit?.()
        this.#outcome.resolve('quit')
        break
      case 'suspend':
        this.#suspend()
        break
      case 'redraw':
        this.#screen.attach()
        break
      case 'show':
        this.#state = showView(this.#state, action.view)
        break
      default:
        this.#say(performAction(action, { store: this.#options.store, abilities: this.#options.abilities ?? {} }))
    }
  }

  #say(text: string | null): void {
    if (text !== null) this.#notice = { text, untilMs: this.#options.store.clock.monotonicMs() + NOTICE_MS }
  }

  #hold(drawing: DashboardState['drawing']): void {
    const { live, clock, startedMs } = this.#options.store
    this.#held = drawing === 'held' ? { live: frozenCopy(live), now: clock.now(), elapsedMs: clock.monotonicMs() - startedMs() } : undefined
  }

  /** Ctrl-Z: the shell gets its terminal, and we take it again after `fg`. */
  #suspend(): void {
    if (process.platform === 'win32') return
    const { stdin } = this.#options.terminal ?? process
    this.#screen.detach()
    this.#session.leave()
    process.once('SIGCONT', () => {
      if (stdin.isTTY) stdin.setRawMode?.(true)
      this.#session.enter()
      this.#onResize()
    })
    process.kill(process.pid, 'SIGTSTP')
  }
}
