import { boolean, string } from '@oclif/core/flags'
import type { ColumnMapping } from '../exchange/import-job.js'
import type { EpochMicros } from '../readings/time.js'
import { positiveNumberFlag } from './positive-number-flag.js'
import { timeFlag } from './time-flag.js'

/** What the columns of a foreign table mean. */
export const mappingFlags = {
  time: string({ description: 'the column of the times' }),
  sensor: string({ description: 'the column that names the sensor' }),
  name: string({ description: 'the sensor of all rows, or of a waveform' }),
  value: string({ description: 'the column of the values; may be given again with --wide', multiple: true }),
  wide: boolean({ description: 'each column of values is a sensor; all columns but the time, where no --value is given' }),
  unit: string({ description: 'the unit, for all or as COLUMN=UNIT; may be given again', multiple: true }),
  'unit-column': string({ description: 'the column of the units' }),
  'time-format': string({ description: 'rfc3339, unix-s, unix-ms, unix-us, unix-ns, excel, or a pattern such as %d.%m.%Y %H:%M:%S' }),
  zone: string({ description: 'the zone of times that do not say theirs: UTC, Europe/Berlin, +01:00' }),
  'decimal-comma': boolean({ description: 'values are written as 3,14' }),
  delimiter: string({ description: 'what separates the cells of CSV (default a comma)' }),
  missing: string({ description: 'a text that stands for no value; may be given again', multiple: true }),
  start: timeFlag({ description: 'time of the first sample, where a waveform file does not say' }),
  rate: positiveNumberFlag({ description: 'samples a second, where a waveform file does not say' }),
}

interface ParsedFlags {
  readonly time?: string | undefined
  readonly sensor?: string | undefined
  readonly name?: string | undefined
  readonly value?: string[] | undefined
  readonly wide: boolean
  readonly unit?: string[] | undefined
  readonly 'unit-column'?: string | undefined
  readonly 'time-format'?: string | undefined
  readonly zone?: string | undefined
  readonly 'decimal-comma': boolean
  readonly delimiter?: string | undefined
  readonly missing?: string[] | undefined
  readonly start?: EpochMicros | undefined
  readonly rate?: number | undefined
}

export function mappingOf(flags: ParsedFlags): ColumnMapping {
  const { time, sensor, name, zone, delimiter } = flags
  return {
    time,
    sensor,
    name,
    values: flags.value ?? [],
    form: flags.wide ? 'wide' : 'long',
    units: flags.unit ?? [],
    unitColumn: flags['unit-column'],
    timeFormat: flags['time-format'],
    zone,
    decimal: flags['decimal-comma'] ? 'comma' : 'point',
    delimiter: delimiter === '\\t' ? '\t' : delimiter,
    missing: flags.missing ?? [],
    startedAt: flags.start,
    sampleRateHz: flags.rate,
  }
}
