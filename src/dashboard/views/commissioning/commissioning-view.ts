import { CHECK_QUESTIONS, CHECKS, type CheckId, type CheckResult } from '../../../commissioning/check.js'
import type { KeptCapture, SensorSheet } from '../../../commissioning/sheet.js'
import { fitWidth } from '../../../output/display-width.js'
import { terminalSafe } from '../../../output/terminal-safe.js'
import { judgedSensor } from '../../commissioning/sensor-facts.js'
import type { Picture } from '../../picture.js'
import { clockText } from '../../rows/clock-text.js'
import { shortPath } from '../../rows/short-path.js'
import type { Row, Span, Style } from '../../rows/style.js'
import { textLines } from '../../rows/text-lines.js'
import { settleChoice } from '../list-choice.js'
import { notKnown } from '../not-known.js'
import { distinctNames } from '../sensors/distinct-names.js'
import type { View } from '../view.js'
import { COMMISSIONING_KEYS, typeWords } from './commissioning-keys.js'
import { type CommissioningState, FIRST_COMMISSIONING, type PromptKind, restoreCommissioning } from './commissioning-state.js'

/** Where there is room for it, else the narrower one. */
const CHECK_WIDTHS = { wide: 6, narrow: 5 } as const
const WIDE_FROM = 100
/** In the heading. */
const BESIDE_PATH = 50
const LEAST_PATH = 20
/** Cursor, as found, as left, signed. */
const SHEET_WIDTH = 19
const ID_WIDTH = 10
/** Below this only the check with the cursor is told. */
const FEWEST_ROWS = CHECKS.length + 5

/** The checklist of every sensor, and the answers for the selected one. */
export const COMMISSIONING: View<CommissioningState> = {
  id: 'commissioning',
  title: 'commissioning',
  about: 'checklists: touch, confirm, as found, as left, sign',
  keys: COMMISSIONING_KEYS,
  first: () => FIRST_COMMISSIONING,
  restore: restoreCommissioning,
  typing: typeWords,
  compose(picture, { state, size }) {
    const { live, screen, commissioning } = picture
    if (commissioning === null) return { heading: [], rows: notKnown('this run keeps no commissioning sheet', size.columns) }
    const keys = live.sensors.map(({ key }) => key)
    const selected = screen.selected ?? keys[0] ?? null
    const detail = detailRows(picture, state, { selected, room: size.rows < FEWEST_ROWS ? 'little' : 'enough', columns: size.columns })
    const visible = Math.max(1, size.rows - detail.length - 1)
    const { top } = settleChoice({ cursor: selected, top: state.top }, keys, visible)
    const room = size.columns < WIDE_FROM ? 'narrow' : 'wide'
    const nameWidth = Math.max(12, size.columns - CHECKS.length * CHECK_WIDTHS[room] - SHEET_WIDTH)
    const names = distinctNames(live.names.slice(top, top + visible), nameWidth - 1)
    const shown = names.map((name, index) => checklistRow(picture, top + index, { name: fitWidth(name, nameWidth), selected, room }))
    const signed = keys.filter((key) => commissioning.sheets.get(key)?.signed).length
    return {
      heading: heading(picture, state, { signed, all: keys.length, columns: size.columns }),
      rows: [headRow(nameWidth, state.check, room), ...shown, ...detail],
      ...(top === state.top ? {} : { state: { ...state, top } }),
      ...(screen.selected === null && selected !== null ? { selected } : {}),
    }
  },
}

function heading(
  { commissioning }: Picture,
  { by }: CommissioningState,
  { signed, all, columns }: { readonly signed: number; readonly all: number; readonly columns: number },
): Row {
  const path = commissioning?.path ?? null
  const trouble = commissioning?.trouble ?? null
  return [
    { text: `${signed} of ${all} signed`, style: { weight: 'bold' } },
    { text: by === '' ? '' : `  by ${terminalSafe(by, { maxWidth: 30 })}` },
    trouble === null
      ? {
          text:
            path === null
              ? '  not kept: no site file and no recording'
              : `  kept in ${shortPath(terminalSafe(path, { maxWidth: 300 }), Math.max(LEAST_PATH, columns - BESIDE_PATH - by.length))}`,
          style: { colour: path === null ? 'yellow' : 'grey' },
        }
      : { text: `  ${terminalSafe(trouble, { maxWidth: 80 })}`, style: { colour: 'red', weight: 'bold' } },
  ]
}

const LOOKS: Readonly<Record<CheckResult['state'], { readonly sign: string; readonly style: Style }>> = {
  passed: { sign: '✓', style: { colour: 'green' } },
  confirmed: { sign: '●', style: { colour: 'green', weight: 'bold' } },
  failed: { sign: '✗', style: { colour: 'red', weight: 'bold' } },
  rejected: { sign: '⊘', style: { colour: 'red', weight: 'bold' } },
  open: { sign: '?', style: { colour: 'yellow' } },
}
const SHORT: Readonly<Record<CheckId, string>> = {
  alive: 'alive',
  identity: 'ident',
  unit: 'unit',
  plausible: 'plaus',
  stimulus: 'touch',
  limits: 'limit',
  time: 'time',
  asset: 'asset',
}

type Room = keyof typeof CHECK_WIDTHS

function headRow(nameWidth: number, check: CheckId, room: Room): Row {
  return [
    { text: fitWidth('   sensor', nameWidth + 2), style: { colour: 'grey' } },
    ...CHECKS.map(
      (id): Span => ({
        text: fitWidth(SHORT[id].slice(0, CHECK_WIDTHS[room] - 1), CHECK_WIDTHS[room]),
        style: id === check ? { weight: 'bold' } : { colour: 'grey' },
      }),
    ),
    { text: 'found left signed', style: { colour: 'grey' } },
  ]
}

