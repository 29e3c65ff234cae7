import { WAVEFORM_ROW_SAMPLES } from '../readings/recording-layout.js'
import type { EpochMicros } from '../readings/time.js'
import { unitOf } from '../readings/unit.js'
import { refuseWhenAborted } from '../recordings/interruptible-run.js'
import { openWaveformFile } from '../waveform-files/open-waveform-file.js'
import type { WaveformChannel, WaveformFile } from '../waveform-files/waveform-file.js'
import type { ImportJob } from './import-job.js'
import { importUnclear } from './import-problem.js'
import { appendWaveformRows, type StagedRow } from './waveform-stage.js'

/** A whole number of rows that is read at once. */
const WINDOW_SAMPLES = 256 * WAVEFORM_ROW_SAMPLES

/** Each channel of a WAV, MAT, universal or raw file as a waveform. @throws Fault IMPORT_UNCLEAR, WAVEFORM_FILE_UNREADABLE, INTERRUPTED. */
export async function importWaveforms(job: ImportJob, path: string): Promise<void> {
  await using file = await openWaveformFile(path)
  job.notes.push(...file.notes.map((note) => `${path}: ${note}`))
  for (const [index, channel] of file.channels.entries()) await importChannel(job, file, { index, ...known(job, file, channel) })
}

interface KnownChannel {
  readonly name: string
  readonly frames: number
  readonly sampleRateHz: number
  readonly unit: string | null
  readonly startedAt: EpochMicros
}

/** The channel with all that must be said of it. What the user says wins over the file. */
function known({ mapping }: ImportJob, { path, channels }: WaveformFile, channel: WaveformChannel): KnownChannel {
  const sampleRateHz = mapping.sampleRateHz ?? channel.sampleRateHz
  if (sampleRateHz === null) throw importUnclear(path, 'it does not say how many samples a second it holds', '--rate 25600')
  const startedAt = mapping.startedAt ?? channel.startedAt
  if (startedAt === null) throw importUnclear(path, 'it does not say when its first sample was taken', '--start 2026-11-22T15:00:00Z')
  const own = mapping.units.find((unit) => unit.startsWith(`${channel.name}=`))?.slice(channel.name.length + 1)
  const stated = own ?? mapping.units.find((unit) => !unit.includes('='))
  if (stated !== undefined && unitOf(stated) === undefined) throw importUnclear(path, `the unit ${stated} is not known`, '--unit g')
  const unit = stated === undefined ? channel.unit : (unitOf(stated)?.symbol ?? null)
  const name = mapping.name === undefined ? channel.name : channels.length === 1 ? mapping.name : `${mapping.name}/${channel.name}`
  return { name, frames: channel.frames, sampleRateHz, unit, startedAt }
}

async function importChannel(
  job: ImportJob,
  file: WaveformFile,
  { index, ...channel }: KnownChannel & { readonly index: number },
): Promise<void> {
  const { name, frames, sampleRateHz, unit, startedAt } = channel
  for (let from = 0; from < frames; from += WINDOW_SAMPLES) {
    refuseWhenAborted(job.signal)
    const window = await file.read({ channel: index, from, count: WINDOW_SAMPLES })
    const samples = narrowed(window)
    const rows: StagedRow[] = []
    for (let at = 0; at < samples.length; at += WAVEFORM_ROW_SAMPLES) {
      rows.push({
        time: startedAt + Math.round(((from + at) / sampleRateHz) * 1e6),
        sensor: name,
        unit,
        sampleRateHz,
        samples: samples.subarray(at, at + WAVEFORM_ROW_SAMPLES),
      })
    }
    await appendWaveformRows(job.connection, rows)
    job.progress({ done: from + samples.length, total: frames, what: `samples of ${name}` })
    if (window.length < Math.min(WINDOW_SAMPLES, frames - from)) break
  }
}

/** Doubles as floats where that loses nothing. */
function narrowed(samples: Float32Array | Float64Array): Float32Array | Float64Array {
  if (samples instanceof Float32Array) return samples
  for (const sample of samples) if (Math.fround(sample) !== sample && !Number.isNaN(sample)) return samples
  return Float32Array.from(samples)
}
