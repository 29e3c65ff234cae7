import type { CloneIdentity, CloneTable, CloneType } from '../../clone/device-clone.js'
import type { CloneOptions, CloneReport, Surroundings } from '../contract.js'
import { parseModbusPoint } from './address.js'
import { captureTable } from './capture-table.js'
import type { ModbusLine } from './exchange.js'
import { serverIdRequest } from './identification-pdu.js'
import { IDENTIFICATION_LEVELS, readObjects } from './identify.js'
import { inferRegisters } from './inference/infer-registers.js'
import type { Span } from './pdu.js'
import { greet } from './probe-unit.js'
import { readSpan } from './read-span.js'
import { isBitTable, TABLES, type Table } from './register-type.js'
import type { SampledRange } from './sample-ranges.js'

/**
 * Captures one unit: who it is, what it holds, what it refuses and how. Reads only.
 * @throws DriverFault where the unit does not answer at all.
 */
export async function cloneUnit(
  line: ModbusLine,
  unit: number,
  { around, ...options }: CloneOptions & { readonly around: Surroundings },
): Promise<CloneReport> {
  const { signal, timeoutMs } = around
  const device = { ...line.target, unit }
  const read = (span: Span) => readSpan(line, { unit, timeoutMs }, span)
  await greet(read, device)
  const identity = await captureIdentity(line, { unit, timeoutMs })
  const tables: Partial<Record<Table, CloneTable>> = {}
  const gaps: string[] = []
  for (const table of Object.keys(TABLES) as Table[]) {
    const captured = await captureTable({ table, ...options, signal, read })
    if (captured.table) tables[table] = captured.table
    gaps.push(...captured.gaps)
  }
  return { clone: { unit, identity, tables, types: typesOf(device, tables) }, gaps }
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
