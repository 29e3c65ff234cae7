import type { FileHandle } from 'node:fs/promises'
import { parseMicros } from '../../readings/time.js'
import { bytesOfFile } from '../byte-source.js'
import { unreadable } from '../unreadable.js'
import type { WaveformChannel, WaveformFile } from '../waveform-file.js'
import { type NumberBlock, readNumbers } from './number-block.js'
import { MatError, type MatVariable, readMatVariables } from './read-variables.js'

/** What is shorter is a parameter or a table, no waveform. */
const FEWEST_SAMPLES = 64
const MOST_CHANNELS = 1024
const RATE_NAMES = /^(fs|sr|samplerate|samplingrate|samplefrequency|samplingfrequency|sampleratehz)$/
const SPEED_NAME = /rpm$/i

interface MatChannel extends WaveformChannel {
  readonly block: NumberBlock
  readonly from: number
  readonly stride: number
}

/** A MAT-file as waveforms: each vector, each column of a matrix (or row, where there are fewer rows). @throws Fault WAVEFORM_FILE_UNREADABLE */
export async function openMat5(path: string, file: FileHandle): Promise<WaveformFile> {
  const variables = await variablesOf(path, file)
  const channels = variables.flatMap((variable) => channelsOf(variable, variables)).slice(0, MOST_CHANNELS)
  if (channels.length === 0) throw unreadable(path, `it holds no vector of ${FEWEST_SAMPLES} samples or more`)
  const speeds = variables.filter(({ name, numbers }) => SPEED_NAME.test(name) && numbers?.count === 1)
  return {
    path,
    channels: await Promise.all(channels.map((channel) => described(channel, variables))),
    shaftSpeedRpm: speeds.length === 1 ? await numberOf(speeds[0]) : null,
    bearing: null,
    notes: [],
    async read({ channel, from, count }) {
      const found = channels[channel]
      if (found === undefined) return new Float32Array(0)
      const { block, stride, frames } = found
      return await readNumbers(block, { from: found.from + from * stride, count: Math.min(count, frames - from), stride })
    },
    [Symbol.asyncDispose]: () => file.close(),
  }
}

async function variablesOf(path: string, file: FileHandle): Promise<MatVariable[]> {
  try {
    return await readMatVariables(await bytesOfFile(file))
  } catch (thrown) {
    throw thrown instanceof MatError ? unreadable(path, thrown.message) : thrown
  }
}

function channelsOf({ name, dimensions, numbers }: MatVariable, variables: readonly MatVariable[]): MatChannel[] {
  const [rows = 0, columns = 0] = dimensions
  if (numbers === null || numbers.count < FEWEST_SAMPLES || dimensions.length !== 2 || rows * columns !== numbers.count) return []
  const byColumn = rows >= columns
  const [frames, count] = byColumn ? [rows, columns] : [columns, rows]
  if (frames < FEWEST_SAMPLES || count > MOST_CHANNELS) return []
  const sibling = (field: string) => siblingOf(name, field, variables)?.text ?? null
  return Array.from({ length: count }, (_, k) => ({
    name: count === 1 ? name : `${name}[${k + 1}]`,
    frames,
    sampleRateHz: null,
    unit: sibling('unit') || null,
    startedAt: parseMicros(sibling('started_at') ?? '') ?? null,
    block: numbers,
    from: byColumn ? k * rows : k,
    stride: byColumn ? 1 : rows,
  }))
}

/** A field of the same struct. */
function siblingOf(name: string, field: string, variables: readonly MatVariable[]): MatVariable | undefined {
  const struct = name.slice(0, name.lastIndexOf('.') + 1)
  return struct === '' ? undefined : variables.find((variable) => variable.name === struct + field)
}

/** A number that is called a sample rate, in the same struct, or at the top where there is one only. */
async function rateOf(name: string, variables: readonly MatVariable[]): Promise<number | null> {
  const struct = name.slice(0, name.lastIndexOf('.') + 1)
  const rates = variables.filter(({ name: other, numbers }) => numbers?.count === 1 && RATE_NAMES.test(lastWord(other)))
  const near = rates.filter((rate) => rate.name.slice(0, rate.name.lastIndexOf('.') + 1) === struct)
  const top = rates.filter((rate) => !rate.name.includes('.'))
  const chosen = near.length === 1 ? near[0] : top.length === 1 ? top[0] : undefined
  const rate = await numberOf(chosen)
  return rate !== null && rate > 0 && Number.isFinite(rate) ? rate : null
}

function lastWord(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
}

async function numberOf(variable: MatVariable | undefined): Promise<number | null> {
  if (variable?.numbers === undefined || variable.numbers === null) return null
  return (await readNumbers(variable.numbers, { from: 0, count: 1 }))[0] ?? null
}

/** Our own structs say the sensor's key; it may be no name in MATLAB. */
async function described({ name, frames, unit, startedAt }: MatChannel, variables: readonly MatVariable[]): Promise<WaveformChannel> {
  const key = name.endsWith('.samples') ? siblingOf(name, 'sensor', variables)?.text : null
  return { name: key ?? name, frames, sampleRateHz: await rateOf(name, variables), unit, startedAt }
}
