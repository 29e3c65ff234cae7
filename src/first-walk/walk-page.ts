import type { Finding } from '../drivers/contract.js'
import { counted } from '../readings/counted.js'
import { itemAtCursor, type WalkState } from './walk-state.js'

export interface WalkPageRow {
  readonly mark: 'chosen' | 'not-chosen' | null
  readonly name: string
  readonly about: string
  readonly isAtCursor: boolean
}

/** What a step of the walk says, before it is laid out. */
export interface WalkPage {
  /** Sentences above the list. */
  readonly said: readonly string[]
  readonly heading: string
  readonly rows: readonly WalkPageRow[]
  /** About the item with the cursor. */
  readonly detail: readonly string[]
  readonly trouble: readonly string[]
  readonly typed: { readonly label: string; readonly text: string } | null
}

const UNIT_COLUMNS = 6

export function walkPage(state: WalkState): WalkPage {
  switch (state.step) {
    case 'where':
      return wherePage(state)
    case 'found':
      return foundPage(state)
    case 'save':
      return savePage(state)
  }
}

function wherePage(state: WalkState): WalkPage {
  const at = itemAtCursor(state)
  const plan = at === undefined ? undefined : state.plans[at]
  return {
    said: [
      `There is no site file here yet (${state.file}): nothing says what to watch.`,
      'Choose where to look for devices. Looking only reads; nothing is ever written to a device.',
    ],
    heading: 'places, the safest first',
    rows: state.places.map(({ scope, title, about }) => ({
      mark: state.chosenPlaces.includes(scope) ? 'chosen' : 'not-chosen',
      name: title,
      about,
      isAtCursor: scope === at,
    })),
    detail: plan ? ['what looking there does:', ...plan] : [],
    trouble: troubleOf(state),
    typed: state.typed === null ? null : { label: 'host, host:port, subnet like 192.168.0.0/24, or address', text: state.typed },
  }
}

/** The last one is a question where somebody is about to leave. */
function troubleOf({ trouble, leaving }: WalkState): readonly string[] {
  return leaving === 'asked' ? [...trouble, 'q again leaves; nothing is saved'] : trouble
}

function foundPage(state: WalkState): WalkPage {
  const { findings, chosenFindings, work } = state
  const at = itemAtCursor(state)
  const selected = findings.find(({ address }) => address === at)
  return {
    said: [foundSentence(state)],
    heading: `devices ${findings.length}${findings.length === 0 ? '' : `, chosen ${chosenFindings.length}`}`,
    rows: findings.map((finding) => ({
      mark: chosenFindings.includes(finding.address) ? 'chosen' : 'not-chosen',
      name: finding.address,
      about: `${Math.round(finding.confidence * 100)} %  ${finding.description}${finding.access === 'open' ? '' : `  [${finding.access}]`}`,
      isAtCursor: finding.address === at,
    })),
    detail: selected ? detailOf(selected) : work ? [] : NOTHING_FOUND,
    trouble: troubleOf(state),
    typed: null,
  }
}

function foundSentence({ work, findings }: WalkState): string {
  const progress = work && work.progress !== '' ? ` ${work.progress}` : ''
  if (work?.kind === 'probe') return `The chosen devices are asked what they measure…${progress}`
  if (work) return `Searching…${progress} What is found shows here at once; Enter need not wait for the end.`
  if (findings.length === 0) return 'The search is over, and nothing answered.'
  if (findings.every(({ access }) => access !== 'open'))
    return 'The search is over; nothing that was found can be asked now. Esc goes back: look in another place.'
  return 'The search is over. Choose what is to be watched; the chosen devices are then asked what they measure.'
}

function detailOf({ evidence, access }: Finding): readonly string[] {
  const closed = access === 'open' ? [] : [`it cannot be asked now: ${access}`]
  return [`how it was found: ${evidence}`, ...closed]
}

const NOTHING_FOUND: readonly string[] = [
  'Esc goes back: another place may have more, and a types one (a host, a subnet, an address of a line).',
  'The built-in plant is always there to try things with.',
]

function savePage(state: WalkState): WalkPage {
  const sensors = state.draft?.site.sensors ?? []
  const { uncertain = 0, skipped = [], probed = [] } = state.draft ?? {}
  const at = itemAtCursor(state)
  const left =
    uncertain === 0 ? '' : ` ${uncertain} values are left out, because nobody can tell what they are (chatterfix probe shows them).`
  return {
    said: [
      `${counted(sensors.length, 'sensor')} of ${counted(probed.length, 'device')}.${left}`,
      'The site file is plain text: names, units and limits are yours to edit later.',
    ],
    heading: `sensors ${sensors.length}`,
    rows: sensors.map((sensor) => ({
      mark: null,
      name: sensor.key,
      about: `${(sensor.unit ?? '').padEnd(UNIT_COLUMNS)}  ${sensor.address}`,
      isAtCursor: sensor.key === at,
    })),
    detail: [...laterNeedsName(state), ...skipped.map(({ address, because }) => `left out: ${address}: ${because}`)],
    trouble: state.trouble,
    typed: { label: 'save as', text: state.typed ?? '' },
  }
}

/** Only the usual name is found by itself. */
function laterNeedsName({ typed, usualFile }: WalkState): readonly string[] {
  return typed === null || typed.trim() === usualFile ? [] : [`later: chatterfix watch --site ${typed.trim()}`]
}
