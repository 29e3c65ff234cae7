import { fitWidth } from '../../output/display-width.js'
import { terminalSafe } from '../../output/terminal-safe.js'
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
const LEAST_OF_ADDRESS = 2

/** Commands, views, layouts and sensors (by name, or by topic, node or register) that fit the text, the best first; all commands where nothing is typed. */
export function targetsFor(text: string, picture: Picture): readonly Target[] {
  const [word = '', ...rest] = text.trimStart().split(' ')
  const commands = commandsFor(picture)
  const asked = commands.find(({ name, argument }) => argument !== undefined && name === word)
  if (asked && (rest.length > 0 || text.endsWith(' '))) return [commandTarget(asked, rest.join(' ').trim())]
  const scored: { readonly score: number; readonly target: () => Target }[] = []
  for (const command of commands) {
    const score = fuzzyScore(text, command.name)
    if (score !== null) scored.push({ score: score + COMMAND_BONUS, target: () => commandTarget(command, '') })
    else if (command.argument !== undefined && rest.length > 0) {
      const byWord = word === '' ? null : fuzzyScore(word, command.name)
      if (byWord !== null) scored.push({ score: byWord, target: () => commandTarget(command, rest.join(' ').trim()) })
    }
  }
  if (text.trim() !== '') {
    const { names, sensors } = picture.live
    for (let row = 0; row < Math.min(names.length, SENSORS_CONSIDERED); row++) {
      const byName = fuzzyScore(text, names[row] ?? '')
      const score = byName ?? placeScore(text, sensors[row]?.address ?? '')
      if (score !== null) scored.push({ score, target: () => sensorTarget(picture, row, byName === null ? 'place' : 'name') })
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

/** A part of its topic, node or register as it stands: nearly any letters occur somewhere in a long address. Behind all that fit by name. */
function placeScore(text: string, address: string): number | null {
  const part = text.trim().toLowerCase()
  return part.length >= LEAST_OF_ADDRESS && address.toLowerCase().includes(part) ? 0 : null
}

/** It becomes the selected one, and no filter of the table hides it. */
function sensorTarget({ live }: Picture, row: number, by: 'name' | 'place'): Target {
  const name = live.names[row] ?? ''
  const key = live.sensors[row]?.key ?? null
  const unit = fitWidth(live.units[row] ?? '', 6).trim()
  const show = (screen: DashboardState): ScreenOutcome => {
    return { screen: { ...changeShown(screen, 'sensors', (state) => withFilter(state as SensorsState, '')), selected: key } }
  }
  const address = terminalSafe(live.sensors[row]?.address ?? '', { maxWidth: 200 })
  return { name, about: by === 'place' ? address : `sensor ${unit}`.trim(), completed: name, run: show }
}
