import type { KeyPress } from '../../keys/key-press.js'
import { saidRows } from '../../rows/said-rows.js'
import { countText } from '../../rows/steady-number.js'
import type { Row } from '../../rows/style.js'
import type { LicenceFacts } from '../../work-facts.js'
import { factRow, greyRow } from '../fact-row.js'
import { notKnown } from '../not-known.js'
import { type Prompt, promptRows, typePrompt } from '../prompt.js'
import type { View, ViewKey, ViewOutcome } from '../view.js'

interface LicenceState {
  /** As whom the server is asked; null while nobody is asked. */
  readonly prompt: Prompt<'customer'> | null
}

const FIRST_LICENCE: LicenceState = { prompt: null }

const KEYS: readonly ViewKey<LicenceState>[] = [
  {
    press: ['r'],
    shown: 'r',
    does: 'ask the licence server; nobody is asked before',
    hint: 'ask',
    act: (state, { picture }) => {
      const { licence } = picture.work
      if (!licence) return { state, action: { kind: 'say', text: 'no licence server is known here' } }
      return licence.customer === '' ? { state: asking('') } : ask(state, licence.customer)
    },
  },
  {
    press: ['c'],
    shown: 'c',
    does: 'ask as another customer',
    act: (_, { picture }) => ({ state: asking(picture.work.licence?.customer ?? '') }),
  },
]

/** What the customer may use, and how much of it is used. */
export const LICENCE: View<LicenceState> = {
  id: 'licence',
  title: 'licence',
  about: 'tier, limits, how many sensors are used',
  keys: KEYS,
  first: () => FIRST_LICENCE,
  restore: () => FIRST_LICENCE,
  typing(state) {
    const { prompt } = state
    return prompt ? (key) => typed(prompt, key) : undefined
  },
  compose(picture, { state, size }) {
    const { licence } = picture.work
    const asked = state.prompt ? promptRows('customer, as the licence names it', state.prompt, size.columns) : []
    if (!licence)
      return { heading: [], rows: notKnown('no licence server was asked', size.columns, ['chatterfix licence status asks one']) }
    const heading: Row = licence.customer === '' ? [] : [{ text: licence.customer, style: { colour: 'cyan' } }]
    return { heading, rows: [...asked, ...answerRows(licence, { watched: picture.live.sensors.length, columns: size.columns })] }
  },
}

function answerRows(
  { server, answer }: LicenceFacts,
  { watched, columns }: { readonly watched: number; readonly columns: number },
): readonly Row[] {
  switch (answer.phase) {
    case 'unasked':
      return [
        factRow('server', server),
        ...notKnown('no licence server was asked', columns, ['r asks it; the key comes from CHATTERFIX_LICENSE_API_KEY']),
      ]
    case 'asking':
      return [greyRow(`asking ${server}…`)]
    case 'failed':
      return [
        [{ text: ' ✗ no answer to go by', style: { colour: 'red', weight: 'bold' } }],
        ...answer.because.flatMap((text) => saidRows(text, columns)),
      ]
    case 'answered':
      return [
        ...answer.facts.map(([name, text]) => factRow(name, text)),
        factRow('here', `${countText(watched)} sensors are watched in this run`),
        ...room(answer),
      ]
  }
}

/** Whether what is active on the server fits; what is only watched here does not count. */
function room({ used, limit }: { readonly used: number; readonly limit: number | null }): readonly Row[] {
  if (limit === null) return []
  const left = limit - used
  const style = left < 0 ? ({ colour: 'red', weight: 'bold' } as const) : ({ colour: 'green' } as const)
  return [[{ text: left < 0 ? ` ✗ ${countText(-left)} sensors beyond the limit` : ` ${countText(left)} more sensors fit`, style }]]
}

function asking(text: string): LicenceState {
  return { prompt: { kind: 'customer', text, before: [] } }
}

function ask(state: LicenceState, customer: string): ViewOutcome<LicenceState> {
  return { state: { ...state, prompt: null }, action: { kind: 'work', work: { wish: 'ask-licence', customer } } }
}

function typed(prompt: Prompt<'customer'>, key: KeyPress): ViewOutcome<LicenceState> {
  const outcome = typePrompt(prompt, key)
  if (outcome.kind === 'typing') return { state: { prompt: outcome.prompt } }
  return outcome.kind === 'left' || outcome.text === '' ? { state: FIRST_LICENCE } : ask(FIRST_LICENCE, outcome.text)
}
