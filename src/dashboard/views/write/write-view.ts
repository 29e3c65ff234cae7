import { terminalSafe } from '../../../output/terminal-safe.js'
import type { SensorKey } from '../../../readings/measurement.js'
import type { KeyPress } from '../../keys/key-press.js'
import type { Picture } from '../../picture.js'
import { saidRows } from '../../rows/said-rows.js'
import type { Row } from '../../rows/style.js'
import { textLines } from '../../rows/text-lines.js'
import type { WriteFacts } from '../../work-facts.js'
import { greyRow } from '../fact-row.js'
import { notKnown } from '../not-known.js'
import { type Prompt, promptRows, typePrompt } from '../prompt.js'
import type { PaneMoment, View, ViewKey, ViewOutcome } from '../view.js'

export interface WriteState {
  /** The new value, or the name of the device; null while nobody is asked. */
  readonly prompt: Prompt<'value' | 'name'> | null
}

const FIRST_WRITE: WriteState = { prompt: null }
const LEFT = { prompt: null } as const

const KEYS: readonly ViewKey<WriteState>[] = [
  {
    press: ['e'],
    shown: 'e',
    does: 'write the selected sensor: a new value first; what stands there is read and shown',
    hint: 'new value',
    act: askValue,
  },
  { press: ['enter'], shown: 'Enter', does: 'confirm what is shown by typing the name of the device', hint: 'confirm', act: askName },
  {
    press: ['x'],
    shown: 'x',
    does: 'drop it; nothing is written',
    act: () => ({ state: LEFT, action: { kind: 'work', work: { wish: 'drop-write' } } }),
  },
]

/** A guarded write: the old value is read, old and new are shown, the name of the device is typed, the value is read back and kept in the journal. */
export const WRITE: View<WriteState> = {
  id: 'write',
  title: 'write',
  about: 'write the selected sensor, guarded',
  keys: KEYS,
  first: () => FIRST_WRITE,
  restore: () => FIRST_WRITE,
  typing(state) {
    const { prompt } = state
    return prompt ? (key, at) => typed(prompt, key, at) : undefined
  },
  compose(picture, { state, size }) {
    const { writing } = picture.work
    const asked = state.prompt ? promptRows(question(state.prompt, writing, picture), state.prompt, size.columns) : []
    const heading: Row = [{ text: terminalSafe(sensorOf(state, picture) ?? '', { maxWidth: 60 }), style: { colour: 'cyan' } }]
    return { heading, rows: [...asked, ...factRows(writing, size.columns)] }
  },
}

/** What is asked for or planned keeps its sensor, whatever is selected meanwhile. */
function sensorOf({ prompt }: WriteState, { work, screen }: Picture): SensorKey | null {
  if (prompt?.kind === 'value') return prompt.before[0] ?? null
  return work.writing && 'sensor' in work.writing ? work.writing.sensor : screen.selected
}

function question({ kind, before }: NonNullable<WriteState['prompt']>, writing: WriteFacts | null, { live }: Picture): string {
  if (kind === 'value') return `new value in ${live.units[live.indexOf.get(before[0] ?? '') ?? -1] || 'the unit of the sensor'}`
  return writing && 'deviceName' in writing ? `type ${terminalSafe(writing.deviceName, { maxWidth: 60 })} to write` : 'name of the device'
}

function factRows(writing: WriteFacts | null, columns: number): readonly Row[] {
  if (!writing) return notKnown('this run has no one place to write to', columns)
  switch (writing.phase) {
    case 'not-allowed':
      return notKnown('writing was not asked for', columns, [
        'watch --allow-write makes it possible; the site file or a profile must list the sensor as writable',
      ])
    case 'idle':
      return saidRows('nothing is about to be written; e takes a new value for the selected sensor', columns)
    case 'reading':
      return [greyRow('reading what stands there…')]
    case 'writing':
      return [[{ text: ' writing, and reading back…', style: { colour: 'yellow', weight: 'bold' } }]]
    default:
      return [TITLES[writing.phase], ...writing.lines.flatMap((line) => lineRows(terminalSafe(line, { maxWidth: 300 }), columns))]
  }
}

/** Nothing of what is about to be written, or of why it was not, is cut off; further lines stand under the text of the first. */
function lineRows(line: string, columns: number): readonly Row[] {
  const [label = ''] = /^\s*(?:\S+\s{2,})?/.exec(line) ?? []
  return textLines(line.slice(label.length), columns - label.length - 2).map((text, index): Row => {
    return [{ text: ` ${index === 0 ? label : ' '.repeat(label.length)}${text}` }]
  })
}

const TITLES: Readonly<Record<'drafted' | 'written' | 'failed', Row>> = {
  drafted: [{ text: ' not written yet: Enter asks for the name of the device, x drops it', style: { colour: 'yellow', weight: 'bold' } }],
  written: [{ text: ' written and read back', style: { colour: 'green', weight: 'bold' } }],
  failed: [{ text: ' ✗ not as wished', style: { colour: 'red', weight: 'bold' } }],
}

function askValue(state: WriteState, { picture }: PaneMoment): ViewOutcome<WriteState> {
  const { writing } = picture.work
  if (!writing || writing.phase === 'not-allowed')
    return { state, action: { kind: 'say', text: 'writing was not asked for (--allow-write)' } }
  if (picture.screen.selected === null) return { state, action: { kind: 'say', text: 'no sensor is selected' } }
  return { state: { prompt: { kind: 'value', text: '', before: [picture.screen.selected] } } }
}

function askName(state: WriteState, { picture }: PaneMoment): ViewOutcome<WriteState> {
  const isDrafted = picture.work.writing?.phase === 'drafted'
  return isDrafted ? { state: { prompt: { kind: 'name', text: '', before: [] } } } : { state }
}

function typed(prompt: NonNullable<WriteState['prompt']>, key: KeyPress, { picture }: PaneMoment): ViewOutcome<WriteState> {
  const outcome = typePrompt(prompt, key)
  if (outcome.kind === 'typing') return { state: { prompt: outcome.prompt } }
  if (outcome.kind === 'left') return { state: LEFT }
  if (prompt.kind === 'name') return { state: LEFT, action: { kind: 'work', work: { wish: 'confirm-write', typed: outcome.text } } }
  const value = Number(outcome.text)
  const [sensor] = prompt.before
  if (outcome.text === '' || !Number.isFinite(value)) return { state: { prompt }, action: { kind: 'say', text: 'a number, e.g. 42.5' } }
  // Whoever began with one sensor must not end with another.
  if (sensor === undefined || sensor !== picture.screen.selected)
    return { state: LEFT, action: { kind: 'say', text: 'another sensor is selected now' } }
  return { state: LEFT, action: { kind: 'work', work: { wish: 'draft-write', sensor, value } } }
}
