import type { KeyBinding } from '../dashboard/keys/key-binding.js'
import { type KeyPress, nameOf } from '../dashboard/keys/key-press.js'
import { FIRST_CHOICE, LIST_STEPS, moveChoice } from '../dashboard/views/list-choice.js'
import { itemAtCursor, itemsOf, type WalkState, type WalkStep } from './walk-state.js'

/** What the walk wants done in the world. */
export type WalkAction =
  /** What looking there would send is to be said. */
  | { readonly kind: 'plan'; readonly scope: string }
  | { readonly kind: 'search'; readonly scopes: readonly string[] }
  | { readonly kind: 'stop-work' }
  | { readonly kind: 'probe' }
  | { readonly kind: 'save'; readonly file: string }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'quit' }

export interface WalkOutcome {
  readonly state: WalkState
  readonly action?: WalkAction
}

type WalkKey = KeyBinding<(state: WalkState) => WalkOutcome>

const LONGEST_TYPED = 200
const PAGE = 10

const QUIT: WalkKey = {
  press: ['q'],
  shown: 'q',
  does: 'quit; nothing is saved',
  hint: 'quit',
  act: (state) =>
    state.findings.length > 0 && state.leaving === 'no' ? { state: { ...state, leaving: 'asked' } } : { state, action: { kind: 'quit' } },
}

const KEYS: Readonly<Record<WalkStep, readonly WalkKey[]>> = {
  where: [
    { press: [' '], shown: 'space', does: 'choose a place, or not', hint: 'choose', act: (state) => ({ state: toggledPlace(state) }) },
    { press: ['enter'], shown: 'Enter', does: 'search there', hint: 'search', act: searched },
    {
      press: ['a', '+'],
      shown: 'a',
      does: 'type another place: a host, a subnet, an address',
      hint: 'another place',
      act: (state) => ({ state: { ...state, typed: '' } }),
    },
    QUIT,
  ],
  found: [
    { press: [' '], shown: 'space', does: 'choose a device, or not', hint: 'choose', act: (state) => ({ state: toggledFinding(state) }) },
    { press: ['enter'], shown: 'Enter', does: 'ask the chosen devices what they measure', hint: 'ask what they measure', act: probed },
    {
      press: ['escape', 'backspace'],
      shown: 'Esc',
      does: 'back to the places; ends the search',
      hint: 'back',
      act: (state) => ({ state: { ...state, step: 'where', work: null, trouble: [], list: FIRST_CHOICE }, action: { kind: 'stop-work' } }),
    },
    QUIT,
  ],
  save: [],
}

/** For the last row of the screen; while something is typed other keys hold. */
export function keysNow(state: WalkState): readonly { readonly shown: string; readonly hint?: string }[] {
  const { step, typed, work, findings } = state
  if (step === 'save')
    return [{ shown: 'Enter', hint: 'save and watch' }, { shown: '↑↓', hint: 'look' }, { shown: 'Esc', hint: 'back' }, CTRL_C]
  if (typed !== null) return [{ shown: 'Enter', hint: 'take it' }, { shown: 'Esc', hint: 'back' }, CTRL_C]
  // Nothing to choose yet, or chosen already.
  if (step === 'found' && (findings.length === 0 || work?.kind === 'probe')) return KEYS.found.filter((key) => !CHOOSING.has(key.shown))
  return KEYS[step]
}

const CHOOSING = new Set(['space', 'Enter'])

const CTRL_C = { shown: 'Ctrl-C', hint: 'quit' } as const

