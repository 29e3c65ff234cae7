import type { Surroundings } from '../contract.js'
import type { AddressVerdict, Point, ProbeReport, ProbeWishes } from '../probe-report.js'
import { formatModbusAddress } from './address.js'
import { faultOfAnswer } from './answer-fault.js'
import { chooseProfile } from './choose-profile.js'
import type { ModbusLine } from './exchange.js'
import { identifyUnit, labelOf } from './identify.js'
import { inTurn } from './in-turn.js'
import { inferBits } from './inference/infer-bits.js'
import { inferWithRemarks } from './inference/infer-registers.js'
import { parseHint } from './inference/parse-hint.js'
import { describeLargest } from './largest-request.js'
import type { Span } from './pdu.js'
import { besideProfile, describeOrigin, readByProfile } from './read-by-profile.js'
import { type Answer, readSpan } from './read-span.js'
import { isBitTable, type Table } from './register-type.js'
import type { SampledRange } from './sample-ranges.js'
import { SCANNED_ADDRESSES } from './scan-table.js'
import { SEARCH_ORDER, searchTables } from './search-tables.js'

const USUAL_SAMPLES = 5
/** A report longer than this is a dump; the rest is told in a warning. */
const MOST_POINTS = 500

/**
 * Identity, readable ranges and what they seem to hold, of one unit.
 * A stop leaves what was found before it.
 * @throws DriverFault where the unit does not answer at all; MODBUS_HINT for a hint that nobody understands.
 */
export async function probeUnit(client: ModbusLine, unit: number, around: Surroundings, wishes: ProbeWishes = {}): Promise<ProbeReport> {
  const hints = (wishes.hints ?? []).map(parseHint)
  const { timeoutMs } = around
  const device = { ...client.target, unit }
  const read = inTurn((span: Span): Promise<Answer> => readSpan(client, { unit, timeoutMs }, span))
  await greet(read, device)
  const self = await identifyUnit(client, { unit, timeoutMs })
  const choice = await around.profiles?.()
  const chosen = choice ? await chooseProfile(choice, { self, read }) : null
  const profiled = chosen ? await readByProfile(chosen, device, read) : null
  const {
    sampled,
    verdicts,
    largest,
    warnings: searchWarnings,
  } = await searchTables(read, around, {
    medium: client.target.medium ? 'line' : 'network',
    search: wishes.search ?? 'quick',
    rounds: wishes.samples ?? USUAL_SAMPLES,
  })
  const { points: guessed, remarks } = inferWithRemarks(device, registersOf(sampled), hints)
  const inferred = [...guessed, ...inferBits(device, sampled)]
  const points = [...(profiled?.points ?? []), ...(chosen ? besideProfile(inferred, chosen.profile) : inferred)]
  const warnings = [
    ...(choice?.notes ?? []),
    ...(profiled?.warnings ?? []),
    ...searchWarnings,
    ...remarks,
    `addresses from ${SCANNED_ADDRESSES} on were not looked at`,
    ...describeZeros(sampled),
    ...(points.length > MOST_POINTS ? [`${points.length - MOST_POINTS} more points are not shown`] : []),
  ]
  return {
    device: {
      address: formatModbusAddress(device),
      identity: self.identity,
      description: `Modbus unit ${unit}${self.identity ? ` · ${labelOf(self.identity)}` : ''}`,
      facts: {
        ...self.facts,
        ...(chosen && { profile: `${chosen.profile.key} (${describeOrigin(chosen.profile)}): ${chosen.why}` }),
        ...Object.fromEntries(SEARCH_ORDER.map((table) => [`readable ${table}`, describeRanges(sampled, table, verdicts)])),
        ...describeFailures(verdicts),
        ...Object.fromEntries([...largest].map(([table, size]) => [`largest ${table} request`, describeLargest(size, table)])),
      },
    },
    points: points.slice(0, MOST_POINTS) satisfies readonly Point[],
    verdicts,
    warnings,
  }
}

/** One gentle question first, so that a silent unit costs two time-outs and not a whole scan. */
export async function greet(
  read: (span: Span) => Promise<Answer>,
  device: { readonly host: string; readonly port: number; readonly unit: number },
): Promise<void> {
  const question: Span = { table: 'holding', from: 0, quantity: 1 }
  const first = await read(question)
  const answer = first.kind === 'silence' || first.kind === 'malformed' ? await read(question) : first
  if (answer.kind === 'values' || (answer.kind === 'exception' && answer.code !== 10 && answer.code !== 11)) return
  throw faultOfAnswer(answer, device, 'the host accepted the connection; this unit was asked twice for holding register 0')
}

/** Addresses that are there and fail, by table; what is merely illegal or was not asked for is no news. */
function describeFailures(verdicts: readonly AddressVerdict[]): Readonly<Record<string, string>> {
  const usual = new Set(['value', 'illegal address', 'not looked at'])
  const failing = verdicts.filter(({ verdict }) => !usual.has(verdict))
  return Object.fromEntries(
    [...Map.groupBy(failing, ({ table }) => table)].map(([table, ranges]) => [
      `failing ${table}`,
      ranges
        .slice(0, 8)
        .map(({ from, to, verdict }) => `${from === to ? from : `${from}–${to}`}: ${verdict}`)
        .join(', '),
    ]),
  )
}

function registersOf(sampled: readonly SampledRange[]): readonly SampledRange[] {
  return sampled.filter(({ table }) => !isBitTable(table))
}

function describeRanges(sampled: readonly SampledRange[], table: Table, verdicts: readonly AddressVerdict[]): string {
  const ranges = sampled.filter((range) => range.table === table)
  const shown = ranges.slice(0, 8).map(({ from, quantity }) => (quantity === 1 ? String(from) : `${from}–${from + quantity - 1}`))
  const own = verdicts.filter((verdict) => verdict.table === table)
  const isSettled = own.length > 0 && own.every(({ verdict }) => verdict !== 'not looked at')
  return ranges.length === 0
    ? `none${isSettled ? '' : ' found so far'}`
    : `${shown.join(', ')}${ranges.length > shown.length ? ` and ${ranges.length - shown.length} more` : ''}`
}

function describeZeros(sampled: readonly SampledRange[]): readonly string[] {
  return SEARCH_ORDER.flatMap((table) => {
    const values = sampled.filter((range) => range.table === table).flatMap(({ samples }) => [...samples[0]])
    const zeros = values.filter((value) => value === 0).length
    return zeros === 0 ? [] : [`${table}: ${zeros} of ${values.length} readable addresses hold 0; runs of them are left out`]
  })
}
