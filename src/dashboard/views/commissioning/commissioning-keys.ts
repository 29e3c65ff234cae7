import { CHECKS } from '../../../commissioning/check.js'
import type { SheetEntry } from '../../../commissioning/sheet.js'
import { judgedSensor } from '../../commissioning/sensor-facts.js'
import type { KeyPress } from '../../keys/key-press.js'
import { conditionOf } from '../../live/condition.js'
import { LIST_STEPS, moveChoice } from '../list-choice.js'
import type { PaneMoment, ViewKey, ViewOutcome } from '../view.js'
import { type CommissioningState, LONGEST_WORDS, type PromptKind } from './commissioning-state.js'

type Outcome = ViewOutcome<CommissioningState>

export const COMMISSIONING_KEYS: readonly ViewKey<CommissioningState>[] = [
  { press: ['t'], shown: 't', does: 'arm the sensor: touch it, and its response is looked for; again: disarm', hint: 'touch it', act: arm },
  { press: ['left'], shown: '←', does: 'the check before', act: (state) => ({ state: stepCheck(state, -1) }) },
  { press: ['right'], shown: '→', does: 'the next check', act: (state) => ({ state: stepCheck(state, 1) }) },
  prompt('y', 'confirm', 'confirm the check, in your own words or none', 'confirm'),
  prompt('x', 'reject', 'reject the check, and say why'),
  { press: ['u'], shown: 'u', does: 'withdraw what you said about the check', act: withdraw },
  prompt('f', 'as-found', 'as found: keep the value, and what a reference says', 'as found'),
  prompt('l', 'as-left', 'as left: the same after the work', 'as left'),
  prompt('e', 'note', 'write a note', 'note'),
  prompt('S', 'sign-off', 'sign the sensor off; what is open is signed as open', 'sign'),
  prompt('i', 'name', 'say who works here'),
  ...LIST_STEPS.map(({ press, shown, does, step }): ViewKey<CommissioningState> => {
    const act: ViewKey<CommissioningState>['act'] = (state, { picture, size }) => {
      const keys = picture.live.sensors.map(({ key }) => key)
      const { cursor } = moveChoice({ cursor: picture.screen.selected, top: 0 }, keys, step(Math.max(2, size.rows - 13)))
      return cursor === null ? { state } : { state, selected: cursor }
    }
    return { press, shown, does, act }
  }),
]

/** A key that asks for words, and first for the name of the person where nobody said it. */
function prompt(key: string, kind: PromptKind, does: string, hint?: string): ViewKey<CommissioningState> {
  const act: ViewKey<CommissioningState>['act'] = (state, { picture }) => {
    if (picture.commissioning === null) return { state, action: { kind: 'say', text: 'nothing can be written down in this run' } }
    if (kind === 'name' || state.by !== '') return { state: { ...state, prompt: { kind, text: '' } } }
    return { state: { ...state, prompt: { kind: 'name', text: '', then: kind } } }
  }
  return { press: [key], shown: key, does, ...(hint === undefined ? {} : { hint }), act }
}

function stepCheck(state: CommissioningState, by: 1 | -1): CommissioningState {
  return { ...state, check: CHECKS[(CHECKS.indexOf(state.check) + by + CHECKS.length) % CHECKS.length] ?? state.check }
}

function arm(state: CommissioningState, { picture }: PaneMoment): Outcome {
  const { selected } = picture.screen
  const isArmed = picture.commissioning?.armed?.sensor === selected
  return { state: { ...state, check: 'stimulus' }, action: { kind: 'arm', sensor: isArmed ? null : selected } }
}

function withdraw(state: CommissioningState, at: PaneMoment): Outcome {
  if (state.by === '') return { state: { ...state, prompt: { kind: 'name', text: '' } } }
  return written(state, at, (head) => ({ ...head, kind: 'verdict', check: state.check, verdict: 'withdrawn', by: state.by, says: '' }))
}

/** Every key while words are typed. */
export function typeWords(state: CommissioningState): ((key: KeyPress, at: PaneMoment) => Outcome) | undefined {
  const { prompt: asked } = state
  if (!asked) return undefined
  return (key, at) => {
    switch (key.name) {
      case 'text':
        return { state: 'text' in key ? { ...state, prompt: { ...asked, text: (asked.text + key.text).slice(0, LONGEST_WORDS) } } : state }
      case 'backspace':
        return { state: { ...state, prompt: { ...asked, text: [...asked.text].slice(0, -1).join('') } } }
      case 'escape':
        return { state: { ...state, prompt: null } }
      case 'enter':
        return answered({ ...state, prompt: null }, asked, at)
      default:
        return { state }
    }
  }
}

function answered(state: CommissioningState, { kind, text, then }: NonNullable<CommissioningState['prompt']>, at: PaneMoment): Outcome {
  const says = text.trim()
  const { by, check } = state
  switch (kind) {
    case 'name':
      return { state: { ...state, by: says, prompt: says !== '' && then ? { kind: then, text: '' } : null } }
    case 'confirm':
      return written(state, at, (head) => ({ ...head, kind: 'verdict', check, verdict: 'confirmed', by, says }))
    case 'reject':
      if (says === '') return { state, action: { kind: 'say', text: 'say why' } }
      return written(state, at, (head) => ({ ...head, kind: 'verdict', check, verdict: 'rejected', by, says }))
    case 'note':
      return says === '' ? { state } : written(state, at, (head) => ({ ...head, kind: 'note', by, says }))
    case 'as-found':
    case 'as-left':
      return captured(state, at, kind, says)
    case 'sign-off':
      return signed(state, at, says)
  }
}

function captured(state: CommissioningState, at: PaneMoment, when: 'as-found' | 'as-left', says: string): Outcome {
  const reference = says === '' ? null : Number(says.replace(',', '.'))
  if (reference !== null && !Number.isFinite(reference))
    return { state, action: { kind: 'say', text: 'a reference is a number, or nothing' } }
  const { live, moment, screen } = at.picture
  const row = live.indexOf.get(screen.selected ?? '')
  if (row === undefined) return { state }
  const { level, reason } = conditionOf(live, row, moment)
  const value = live.value[row] ?? Number.NaN
  const hasValue = level !== 'bad' && level !== 'waiting' && Number.isFinite(value)
  const unit = live.sensors[row]?.unit ?? null
  return written(state, at, (head) => ({
    ...head,
    kind: 'capture',
    when,
    by: state.by,
    value: hasValue ? value : null,
    unit,
    quality: reason,
    reference,
  }))
}

/** Signed as it stands, what is open included; typing the name again is the signature. */
function signed(state: CommissioningState, at: PaneMoment, says: string): Outcome {
  if (says !== state.by) return { state, action: { kind: 'say', text: `not signed: type ${state.by} to sign` } }
  const { picture } = at
  const row = picture.live.indexOf.get(picture.screen.selected ?? '')
  const judged = row === undefined ? undefined : judgedSensor(picture, row, picture.commissioning?.sheets ?? new Map())
  if (!judged) return { state }
  return written(state, at, (head) => ({ ...head, kind: 'sign-off', by: state.by, results: judged.results }))
}

function written(
  state: CommissioningState,
  { picture }: PaneMoment,
  make: (head: Pick<SheetEntry, 'at' | 'sensor'>) => SheetEntry,
): Outcome {
  const sensor = picture.screen.selected
  if (sensor === null) return { state, action: { kind: 'say', text: 'no sensor is selected' } }
  return { state, action: { kind: 'write-down', entry: make({ at: picture.moment.now, sensor }) } }
}
