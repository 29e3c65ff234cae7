import { FIRST_CHOICE, type ListChoice } from '../list-choice.js'
import type { Prompt } from '../prompt.js'

/** The cursor stands in the list of what lies on disk, on the name of a recording. */
export interface RecordingsState extends ListChoice<string> {
  readonly prompt: RecordingsPrompt | null
}

export type RecordingsPrompt = Prompt<'folder' | 'really-end' | 'mark' | 'time'>

export const FIRST_RECORDINGS: RecordingsState = { ...FIRST_CHOICE, prompt: null }
