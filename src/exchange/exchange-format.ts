import { extname } from 'node:path'
import { Fault } from '../faults/fault.js'

/** What a recording can become, and by which ending a file of that kind is known. */
export const EXCHANGE_FORMATS = {
  csv: ['.csv'],
  parquet: ['.parquet'],
  jsonl: ['.jsonl', '.ndjson'],
  duckdb: ['.duckdb', '.db'],
  influx: ['.lp', '.line'],
  xlsx: ['.xlsx'],
  wav: ['.wav'],
  mat: ['.mat'],
  uff: ['.uff', '.unv'],
  'uff-ascii': [],
  raw: ['.f32', '.f64', '.i16'],
} as const satisfies Record<string, readonly string[]>

export type ExchangeFormat = keyof typeof EXCHANGE_FORMATS
export const EXCHANGE_FORMAT_NAMES = Object.keys(EXCHANGE_FORMATS) as ExchangeFormat[]

/** Formats that nobody reads here, and what to do instead. */
const CONVERTED_ELSEWHERE: Readonly<Record<string, string>> = {
  '.tdms': 'export it as CSV or WAV in DIAdem or LabVIEW, or with nptdms in Python',
  '.xls': 'save it as .xlsx or .csv',
  '.mf4': 'export it as MAT or CSV, e.g. with asammdf',
}

/** The stated format, or what the ending of the name says. @throws Fault EXCHANGE_FORMAT_UNKNOWN */
export function formatOf(path: string, stated: ExchangeFormat | undefined): ExchangeFormat {
  if (stated !== undefined) return stated
  const ending = extname(path).toLowerCase()
  const found = EXCHANGE_FORMAT_NAMES.find((name) => (EXCHANGE_FORMATS[name] as readonly string[]).includes(ending))
  if (found !== undefined) return found
  const instead = CONVERTED_ELSEWHERE[ending]
  throw new Fault('EXCHANGE_FORMAT_UNKNOWN', {
    message: `${path}: ${ending === '' ? 'a name without an ending does not say what the file is' : `${ending} files are neither written nor read`}`,
    where: { file: path },
    because: instead ?? `known are ${EXCHANGE_FORMAT_NAMES.join(', ')}`,
  })
}
