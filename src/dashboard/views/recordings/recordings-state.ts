import type { Prompt } from '../prompt.js'

export interface RecordingsState {
  readonly prompt: RecordingsPrompt | null
}

export type RecordingsPrompt = Prompt<'folder' | 'really-end' | 'mark' | 'time'>

export const FIRST_RECORDINGS: RecordingsState = { prompt: null }
