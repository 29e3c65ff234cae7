import type { AddressVerdict, Point, ProbeReport, ProbeWishes, Surroundings } from '../contract.js'
import { formatModbusAddress } from './address.js'
import { joinVerdicts } from './address-verdicts.js'
import { faultOfAnswer } from './answer-fault.js'
import { chooseProfile } from './choose-profile.js'
import type { ModbusLine } from './exchange.js'
import { identifyUnit, labelOf } from './identify.js'
import { inTurn } from './in-turn.js'
import { inferBits } from './inference/infer-bits.js'
import { inferWithRemarks } from './inference/infer-registers.js'
import { parseHint } from './inference/parse-hint.js'
import { describeLargest, type LargestRequest, largestRequest } from './largest-request.js'
import type { Span } from './pdu.js'
import { besideProfile, describeOrigin, readByProfile } from './read-by-profile.js'
import { type Answer, readSpan } from './read-span.js'
import { isBitTable, TABLES, type Table } from './register-type.js'
import { type SampledRange, sampleRanges } from './sample-ranges.js'
import { type Range, SCANNED_ADDRESSES, scanTable } from './scan-table.js'

const SCAN_ORDER: readonly Table[] = ['holding', 'input', 'coil', 'discrete']
const USUAL_SAMPLES = 5
/** All samples together take about so long, however many there are: enough for seconds to count and noise to show. */
const WATCHED_MS = 1600
/** A report longer than this is a dump; the rest is told in a warning. */
const MOST_POINTS = 500

/**
 * Identity, readable ranges and what they seem to hold, of one unit.
 * @throws DriverFault where the unit does not answer at all; MODBUS_HINT for a hint that nobody understands.
 */
export async function probeUnit(client: ModbusLine, unit: number, around: Surroundings, wishes: ProbeWishes = {}): Promise<ProbeReport> {
  const hints = (wishes.hints ?? []).map(parseHint)
  const { clock, signal, timeoutMs } = around
  const device = { ...client.target, unit }
  const read = inTurn((span: Span): Promise<Answer> => readSpan(client, { unit, timeoutMs }, span))
  await greet(read, device)
  const self = await identifyUnit(client, { unit, timeoutMs })
  const choice = await around.profiles?.()
  const chosen = choice ? await chooseProfile(choice, { self, read }) : null
  const profiled = chosen ? await readByProfile(chosen, device, read) : null
  const warnings: string[] = [...(choice?.notes ?? []), ...(profiled?.warnings ?? [])]
  const verdicts: AddressVerdict[] = []
  const largest = new Map<Table, LargestRequest>()
  const rounds = wishes.samples ?? USUAL_SAMPLES
  const watch = (table: Table, ranges: readonly Range[]): Promise<readonly SampledRange[]> =>
    sampleRanges(
      ranges.map((range) => ({ table, ...range })),
      {
        clock,
        signal,
        read,
        rounds,
        pauseMs: WATCHED_MS / Math.max(1, rounds - 1),
        largest: (of) => largest.get(of)?.quantity ?? TABLES[of].largestRequest,
      },
    )
  // What is found is watched while the search of the other tables goes on.
  const watching: Promise<readonly SampledRange[]>[] = []
  for (const table of SCAN_ORDER) {
    const scan = await scanTable({ table, clock, signal, read })
    warnings.push(...scan.warnings)
    verdicts.push(...joinVerdicts(table, scan.judged))
    if (scan.isSilent) break
    if (scan.ranges.length === 0) continue
    largest.set(table, await largestRequest({ table, ranges: scan.ranges, known: scan.largestAnswered, read }))
    const watched = watch(table, scan.ranges)
    // A line that breaks is told by whoever asks next; here only once.
    watched.catch(() => undefined)
    watching.push(watched)
  }
  const sampled = (await Promise.all(watching)).flat()
  const { points: guessed, remarks } = inferWithRemarks(device, registersOf(sampled), hints)
  const inferred = [...guessed, ...inferBits(device, sampled)]
  warnings.push(...remarks)
  const points = [...(profiled?.points ?? []), ...(chosen ? besideProfile(inferred, chosen.profile) : inferred)]
  warnings.push(`addresses from ${SCANNED_ADDRESSES} on were not looked at`, ...describeZeros(sampled))
  if (points.length > MOST_POINTS) warnings.push(`${points.length - MOST_POINTS} more points are not shown`)
  return {
    device: {
      address: formatModbusAddress(device),
      identity: self.identity,
      description: `Modbus unit ${unit}${self.identity ? ` · ${labelOf(self.identity)}` : ''}`,
      facts: {
        ...self.facts,
        ...(chosen && { profile: `${chosen.profile.key} (${describeOrigin(chosen.profile)}): ${chosen.why}` }),
        ...Object.fromEntries(SCAN_ORDER.map((table) => [`readable ${table}`, describeRanges(sampled, table)])),
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

function describeRanges(sampled: readonly SampledRange[], table: Table): string {
  const ranges = sampled.filter((range) => range.table === table)
  const shown = ranges.slice(0, 8).map(({ from, quantity }) => (quantity === 1 ? String(from) : `${from}–${from + quantity - 1}`))
  return ranges.length === 0
    ? 'none'
    : `${shown.join(', ')}${ranges.length > shown.length ? ` and ${ranges.length - shown.length} more` : ''}`
}

function describeZeros(sampled: readonly SampledRange[]): readonly string[] {
  return SCAN_ORDER.flatMap((table) => {
    const values = sampled.filter((range) => range.table === table).flatMap(({ samples }) => [...samples[0]])
    const zeros = values.filter((value) => value === 0).length
    return zeros === 0 ? [] : [`${table}: ${zeros} of ${values.length} readable addresses hold 0; runs of them are left out`]
  })
}
