import { fitWidth } from '../../../output/display-width.js'
import { wrapText } from '../../../output/wrap-text.js'
import type { Row, Style } from '../../rows/style.js'
import { textLines } from '../../rows/text-lines.js'
import type { View } from '../view.js'
import { AUDIENCES, type Audience, coverageTopics, type Topic } from './coverage-topics.js'

interface CoverageState {
  readonly audience: Audience
}

/** What the data at hand can answer, and what is missing for the rest. */
export const COVERAGE: View<CoverageState> = {
  id: 'coverage',
  title: 'what is known',
  about: 'what the data at hand supports, and what is missing',
  keys: [
    {
      press: ['a'],
      shown: 'a',
      does: 'for technician, operations or executive',
      hint: 'for whom',
      act: ({ audience }) => ({ state: { audience: AUDIENCES[(AUDIENCES.indexOf(audience) + 1) % AUDIENCES.length] ?? 'technician' } }),
    },
  ],
  first: () => ({ audience: 'technician' }),
  restore(saved) {
    const audience = (saved as { readonly audience?: unknown } | null)?.audience
    return { audience: AUDIENCES.find((known) => known === audience) ?? 'technician' }
  },
  compose({ live }, { state, size }) {
    const topics = coverageTopics(live, state.audience)
    return {
      heading: [{ text: `for ${state.audience}`, style: { colour: 'grey' } }],
      rows: topics.flatMap((topic) => topicRows(topic, size.columns)),
    }
  },
  rowsWanted: ({ live }, { state, columns }) => {
    return coverageTopics(live, state.audience).reduce((rows, topic) => rows + topicRows(topic, columns).length, 0)
  },
}

/** Narrower than this the words run on under the name, so that neither is cut off. */
const SIDE_BY_SIDE = 60

function narrowRows(name: string, says: string, look: { readonly sign: string; readonly style: Style }, columns: number): readonly Row[] {
  const lines = textLines(`${name} – ${says}`, columns - 6)
  return lines.map((line, index): Row => {
    const named = index === 0 ? Math.min(name.length, line.length) : 0
    return [
      { text: index === 0 ? ` ${look.sign} ` : '     ', style: look.style },
      { text: line.slice(0, named) },
      { text: line.slice(named), style: { colour: 'grey' } },
    ]
  })
}

function topicRows({ name, supported, says }: Topic, columns: number): readonly Row[] {
  const { sign, word, style } = LOOKS[supported]
  if (columns < SIDE_BY_SIDE) return narrowRows(name, `${word}${says}`, { sign, style }, columns)
  const nameWidth = Math.min(20, Math.floor(columns / 3))
  const lines = wrapText(`${word}${says}`, { columns: Math.max(10, columns - nameWidth - 5), indent: '' }).split('\n')
  return lines.map(
    (line, index): Row => [
      { text: index === 0 ? ` ${sign} ` : '   ', style },
      { text: `${fitWidth(index === 0 ? name : '', nameWidth)} ` },
      { text: line, style: { colour: 'grey' } },
    ],
  )
}

const LOOKS: Readonly<Record<Topic['supported'], { readonly sign: string; readonly word: string; readonly style: Style }>> = {
  all: { sign: '✓', word: '', style: { colour: 'green' } },
  some: { sign: '~', word: 'in part: ', style: { colour: 'yellow' } },
  none: { sign: '✗', word: 'missing: ', style: { colour: 'red' } },
}
