import { parseDurationMs } from '../../../readings/time.js'
import type { KeyPress } from '../../keys/key-press.js'
import { type Shelvable, shelvableOf } from '../../live/attend.js'
import type { Picture } from '../../picture.js'
import { LIST_STEPS, moveChoice } from '../list-choice.js'
import { typePrompt } from '../prompt.js'
import type { PaneMoment, ViewKey, ViewOutcome } from '../view.js'
import { type EventLine, eventLines } from './event-lines.js'
import { type EventsState, SHOWS } from './events-state.js'

type Outcome = ViewOutcome<EventsState>

/** A shelf without an end is a way to forget. */
const LONGEST_SHELF_MS = 7 * 24 * 3_600_000

export const EVENT_KEYS: readonly ViewKey<EventsState>[] = [
  { press: ['a'], shown: 'a', does: 'acknowledge the alarm or event with the cursor', hint: 'acknowledge', act: acknowledged },
  { press: ['s'], shown: 's', does: 'shelve it for a while: how long, and why', hint: 'shelve', act: askHowLong },
  { press: ['u'], shown: 'u', does: 'take it off the shelf', act: unshelved },
  { press: ['f'], shown: 'f', does: 'alarms and events, alarms only, events only', hint: 'show', act: showNext },
  { press: ['enter'], shown: 'Enter', does: 'the sensor that it is about, in detail', act: goToSensor },
  ...LIST_STEPS.map(({ press, shown, does, step }): ViewKey<EventsState> => {
    const act: ViewKey<EventsState>['act'] = (state, { picture, size }) => {
      return {
        state: moveChoice(
          state,
          eventLines(picture, state.shows).map(({ id }) => id),
          step(size.rows),
        ),
      }
    }
    return { press, shown, does, act }
  }),
]

export function typeShelf(state: EventsState): ((key: KeyPress, at: PaneMoment) => Outcome) | undefined {
  const { prompt } = state
  if (!prompt) return undefined
  return (key, at) => {
    const typed = typePrompt(prompt, key)
    if (typed.kind === 'typing') return { state: { ...state, prompt: typed.prompt } }
    if (typed.kind === 'left') return { state: { ...state, prompt: null } }
    return prompt.kind === 'shelve-for' ? askWhy(state, typed.text) : shelved(state, typed.text, at)
  }
}

function lineAt(state: EventsState, picture: Picture): EventLine | undefined {
  const lines = eventLines(picture, state.shows)
  return lines.find(({ id }) => id === state.cursor) ?? lines[0]
}

function sensorOf(line: EventLine, { live }: Picture): string | undefined {
  return line.kind === 'alarm' ? live.sensors[line.alarm.row]?.key : line.event.sensors[0]
}

function shelvable(line: EventLine, picture: Picture): Shelvable {
  if (line.kind === 'event') return shelvableOf(line.event)
  const sensors = [sensorOf(line, picture) ?? '']
  return shelvableOf({ event: 'alert', sensors, text: '' })
}

/** An event that tells of an alarm means the alarm, as long as there is one. */
function acknowledged(state: EventsState, { picture }: PaneMoment): Outcome {
  const line = lineAt(state, picture)
  if (!line) return { state }
  const sensor = sensorOf(line, picture)
  const isAlarm =
    line.kind === 'alarm' || (line.event.event === 'alert' && picture.live.alarms.has(picture.live.indexOf.get(sensor ?? '') ?? -1))
  if (isAlarm && sensor !== undefined) return { state, action: { kind: 'acknowledge-alarm', sensor } }
  return line.kind === 'event' ? { state, action: { kind: 'acknowledge', event: line.event.number } } : { state }
}

function askHowLong(state: EventsState, { picture }: PaneMoment): Outcome {
  const line = lineAt(state, picture)
  if (!line) return { state }
  return { state: { ...state, cursor: line.id, prompt: { kind: 'shelve-for', text: '1h', before: [] } } }
}

function askWhy(state: EventsState, howLong: string): Outcome {
  const ms = parseDurationMs(howLong)
  if (ms === undefined || ms <= 0 || ms > LONGEST_SHELF_MS)
    return { state, action: { kind: 'say', text: 'a time such as 30m or 8h, at most 7 days' } }
  return { state: { ...state, prompt: { kind: 'shelve-because', text: '', before: [howLong] } } }
}

function shelved(state: EventsState, reason: string, { picture }: PaneMoment): Outcome {
  if (reason === '') return { state, action: { kind: 'say', text: 'say why it is shelved' } }
  const line = lineAt(state, picture)
  const ms = parseDurationMs(state.prompt?.before[0] ?? '') ?? 0
  const done = { ...state, prompt: null }
  if (!line || line.id !== state.cursor) return { state: done, action: { kind: 'say', text: 'it is gone meanwhile' } }
  const until = picture.moment.now + ms * 1000
  return { state: done, action: { kind: 'shelve', alarm: shelvable(line, picture), shelved: { until, reason } } }
}

function unshelved(state: EventsState, { picture }: PaneMoment): Outcome {
  const line = lineAt(state, picture)
  return line ? { state, action: { kind: 'unshelve', alarm: shelvable(line, picture) } } : { state }
}

function showNext(state: EventsState): Outcome {
  return { state: { ...state, cursor: null, top: 0, shows: SHOWS[(SHOWS.indexOf(state.shows) + 1) % SHOWS.length] ?? 'all' } }
}

function goToSensor(state: EventsState, { picture }: PaneMoment): Outcome {
  const line = lineAt(state, picture)
  const sensor = line && sensorOf(line, picture)
  if (sensor === undefined || !picture.live.indexOf.has(sensor))
    return { state, action: { kind: 'say', text: 'it is about no one sensor' } }
  return { state, selected: sensor, action: { kind: 'show', view: 'detail' } }
}
