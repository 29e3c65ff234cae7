import { networkInterfaces } from 'node:os'
import process from 'node:process'
import type { DashboardLooks } from '../dashboard/dashboard-options.js'
import { openFullScreen } from '../dashboard/terminal/open-full-screen.js'
import type { Surroundings } from '../drivers/contract.js'
import { Fault } from '../faults/fault.js'
import { placesFrom } from './place.js'
import { WalkErrands } from './walk-errands.js'
import { walkFrame } from './walk-frame.js'
import { reduceWalkKey, type WalkAction } from './walk-keys.js'
import { reduceNews, type WalkNews } from './walk-news.js'
import { firstStep, type WalkState } from './walk-state.js'

interface FirstWalkOptions {
  /** What is offered as the name of the site file. */
  readonly file: string
  readonly around: Surroundings
  readonly looks: DashboardLooks
  /** The terminal is about to be taken. */
  readonly onOpening?: (() => void) | undefined
}

const DRAW_EVERY_MS = 100

/**
 * Leads a person on a terminal from nothing to a saved site file: where to look, what of the found is wanted, under which name it is saved.
 * @returns the path of the file.
 * @throws Fault INTERRUPTED where the person left.
 */
export async function firstWalk(options: FirstWalkOptions): Promise<string> {
  const { around } = options
  const ended = Promise.withResolvers<string>()
  const leave = (): void => {
    ended.reject(new Fault('INTERRUPTED', { message: 'left before a site file was saved; nothing was written' }))
  }
  let state: WalkState = firstStep(placesFrom(networkInterfaces()), options.file)
  let isStale = true
  const hear = (news: WalkNews): void => {
    state = reduceNews(state, news)
    isStale = true
  }
  const errands = new WalkErrands(around, hear)
  const act = (action: WalkAction): void => {
    if (action.kind === 'quit') leave()
    else if (action.kind === 'suspend') screen.suspend()
    else if (action.kind === 'save')
      void errands.save(state, action.file).then((path) => path !== null && ended.resolve(path), ended.reject)
    else errands.run(action, state)
  }
  await using screen = await openFullScreen({
    terminal: process,
    ...options.looks,
    mouse: 'off',
    onOpening: options.onOpening,
    onKey: (key) => {
      const outcome = reduceWalkKey(state, key)
      state = outcome.state
      if (outcome.action) act(outcome.action)
      if (outcome.action?.kind !== 'suspend') draw()
    },
    onReport: () => undefined,
    onStale: () => draw(),
    onGone: leave,
  })
  const draw = (): void => {
    const frame = walkFrame(state, screen.size)
    state = frame.state
    isStale = false
    screen.draw(frame.rows)
  }
  void errands.plan(state.places)
  const timer = setInterval(() => isStale && draw(), DRAW_EVERY_MS)
  around.signal.addEventListener('abort', leave)
  if (around.signal.aborted) leave()
  draw()
  try {
    return await ended.promise
  } finally {
    clearInterval(timer)
    around.signal.removeEventListener('abort', leave)
    await errands.end()
  }
}