function checklistRow(
  picture: Picture,
  row: number,
  { name, selected, room }: { readonly name: string; readonly selected: string | null; readonly room: Room },
): Row {
  const { live, commissioning } = picture
  const judged = judgedSensor(picture, row, commissioning?.sheets ?? new Map())
  if (!judged) return []
  const isHere = live.sensors[row]?.key === selected
  const { sheet, results } = judged
  const armed = commissioning?.armed?.sensor === live.sensors[row]?.key
  return [
    { text: isHere ? '▸ ' : '  ', style: { weight: 'bold' } },
    { text: name, ...(isHere ? { style: { field: 'reverse' } as const } : {}) },
    ...CHECKS.map((id) => {
      const { sign, style } = LOOKS[results[id].state]
      return armed && id === 'stimulus'
        ? { text: fitWidth('  ◉', CHECK_WIDTHS[room]), style: { colour: 'cyan', weight: 'bold' } as const }
        : { text: fitWidth(`  ${sign}`, CHECK_WIDTHS[room]), style }
    }),
    { text: `${fitWidth(sheet.asFound ? '✓' : '·', 6)}${fitWidth(sheet.asLeft ? '✓' : '·', 5)}` },
    {
      text: sheet.signed ? '✓' : sheet.changedSince === 'yes' ? 'again' : '·',
      style: sheet.signed ? { colour: 'green', weight: 'bold' } : {},
    },
  ]
}

function detailRows(
  picture: Picture,
  state: CommissioningState,
  { selected, room, columns }: { readonly selected: string | null; readonly room: 'little' | 'enough'; readonly columns: number },
): readonly Row[] {
  const row = selected === null ? undefined : picture.live.indexOf.get(selected)
  const judged = row === undefined ? undefined : judgedSensor(picture, row, picture.commissioning?.sheets ?? new Map())
  if (!judged || row === undefined) return []
  const armed = picture.commissioning?.armed
  const checks = CHECKS.map((id): readonly Row[] => {
    const result: CheckResult =
      id === 'stimulus' && armed?.sensor === selected ? { state: 'open', says: armed.answer.says } : judged.results[id]
    const { sign, style } = LOOKS[result.state]
    const question = result.state === 'open' ? `${CHECK_QUESTIONS[id]} ` : ''
    const says = terminalSafe(result.says, { maxWidth: 200 })
    const head = (mark: string): Row => [
      { text: mark, style: { weight: 'bold' } },
      { text: `${sign} `, style },
      { text: fitWidth(id, ID_WIDTH), ...(mark === '▸' ? { style: { weight: 'bold' } as const } : {}) },
    ]
    if (state.check !== id) return [[...head(' '), { text: question, style: { colour: 'grey' } }, { text: says }]]
    return textLines(`${question}${says}`, columns - ID_WIDTH - 3).map((text, line): Row => {
      return line === 0 ? [...head('▸'), { text }] : [{ text: ' '.repeat(ID_WIDTH + 3) }, { text }]
    })
  })
  const ask = promptRow(state)
  if (room === 'little') return [ask, ...(checks[CHECKS.indexOf(state.check)] ?? [])]
  return [ask, ...checks.flat(), ...sheetRows(picture, judged.sheet)]
}

function sheetRows({ utcOffsetMinutes }: Picture, sheet: SensorSheet): readonly Row[] {
  const time = (at: number): string => clockText(at, utcOffsetMinutes)
  const note = sheet.notes.at(-1)
  return [
    [{ text: `   as found  ${captureText(sheet.asFound, time)}` }],
    [{ text: `   as left   ${captureText(sheet.asLeft, time)}` }],
    [
      {
        text: note
          ? `   note      ${terminalSafe(`${note.by}: ${note.says}`, { maxWidth: 160 })}${sheet.notes.length > 1 ? `  (of ${sheet.notes.length})` : ''}`
          : '   no note',
        style: { colour: 'grey' },
      },
    ],
  ]
}

function captureText(capture: KeptCapture | null, time: (at: number) => string): string {
  if (!capture) return 'not captured'
  const { value, unit, quality, reference, by, at } = capture
  const read = value === null ? `no value (${quality})` : `${Number(value.toPrecision(6))} ${unit ?? ''}`
  const against =
    reference === null
      ? 'no reference'
      : value === null
        ? `reference ${reference}`
        : `reference ${reference}, off by ${Number((value - reference).toPrecision(3))}`
  return `${terminalSafe(read, { maxWidth: 60 })}  ${against}  ${terminalSafe(by, { maxWidth: 30 })} ${time(at)}`
}

const ASKS: Readonly<Record<PromptKind, string>> = {
  name: 'who works here?',
  confirm: 'confirmed; in your words, or none:',
  reject: 'rejected, because:',
  'as-found': 'as found; what does the reference say? (nothing: none)',
  'as-left': 'as left; what does the reference say? (nothing: none)',
  note: 'note:',
  'sign-off': 'type your name to sign:',
}

function promptRow({ prompt }: CommissioningState): Row {
  if (!prompt) return [{ text: '' }]
  return [
    { text: ` ${ASKS[prompt.kind]} `, style: { colour: 'cyan', weight: 'bold' } },
    { text: terminalSafe(prompt.text, { maxWidth: 160 }) },
    { text: '▏', style: { colour: 'cyan' } },
  ]
}
