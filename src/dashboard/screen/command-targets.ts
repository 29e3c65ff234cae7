import { fitWidth } from '../../output/display-width.js'
import type { Picture } from '../picture.js'
import { type SensorsState, withFilter } from '../views/sensors/sensors-state.js'
import type { Command } from './command.js'
import { commandsFor } from './commands.js'
import type { DashboardState } from './dashboard-state.js'
import { fuzzyScore } from './fuzzy-score.js'
import type { ScreenOutcome } from './screen-outcome.js'
import { changeShown } from './show-view.js'

/** Something that fits what is typed. */
export interface Target {
  readonly name: string
  readonly about: string
  /** What Tab makes of the text. */
  readonly completed: string
  readonly run: (screen: DashboardState) => ScreenOutcome
}

const SENSORS_CONSIDERED = 20_000
const TARGETS_KEPT = 100
/** At equal fit a command comes before a sensor. */
const COMMAND_BONUS = 3

/** Commands, views, layouts and sensors that fit the text, the best first; all commands where nothing is typed. */
export function targetsFor(text: string, picture: Picture): readonly Target[] {
  const [word = '', ...rest] = text.trimStart().split(' ')
  const commands = commandsFor(picture)
  const asked = commands.find(({ name, argument }) => argument !== undefined && name === word)
  if (asked && (rest.length > 0 || text.endsWith(' '))) return [commandTarget(asked, rest.join(' ').trim())]
  const scored: { readonly score: number; readonly target: () => Target }[] = []
  for (const command of commands) {
    const score = fuzzyScore(text, command.name)
    if (score !== null) scored.push({ score: score + COMMAND_BONUS, target: () => commandTarget(command, '') })
  }
  if (text.trim() !== '') {
    const { names } = picture.live
    for (let row = 0; row < Math.min(names.length, SENSORS_CONSIDERED); row++) {
      const score = fuzzyScore(text, names[row] ?? '')
      if (score !== null) scored.push({ score, target: () => sensorTarget(picture, row) })
    }
    scored.sort((a, b) => b.score - a.score)
  }
  return scored.slice(0, TARGETS_KEPT).map(({ target }) => target())
}

function commandTarget(command: Command, argument: string): Target {
  const { name, about } = command
  const usage = command.argument === undefined ? name : `${name} ${argument === '' ? command.argument : argument}`
  return {
    name: usage,
    about,
    completed: command.argument === undefined ? name : `${name} ${argument}`,
    run: (screen) => command.run(screen, argument),
  }
}

/** It becomes the selected one, and no filter of the table hides it. */
function sensorTarget({ live }: Picture, row: number): Target {
  const name = live.names[row] ?? ''
  const key = live.sensors[row]?.key ?? null
  const unit = fitWidth(live.units[row] ?? '', 6).trim()
  const show = (screen: DashboardState): ScreenOutcome => {
    return { screen: { ...changeShown(screen, 'sensors', (state) => withFilter(state as SensorsState, '')), selected: key } }
  }
  return { name, about: `sensor ${unit}`.trim(), completed: name, run: show }
}
