import { terminalSafe } from '../../../output/terminal-safe.js'
import { wrapText } from '../../../output/wrap-text.js'
import type { Row } from '../../rows/style.js'
import type { View } from '../view.js'

/** Words of a person beside the values: what is being looked for, who to call. */
interface TextState {
  readonly text: string
  readonly mode: 'shown' | 'typed'
}

const LONGEST = 2000
const FIRST: TextState = { text: '', mode: 'shown' }

/** What somebody wants to be read beside the values; kept in the layout. */
export const TEXT: View<TextState> = {
  id: 'text',
  title: 'text',
  about: 'words of your own beside the values',
  keys: [
    {
      press: ['e', 'enter'],
      shown: 'e',
      does: 'write: Enter begins a line, Esc ends',
      hint: 'write',
      act: (state) => ({ state: { ...state, mode: 'typed' } }),
    },
  ],
  first: () => FIRST,
  restore(saved) {
    const text = (saved as { readonly text?: unknown } | null)?.text
    return { ...FIRST, text: typeof text === 'string' ? text.slice(0, LONGEST) : '' }
  },
  typing(state) {
    if (state.mode !== 'typed') return undefined
    return (key) => {
      if (key.name === 'escape') return { state: { ...state, mode: 'shown' } }
      if (key.name === 'backspace') return { state: { ...state, text: [...state.text].slice(0, -1).join('') } }
      const typed = key.name === 'enter' ? '\n' : 'text' in key ? key.text : ''
      return { state: { ...state, text: (state.text + typed).slice(0, LONGEST) } }
    }
  },
  typingHints: () => [
    ['Esc', 'done'],
    ['Enter', 'next line'],
    ['Ctrl-C', 'quit'],
  ],
  compose(_picture, { state, size }) {
    const { text, mode } = state
    if (text === '' && mode === 'shown') return { heading: [], rows: [[{ text: '  empty; e writes', style: { colour: 'grey' } }]] }
    const lines = text
      .split('\n')
      .flatMap((line) => wrapText(terminalSafe(line), { columns: Math.max(8, size.columns - 2), indent: '' }).split('\n'))
    const shown = mode === 'typed' ? lines.slice(-Math.max(1, size.rows)) : lines
    const rows = shown.map((line, index): Row => {
      const cursor = mode === 'typed' && index === shown.length - 1 ? [{ text: '▏', style: { colour: 'cyan' } } as const] : []
      return [{ text: ` ${line}` }, ...cursor]
    })
    return { heading: mode === 'typed' ? [{ text: 'Esc ends', style: { colour: 'grey' } }] : [], rows }
  },
}
