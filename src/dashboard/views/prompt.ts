import { terminalSafe } from '../../output/terminal-safe.js'
import type { KeyPress } from '../keys/key-press.js'
import type { Row } from '../rows/style.js'

/** A question in a pane, and what was typed so far. Plain JSON, but no layout keeps it. */
export interface Prompt<Kind extends string = string> {
  readonly kind: Kind
  readonly text: string
  /** Answers that came before this question. */
  readonly before: readonly string[]
}

const LONGEST_ANSWER = 300

/** What a key makes of it: another text, an answer, or nothing any more. */
export function typePrompt<Kind extends string>(
  prompt: Prompt<Kind>,
  key: KeyPress,
):
  | { readonly kind: 'typing'; readonly prompt: Prompt<Kind> }
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'left' } {
  const typing = (text: string) => ({ kind: 'typing', prompt: { ...prompt, text: text.slice(0, LONGEST_ANSWER) } }) as const
  switch (key.name) {
    case 'text':
      return typing('text' in key ? prompt.text + key.text : prompt.text)
    case 'backspace':
      return typing([...prompt.text].slice(0, -1).join(''))
    case 'ctrl-u':
      return typing('')
    case 'enter':
      return { kind: 'answered', text: prompt.text.trim() }
    case 'escape':
      return { kind: 'left' }
    default:
      return typing(prompt.text)
  }
}

/** The question, what was typed, and what ends it. */
export function promptRows(question: string, { text }: Pick<Prompt, 'text'>, columns: number): readonly Row[] {
  const room = Math.max(8, columns - question.length - 6)
  const shown = [...terminalSafe(text)].slice(-room).join('')
  return [
    [
      { text: ` ${question}: `, style: { colour: 'yellow', weight: 'bold' } },
      { text: shown, style: { weight: 'bold' } },
      { text: '▏', style: { colour: 'cyan' } },
    ],
    [{ text: ' Enter goes on, Esc leaves it, Ctrl-U clears', style: { colour: 'grey' } }],
  ]
}