/** What a key does; pure. */
export function reduceWalkKey(before: WalkState, key: KeyPress): WalkOutcome {
  const name = nameOf(key)
  const state: WalkState = name === 'q' || before.leaving === 'no' ? before : { ...before, leaving: 'no' }
  if (name === 'ctrl-c') return { state, action: { kind: 'quit' } }
  if (name === 'ctrl-z') return { state, action: { kind: 'suspend' } }
  const step = LIST_STEPS.find(({ press }) => (press as readonly string[]).includes(name))
  // Letters belong to what is typed.
  if (step && (state.typed === null || name.length > 1))
    return { state: { ...state, list: moveChoice(state.list, itemsOf(state), step.step(PAGE)) } }
  if (state.typed !== null) return reduceTyping(state, state.typed, key)
  return KEYS[state.step].find(({ press }) => press.includes(name))?.act(state) ?? { state }
}

function reduceTyping(state: WalkState, typed: string, key: KeyPress): WalkOutcome {
  if ('text' in key) return { state: { ...state, typed: (typed + key.text).slice(0, LONGEST_TYPED) } }
  if (key.name === 'backspace') return { state: { ...state, typed: [...typed].slice(0, -1).join('') } }
  if (key.name === 'escape') {
    return { state: { ...state, typed: null, list: FIRST_CHOICE, trouble: [], ...(state.step === 'save' ? { step: 'found' } : {}) } }
  }
  if (key.name !== 'enter' || typed.trim() === '') return { state }
  const text = typed.trim()
  if (state.step === 'save') return saved(state, text)
  return { state: withPlace({ ...state, typed: null }, text), action: { kind: 'plan', scope: text } }
}

const SITE_FILE = /\.ya?ml$/i

/** Under a name that looks like a slip it is saved only when that is confirmed. */
function saved(state: WalkState, file: string): WalkOutcome {
  if (!SITE_FILE.test(file) && state.file !== file)
    return { state: { ...state, file, trouble: [`${file} does not end in .yaml; Enter again saves it under this name`] } }
  return { state: { ...state, file, trouble: [] }, action: { kind: 'save', file } }
}

function withPlace(state: WalkState, scope: string): WalkState {
  const isKnown = state.places.some((place) => place.scope === scope)
  const places = isKnown ? state.places : [...state.places, { scope, title: scope, about: 'what you typed' }]
  return {
    ...state,
    places,
    chosenPlaces: [...state.chosenPlaces.filter((other) => other !== scope), scope],
    list: { ...state.list, cursor: scope },
  }
}

function toggledPlace(state: WalkState): WalkState {
  return { ...state, chosenPlaces: toggled(state.chosenPlaces, itemAtCursor(state)) }
}

function toggledFinding(state: WalkState): WalkState {
  // They are being asked already.
  if (state.work?.kind === 'probe') return state
  return { ...state, chosenFindings: toggled(state.chosenFindings, itemAtCursor(state)) }
}

function toggled(chosen: readonly string[], item: string | undefined): readonly string[] {
  if (item === undefined) return chosen
  return chosen.includes(item) ? chosen.filter((other) => other !== item) : [...chosen, item]
}

/** In the order in which they stand on the screen. With nothing chosen, what the cursor stands on is meant. */
function searched(state: WalkState): WalkOutcome {
  const all = state.places.map(({ scope }) => scope)
  const chosen = all.filter((scope) => state.chosenPlaces.includes(scope))
  const at = itemAtCursor(state)
  const scopes = chosen.length > 0 ? chosen : at === undefined ? [] : [at]
  const next: WalkState = {
    ...state,
    step: 'found',
    findings: [],
    chosenFindings: [],
    list: FIRST_CHOICE,
    trouble: [],
    work: { kind: 'search', progress: '' },
  }
  return { state: next, action: { kind: 'search', scopes } }
}

function probed(state: WalkState): WalkOutcome {
  if (state.work?.kind === 'probe') return { state }
  if (state.chosenFindings.length === 0) {
    const said = state.findings.length === 0 ? 'there is nothing to ask yet' : 'no device is chosen: space chooses the one with ▸'
    return { state: { ...state, trouble: [`${said}; Esc goes back to the places`] } }
  }
  return { state: { ...state, trouble: [], work: { kind: 'probe', progress: '' } }, action: { kind: 'probe' } }
}
