import { open } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { Fault } from '../faults/fault.js'
import { counted } from '../readings/counted.js'
import { formatMicros } from '../readings/time.js'
import { refuseWhenAborted } from '../recordings/interruptible-run.js'
import { encodeMat5, MOST_MAT_SAMPLES } from '../waveform-files/encode-mat5.js'
import { encodeWav, MOST_WAV_BYTES } from '../waveform-files/encode-wav.js'
import { interleave } from '../waveform-files/interleave.js'
import { encodeUff58 } from '../waveform-files/uff58/encode-uff58.js'
import { bytesOfSamples, type WaveformSignal } from '../waveform-files/waveform-signal.js'
import { carriedTables, type ExportJob } from './export-job.js'
import { readStretch } from './read-stretch.js'
import { outlineStretches, type StretchOutline } from './waveform-stretches.js'

type WaveformFormat = 'wav' | 'raw' | 'mat' | 'uff' | 'uff-ascii'

const MOST_FILES = 10_000

/** Writes the unbroken waveforms of a recording: WAV and raw as a file each (synchronous ones as channels of one), MAT and UFF all in one file. */
export function waveformWriter(format: WaveformFormat): (job: ExportJob) => Promise<void> {
  return async (job) => {
    carriedTables(job, ['waveforms', 'waveforms64'], format.toUpperCase())
    const outlines = await outlineStretches(job.connection, job.tables, MOST_MAT_SAMPLES)
    if (outlines.stretches.length === 0) throw nothingToWrite(job)
    if (outlines.badRows > 0)
      job.left.push({ what: 'waveform blocks', count: outlines.badRows, because: 'they are of bad quality or empty' })
    if (outlines.uncertainRows > 0) job.notes.push(`${outlines.uncertainRows} blocks of uncertain quality are among the samples, unmarked`)
    const total = outlines.stretches.reduce((sum, { length }) => sum + length, 0)
    const told = { done: 0, total }
    const signals = outlines.stretches.map((stretch) => signalOf(job, stretch, told))
    if (format === 'wav' || format === 'raw') await writeEach(job, format, signals)
    else
      await writeBytes(
        job,
        await job.output.add(job.to),
        format === 'mat' ? encodeMat5(signals) : encodeUff58(signals, format === 'uff' ? 'binary' : 'ascii'),
      )
    if (format === 'uff-ascii' && signals.some(({ encoding }) => encoding === 'float64'))
      job.notes.push('samples of double precision are rounded to 13 digits; --format uff keeps them')
  }
}

async function writeEach(job: ExportJob, format: 'wav' | 'raw', signals: readonly WaveformSignal[]): Promise<void> {
  const groups = synchronous(signals)
  if (groups.length > MOST_FILES) {
    throw new Fault('EXPORT_IMPOSSIBLE', {
      message: `the waveforms have so many holes that they would become ${counted(groups.length, 'file')}`,
      because: `more than ${MOST_FILES} are not written`,
      advice: { recording: job.view.folder, instead: 'all.mat' },
    })
  }
  for (const [i, group] of groups.entries()) {
    const path = groups.length === 1 ? job.to : numbered(job.to, group[0]?.name ?? '', i + 1)
    if (format === 'wav') await writeWav(job, path, group)
    else await writeRaw(job, path, group)
  }
}

async function writeWav(job: ExportJob, path: string, group: readonly WaveformSignal[]): Promise<void> {
  const rate = group[0]?.sampleRateHz ?? 0
  if (!Number.isInteger(rate))
    job.notes.push(`${basename(path)}: ${rate} samples/s are ${Math.round(rate)} in WAV's own field; its comment has it exactly`)
  await writeBytes(job, await job.output.add(path), encodeWav(group))
}

/** Samples as they are, and a description beside them. */
async function writeRaw(job: ExportJob, path: string, group: readonly WaveformSignal[]): Promise<void> {
  const [first] = group
  if (first === undefined) return
  const encoding = group.some((signal) => signal.encoding === 'float64') ? 'float64' : 'float32'
  const stem = join(dirname(path), basename(path, extname(path)))
  const sidecar = {
    fs: first.sampleRateHz,
    dtype: `${encoding}le`,
    channels: group.map(({ name }) => name),
    unit: first.unit,
    started_at: formatMicros(first.startedAt),
  }
  await writeBytes(job, await job.output.add(`${stem}.${encoding === 'float64' ? 'f64' : 'f32'}`), rawBytes(group, encoding))
  await writeBytes(job, await job.output.add(`${stem}.json`), oneText(`${JSON.stringify(sidecar, null, 2)}\n`))
}

async function* rawBytes(group: readonly WaveformSignal[], encoding: 'float32' | 'float64'): AsyncGenerator<Uint8Array> {
  for await (const piece of interleave(group)) yield bytesOfSamples(piece, encoding)
}

// eslint-disable-next-line @typescript-eslint/require-await -- the same shape as the encoders
async function* oneText(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

async function writeBytes(job: ExportJob, path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  await using file = await open(path, 'w')
  for await (const piece of pieces) {
    refuseWhenAborted(job.signal)
    for (let done = 0; done < piece.length; ) done += (await file.write(piece, done, piece.length - done)).bytesWritten
  }
}

function signalOf(job: ExportJob, stretch: StretchOutline, told: { done: number; readonly total: number }): WaveformSignal {
  const { sensor: name, unit, startedAt, sampleRateHz, length, isDouble } = stretch
  async function* samples(): AsyncGenerator<Float32Array | Float64Array> {
    for await (const piece of readStretch(stretch, job)) {
      yield piece
      told.done += piece.length
      job.progress({ ...told, what: 'samples written' })
    }
  }
  return { name, unit, startedAt, sampleRateHz, length, encoding: isDouble ? 'float64' : 'float32', samples }
}

/** Signals of one start, rate, length, unit and encoding are channels of one file, as far as they fit. */
function synchronous(signals: readonly WaveformSignal[]): WaveformSignal[][] {
  const groups = new Map<string, WaveformSignal[]>()
  for (const signal of signals) {
    const { startedAt, sampleRateHz, length, unit, encoding, name } = signal
    const key = JSON.stringify([startedAt, sampleRateHz, length, unit, encoding])
    const group = groups.get(key)
    const fits = group !== undefined && (group.length + 1) * length * (encoding === 'float64' ? 8 : 4) <= MOST_WAV_BYTES
    if (fits && !group.some((other) => other.name === name)) group.push(signal)
    else groups.set(group === undefined ? key : `${key} ${groups.size}`, [signal])
  }
  return [...groups.values()]
}

function numbered(to: string, sensor: string, number: number): string {
  const ending = extname(to)
  const name = sensor.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 60)
  return join(dirname(to), `${basename(to, ending)}.${String(number).padStart(3, '0')}-${name}${ending}`)
}

function nothingToWrite(job: ExportJob): Fault {
  return new Fault('EXPORT_IMPOSSIBLE', {
    message: `${job.view.folder} holds no waveforms that could be written`,
    because: `it holds ${counted(job.rows.readings, 'reading')}; they go into CSV, Parquet and others`,
    advice: { recording: job.view.folder, instead: 'all.csv' },
  })
}
