import type { WorkWish } from '../../actions/work-wish.js'
import type { KeyPress } from '../../keys/key-press.js'
import { LIST_STEPS, moveChoice } from '../list-choice.js'
import { typePrompt } from '../prompt.js'
import type { PaneMoment, ViewKey, ViewOutcome } from '../view.js'
import type { RecordingsPrompt, RecordingsState } from './recordings-state.js'
import { replayTime } from './replay-time.js'

type Outcome = ViewOutcome<RecordingsState>

export const RECORDING_KEYS: readonly ViewKey<RecordingsState>[] = [
  { press: ['r'], shown: 'r', does: 'record from now on; asks for the folder', hint: 'record', act: askFolder },
  { press: ['x'], shown: 'x', does: 'end the recording that was begun here', hint: 'end', act: askReally },
  {
    press: ['n'],
    shown: 'n',
    does: 'a mark in your own words',
    hint: 'mark text',
    act: (state, at) => asked(state, at.picture.recording ? 'mark' : null, 'nothing is being recorded'),
  },
  ...LIST_STEPS.map((key): ViewKey<RecordingsState> => {
    const act: ViewKey<RecordingsState>['act'] = (state, { picture, size }) => {
      return { state: moveChoice(state, namesOf(picture), key.step(size.rows)) }
    }
    return { press: key.press, shown: key.shown, does: `on disk: ${key.does}`, act }
  }),
  {
    press: ['enter'],
    shown: 'Enter',
    does: 'on disk: copy the command that replays the chosen one (OSC 52)',
    hint: 'copy replay',
    act: copyCommand,
  },
  { press: ['p'], shown: 'p', does: 'replay: pause, and go on', hint: 'pause', act: (state) => wished(state, { wish: 'replay-pause' }) },
  { press: ['+', '='], shown: '+', does: 'replay: faster', act: (state) => wished(state, { wish: 'replay-pace', by: 1 }) },
  { press: ['-'], shown: '−', does: 'replay: slower', act: (state) => wished(state, { wish: 'replay-pace', by: -1 }) },
  seekKey('left', '←', -10),
  seekKey('right', '→', 10),
  seekKey('shift-left', 'Shift-←', -60),
  seekKey('shift-right', 'Shift-→', 60),
  {
    press: ['t'],
    shown: 't',
    does: 'replay: go to a time, e.g. 14:03:07 or +5m',
    act: (state, at) => asked(state, at.picture.work.replay ? 'time' : null, 'nothing is being replayed'),
  },
]

export function typeAnswer(state: RecordingsState): ((key: KeyPress, at: PaneMoment) => Outcome) | undefined {
  const { prompt } = state
  if (!prompt) return undefined
  return (key, at) => {
    const typed = typePrompt(prompt, key)
    if (typed.kind === 'typing') return { state: { ...state, prompt: typed.prompt } }
    const left = { ...state, prompt: null }
    return typed.kind === 'left' ? { state: left } : answered(left, prompt, typed.text, at)
  }
}

function answered(state: RecordingsState, prompt: RecordingsPrompt, text: string, { picture }: PaneMoment): Outcome {
  switch (prompt.kind) {
    case 'folder':
      return text === '' ? { state } : wished(state, { wish: 'begin-recording', folder: text })
    case 'really-end':
      return /^y(es)?$/i.test(text) ? wished(state, { wish: 'end-recording' }) : said(state, 'it goes on')
    case 'mark':
      return text === '' ? { state } : { state, action: { kind: 'mark', text } }
    case 'time': {
      const position = picture.work.replay?.position ?? picture.moment.now
      const at = replayTime(text, { position, utcOffsetMinutes: picture.utcOffsetMinutes })
      if (at === null) return said({ ...state, prompt }, 'a time such as 14:03:07, +30s or −5m')
      return wished(state, { wish: 'replay-from', at })
    }
  }
}

/** Names of what lies on disk, in the order of the list. */
export function namesOf({ work }: PaneMoment['picture']): readonly string[] {
  return work.shelf?.ask().recordings.map(({ name }) => name) ?? []
}

function copyCommand(state: RecordingsState, { picture }: PaneMoment): Outcome {
  const recordings = picture.work.shelf?.ask().recordings ?? []
  const chosen = recordings.find(({ name }) => name === state.cursor) ?? recordings[0]
  return chosen ? wished(state, { wish: 'copy', text: chosen.replayCommand }) : said(state, 'no recording lies on disk here')
}

function askFolder(state: RecordingsState, { picture }: PaneMoment): Outcome {
  const { recorder } = picture.work
  if (picture.recording) return said(state, 'a recording is being made already')
  if (!recorder) return said(state, picture.work.replay ? 'a replay is not recorded' : 'nothing can be recorded from here')
  return { state: { ...state, prompt: { kind: 'folder', text: recorder.proposal, before: [] } } }
}

function askReally(state: RecordingsState, { picture }: PaneMoment): Outcome {
  if (!picture.recording) return said(state, 'nothing is being recorded')
  if (!picture.work.recorder) return said(state, 'it was asked for with --record and ends with the run (q)')
  return { state: { ...state, prompt: { kind: 'really-end', text: '', before: [] } } }
}

function asked(state: RecordingsState, kind: RecordingsPrompt['kind'] | null, otherwise: string): Outcome {
  return kind === null ? said(state, otherwise) : { state: { ...state, prompt: { kind, text: '', before: [] } } }
}

function seekKey(key: string, shown: string, seconds: number): ViewKey<RecordingsState> {
  const span = Math.abs(seconds) < 60 ? `${Math.abs(seconds)} s` : `${Math.abs(seconds) / 60} min`
  const act: ViewKey<RecordingsState>['act'] = (state) => wished(state, { wish: 'replay-step', seconds })
  return { press: [key], shown, does: `replay: ${span} ${seconds < 0 ? 'back' : 'on'}`, act }
}

function wished(state: RecordingsState, work: WorkWish): Outcome {
  return { state, action: { kind: 'work', work } }
}

function said(state: RecordingsState, text: string): Outcome {
  return { state, action: { kind: 'say', text } }
}
