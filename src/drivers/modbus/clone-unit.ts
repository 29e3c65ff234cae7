import type { CloneIdentity, CloneTable, CloneType, DeviceClone } from '../../clone/device-clone.js'
import type { CloneOptions, CloneReport, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { formatModbusAddress, parseModbusPoint } from './address.js'
import { faultOfAnswer } from './answer-fault.js'
import { captureTable } from './capture-table.js'
import type { ModbusLine } from './exchange.js'
import { serverIdRequest } from './identification-pdu.js'
import { IDENTIFICATION_LEVELS, readObjects } from './identify.js'
import { inferRegisters } from './inference/infer-registers.js'
import type { Span } from './pdu.js'
import { persistentReader } from './persistent-reader.js'
import { greet } from './probe-unit.js'
import { readSpan } from './read-span.js'
import { isBitTable, TABLES, type Table } from './register-type.js'
import type { SampledRange } from './sample-ranges.js'

const TABLE_NAMES = Object.keys(TABLES) as readonly Table[]
const GREETING: Span = { table: 'holding', from: 0, quantity: 1 }

interface CloneUnitOptions extends CloneOptions {
  readonly around: Surroundings
}

/**
 * Captures one unit: who it is, what it holds, what it refuses and how. Reads only. A stop or a broken line leaves what was captured before it.
 * @throws DriverFault where nothing was captured at all, or CLONE_MISMATCH where the earlier capture is of another device.
 */
export async function cloneUnit(line: ModbusLine, unit: number, { around, from, to, earlier }: CloneUnitOptions): Promise<CloneReport> {
  const { signal, timeoutMs } = around
  const device = { ...line.target, unit }
  await greet((span) => readSpan(line, { unit, timeoutMs }, span), device)
  const identity = await captureIdentity(line, { unit, timeoutMs })
  if (earlier) expectSame(earlier, { unit, identity }, formatModbusAddress(device))
  const read = persistentReader({
    ask: (span, waitMs) => readSpan(line, { unit, timeoutMs: waitMs }, span),
    timeoutMs,
    proven: GREETING,
    goneFault: (answer) => faultOfAnswer(answer, device, 'it answered before, and did not when it was asked the same again'),
  })
  const tables: Partial<Record<Table, CloneTable>> = { ...earlier?.tables }
  const gaps: string[] = []
  let stoppedBy: DriverFault | null = null
  const progress = settledProgress(around, { from, to, ...(earlier && { earlier }) })
  for (const table of TABLE_NAMES) {
    const known = tables[table] ?? null
    const captured = await captureTable({ table, from, to, earlier: known, read, onSettled: progress.settled })
    if (captured.table) tables[table] = captured.table
    gaps.push(...captured.gaps)
    stoppedBy = captured.stoppedBy
    if (stoppedBy) break
    progress.tableDone()
  }
  if (stoppedBy && Object.keys(tables).length === 0) throw stoppedBy
  const stop = stoppedBy && signal.aborted ? interrupted(formatModbusAddress(device), stoppedBy) : stoppedBy
  return { clone: { unit, identity, tables, types: typesOf(device, tables) }, gaps, stoppedBy: stop }
}

/** Tells how many addresses are settled, and what is left at the pace so far. */
function settledProgress(
  { progress, clock }: Surroundings,
  { from, to, earlier }: CloneOptions,
): { readonly settled: (addresses: number) => void; readonly tableDone: () => void } {
  const perTable = to - from + 1
  const total = perTable * TABLE_NAMES.length
  const before = Object.values(earlier?.tables ?? {}).reduce((sum, { lookedAt }) => sum + Math.min(to, lookedAt.to) - lookedAt.from + 1, 0)
  const startMs = clock.monotonicMs()
  let [done, tables] = [before, 0]
  const tell = (): void => {
    const fresh = done - before
    const leftMs = fresh > 0 ? ((clock.monotonicMs() - startMs) / fresh) * (total - done) : null
    progress?.({ done: Math.min(done, total), total, what: 'addresses', ...(leftMs !== null && { leftMs: Math.max(0, leftMs) }) })
  }
  return {
    settled: (addresses) => {
      done += addresses
      tell()
    },
    // A function that the unit does not know settles all addresses of its table.
    tableDone: () => {
      tables++
      done = Math.max(done, tables * perTable)
    },
  }
}

function expectSame(earlier: DeviceClone, now: Pick<DeviceClone, 'unit' | 'identity'>, address: string): void {
  const textOf = ({ unit, identity }: Pick<DeviceClone, 'unit' | 'identity'>): string =>
    JSON.stringify([unit, [...(identity.objects ?? [])], identity.serverId])
  if (textOf(earlier) === textOf(now)) return
  throw new DriverFault('CLONE_MISMATCH', {
    message: `${address} is not the device that was captured before`,
    because: 'its unit id, or what it answers to functions 43/14 and 17, differs from the file',
    advice: { address },
    retry: false,
  })
}

function interrupted(address: string, cause: DriverFault): DriverFault {
  return new DriverFault('INTERRUPTED', { message: `the capture of ${address} was stopped`, retry: false, cause })
}

async function captureIdentity(line: ModbusLine, asking: { readonly unit: number; readonly timeoutMs: number }): Promise<CloneIdentity> {
  const objects = new Map<number, string>()
  for (const level of IDENTIFICATION_LEVELS) for (const [id, text] of (await readObjects(line, asking, level)) ?? []) objects.set(id, text)
  const exchange = await line.ask({ ...asking, pdu: serverIdRequest() })
  const isTold = exchange.kind === 'reply' && exchange.pdu[0] === 17 && exchange.pdu.length > 2
  return {
    objects: objects.size > 0 ? new Map([...objects].sort(([a], [b]) => a - b)) : null,
    serverId: isTold ? Buffer.from(exchange.pdu.subarray(2)).toString('hex') : null,
  }
}

/** From one look only, so that a clone of the clone says the same. */
function typesOf(device: Parameters<typeof inferRegisters>[0], tables: Partial<Record<Table, CloneTable>>): readonly CloneType[] {
  const ranges = (Object.entries(tables) as [Table, CloneTable][])
    .filter(([table]) => !isBitTable(table))
    .flatMap(([table, captured]) =>
      captured.ranges.map(
        ({ from, values }): SampledRange => ({ table, from, quantity: values.length, samples: [Uint16Array.from(values)] }),
      ),
    )
  return inferRegisters(device, ranges).map(({ address, type, order, scale, confidence }) => {
    const place = parseModbusPoint(address)
    return { table: place.table, address: place.register, as: type, order, scale, confidence }
  })
}
