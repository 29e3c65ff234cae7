import { access, constants } from 'node:fs/promises'
import { unitOf } from '../../readings/unit.js'
import type { DuckdbSession } from '../../recordings/duckdb-session.js'
import type { WaveformFile } from '../waveform-file.js'
import { columnReader } from './column-reader.js'
import { type TableColumn, type TableSource, tableSource } from './table-source.js'
import { describeTimes, timeColumnOf } from './table-times.js'

/** DuckDB's own; a file of any size is read in pieces. */
const MEMORY_MB = 256

/** What a heading says: `vib [g]`, `vib (m/s²)`. */
const HEADING_UNIT = /^(.*?)\s*[[(]([^\])]+)[\])]\s*$/

/**
 * A CSV or Parquet file as waveforms: each column of numbers but the time is a channel. The rate comes from the times where these are
 * even; else nobody has stated it.
 * @throws Fault WAVEFORM_FILE_UNREADABLE
 */
export async function openTable(path: string, options: { readonly timeColumn: string | undefined }): Promise<WaveformFile> {
  await access(path, constants.R_OK)
  const { openDuckdb } = await import('../../recordings/duckdb-session.js')
  const session = await openDuckdb({ memoryLimitMb: MEMORY_MB, threads: 1 })
  try {
    return await openIn(session, path, options.timeColumn)
  } catch (thrown) {
    session.close()
    throw thrown
  }
}

async function openIn(session: DuckdbSession, path: string, named: string | undefined): Promise<WaveformFile> {
  const source = await tableSource(session.connection, path)
  const time = timeColumnOf(source, named)
  const times = await describeTimes(session.connection, source, time)
  const columns = source.columns.filter(({ name, kind }) => kind === 'number' && name !== time?.column.name)
  const read = columnReader(session.connection, source, columns)
  return {
    path,
    channels: columns.map((column) => ({
      ...titled(column),
      frames: times.rows,
      sampleRateHz: times.sampleRateHz,
      startedAt: times.startedAt,
    })),
    shaftSpeedRpm: null,
    bearing: null,
    notes: [...times.notes, ...leftOut(source, time?.column.name)],
    read,
    [Symbol.asyncDispose]: () => {
      session.close()
      return Promise.resolve()
    },
  }
}

function titled({ name }: TableColumn): { readonly name: string; readonly unit: string | null } {
  const [, title = '', unit = ''] = HEADING_UNIT.exec(name) ?? []
  const known = unit === '' ? undefined : unitOf(unit)
  return known === undefined ? { name, unit: null } : { name: title === '' ? name : title, unit: known.symbol }
}

function leftOut({ columns }: TableSource, time: string | undefined): string[] {
  const names = columns.filter(({ kind, name }) => kind !== 'number' && name !== time).map(({ name }) => name)
  return names.length === 0 ? [] : [`no numbers stand in ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}`]
}
