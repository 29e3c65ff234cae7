// Devices made up from a seed, to try the inference on. Shares no code with it (bench/inference.mjs runs this file by itself), and knows nothing of how it judges.

export const COMMITTED_SEED = 20_261_122

export type TrueType =
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'uint64'
  | 'int64'
  | 'float32'
  | 'float64'
  | 'bcd16'
  | 'bcd32'
  | 'bits'
  | 'string'
  | 'spare'
  | 'absent'
export type TrueOrder = 'abcd' | 'cdab' | 'badc' | 'dcba'

export interface TruePoint {
  readonly at: number
  readonly width: number
  readonly type: TrueType
  readonly order: TrueOrder
  readonly scale: number
  readonly process: string
}

export interface GeneratedBlock {
  readonly table: 'holding' | 'input'
  readonly from: number
  readonly samples: readonly Uint16Array[]
  readonly points: readonly TruePoint[]
}

export interface GeneratedMap {
  readonly style: string
  readonly blocks: readonly GeneratedBlock[]
}

type Random = () => number
type Signal = (timeS: number) => number
/** A quantity of a machine: what it is called, how it moves, and the resolutions in which makers give it. */
interface Quantity {
  readonly process: string
  readonly signal: Signal
  readonly scales: readonly number[]
  readonly isSigned: boolean
}

const PERIOD_S = 0.5

/** Numbers from 0 to 1 (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const between = (random: Random, low: number, high: number): number => low + random() * (high - low)
const logBetween = (random: Random, low: number, high: number): number => Math.exp(between(random, Math.log(low), Math.log(high)))
const whole = (random: Random, low: number, high: number): number => Math.floor(between(random, low, high + 1))
const pick = <T>(random: Random, choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T
const bell = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Measured: a level, a slow drift, noise, some of which lingers. */
function measured(random: Random, level: number, noise: number, driftPerS = 0): Signal {
  let lingering = 0
  return (timeS) => {
    lingering = 0.8 * lingering + 0.6 * noise * bell(random)
    return level + driftPerS * timeS + lingering + 0.5 * noise * bell(random)
  }
}

/** A quantity whose noise goes with its level. */
function noisy(r: Random, process: string, level: number, noise: readonly [number, number], scales: readonly number[]): Quantity {
  return quantity(process, measured(r, level, level * logBetween(r, ...noise)), scales)
}

const QUANTITIES: readonly ((random: Random) => Quantity)[] = [
  (r) =>
    quantity(
      'temperature',
      measured(r, between(r, -15, 140), between(r, 0.01, 0.15), between(r, -0.05, 0.05)),
      [0.1, 0.1, 0.01, 1],
      'signed',
    ),
  (r) => noisy(r, 'pressure', logBetween(r, 0.4, 25), [1e-3, 1e-2], [0.01, 0.01, 0.001, 0.1]),
  (r) => noisy(r, 'flow', logBetween(r, 0.5, 900), [3e-3, 3e-2], [0.1, 0.1, 0.01, 1]),
  (r) => noisy(r, 'speed', between(r, 400, 3600), [3e-4, 4e-3], [1, 1, 0.1, 10]),
  (r) => noisy(r, 'vibration', logBetween(r, 0.1, 11), [0.03, 0.15], [0.01, 0.1, 0.001]),
  (r) => quantity('level', measured(r, between(r, 3, 97), between(r, 0.01, 0.3), between(r, -0.2, 0.2)), [0.1, 0.01, 1]),
  (r) => quantity('valve', measured(r, between(r, 5, 95), between(r, 0.05, 1.5)), [0.1, 0.1, 1]),
]

const METER: readonly ((random: Random) => Quantity)[] = [
  (r) => noisy(r, 'current', logBetween(r, 0.3, 600), [2e-3, 2e-2], [0.01, 0.1, 0.001]),
  (r) => quantity('power', noisy(r, '', logBetween(r, 0.2, 400), [2e-3, 2e-2], []).signal, [0.1, 0.01, 0.001], 'signed'),
  (r) => quantity('grid frequency', measured(r, pick(r, [50, 50, 60]) + between(r, -0.04, 0.04), 0.005), [0.01, 0.01, 0.1, 0.001]),
  (r) => quantity('power factor', measured(r, between(r, 0.65, 1), 0.002), [0.01, 0.001, 0.001]),
]

/** Three phases, in one resolution. */
function phases(r: Random): readonly Quantity[] {
  const nominal = pick(r, [230, 230, 400, 120, 480])
  const scale = pick(r, [0.1, 0.1, 1, 0.01])
  return [1, 2, 3].map(() => quantity('mains voltage', measured(r, nominal * between(r, 0.985, 1.015), between(r, 0.05, 0.5)), [scale]))
}

function quantity(process: string, signal: Signal, scales: readonly number[], sign: 'signed' | 'unsigned' = 'unsigned'): Quantity {
  return { process, signal, scales, isSigned: sign === 'signed' }
}

/** Counters rise at their pace; in units of their scale. */
function counter(r: Random): Quantity {
  const start = logBetween(r, 50, 3e8)
  const perS = logBetween(r, 0.2, 400)
  return quantity('counter', (timeS) => Math.floor(start + perS * timeS * between(r, 0.98, 1.02)), [1])
}

function clockSeconds(r: Random): Quantity {
  const start = whole(r, 3600, 40_000_000)
  return quantity('running seconds', (timeS) => Math.floor(start + timeS), [1])
}

function setPoint(r: Random): Quantity {
  const value = whole(r, 1, 10 ** pick(r, [1, 2, 2, 3]) - 1) * pick(r, [0.1, 0.5, 1, 1, 5, 10])
  return quantity('set-point', () => value, [0.1, 1, 1, 0.01])
}

interface Style {
  readonly order: TrueOrder
  readonly numbers: TrueType
  readonly counters: TrueType
  readonly isTextSwapped: boolean
  /** Decimals that the firmware rounds floats to; null for none. */
  readonly decimals: number | null
}

/** A device: one maker's habits, kept to except here and there. */
export function generateMap(seed: number, samples = 5): GeneratedMap {
  const r = randomOf(seed)
  const order = pick(r, ['abcd', 'abcd', 'abcd', 'cdab', 'cdab', 'badc', 'dcba'] as const)
  const name = pick(r, ['meter', 'plc', 'drive', 'transmitter', 'logger'] as const)
  const style: Style = {
    order,
    numbers: {
      meter: pick(r, ['float32', 'float32', 'int32', 'uint32', 'int16'] as const),
      plc: pick(r, ['float32', 'float32', 'int16'] as const),
      drive: 'int16' as const,
      transmitter: pick(r, ['float32', 'float32', 'float64'] as const),
      logger: pick(r, ['int16', 'float32', 'bcd16', 'bcd32'] as const),
    }[name],
    counters: pick(r, ['uint32', 'uint32', 'uint32', 'uint64', 'int64', 'float64', 'float32', 'bcd32'] as const),
    isTextSwapped: order === 'badc' || order === 'dcba' ? r() < 0.5 : r() < 0.05,
    decimals: r() < 0.15 ? pick(r, [1, 2, 3]) : null,
  }
  const blocks: GeneratedBlock[] = []
  let from = pick(r, [0, 0, 1, 100, 256, 300, whole(r, 0, 2000)])
  for (let index = whole(r, 1, 3); index > 0; index--) {
    const parts = Array.from({ length: whole(r, 2, 4) }, () => group(r, name, style)).flat()
    const block = lay(parts, { from, table: r() < 0.7 ? 'holding' : 'input', samples })
    blocks.push(block)
    from += (block.samples[0]?.length ?? 0) + whole(r, 3, 120)
  }
  return { style: `${name} ${style.numbers} ${order}`, blocks }
}

interface Part {
  readonly type: TrueType
  readonly order: TrueOrder
  readonly scale: number
  readonly process: string
  readonly registers: (timeS: number) => readonly number[]
}

/** A few values that a maker lays side by side. */
function group(r: Random, name: string, style: Style): readonly Part[] {
  const kind = pick(r, [
    'values',
    'values',
    'values',
    'counters',
    'states',
    'set-points',
    'text',
    'spare',
    name === 'logger' ? 'clock' : 'values',
  ] as const)
  const order = r() < 0.96 ? style.order : pick(r, ['abcd', 'cdab', 'badc', 'dcba'] as const)
  const count = whole(r, 2, 8)
  const numbers = r() < 0.85 ? style.numbers : pick(r, ['int16', 'float32', 'int32', 'uint16'] as const)
  const times = <T>(make: () => T): T[] => Array.from({ length: count }, make)
  switch (kind) {
    case 'values':
      if (name === 'meter' && r() < 0.4) return phases(r).map((phase) => numberPart(r, phase, { ...style, order, type: numbers }))
      return times(() => {
        const pool = name === 'meter' ? METER : QUANTITIES
        return r() < 0.06 ? spare() : numberPart(r, pick(r, pool)(r), { ...style, order, type: numbers })
      })
    case 'counters':
      return times(() => numberPart(r, r() < 0.3 ? clockSeconds(r) : counter(r), { ...style, order, type: style.counters })).slice(0, 4)
    case 'states':
      return times(() => pick(r, [flags, flags, mode, heartbeat, spare])(r)).slice(0, 5)
    case 'set-points':
      return times(() => numberPart(r, setPoint(r), { ...style, order, type: numbers }))
    case 'text':
      return [textPart(r, style.isTextSwapped)]
    case 'spare':
      return times(spare)
    case 'clock':
      return clockParts(r)
  }
}

function numberPart(r: Random, { process, signal, scales, isSigned }: Quantity, how: Style & { readonly type: TrueType }): Part {
  const { order, decimals } = how
  const type = how.type === 'int16' && !isSigned && r() < 0.4 ? 'uint16' : how.type
  if (type === 'float32' || type === 'float64') {
    const round = decimals === null ? (value: number) => value : (value: number) => Number(value.toFixed(decimals))
    return { type, order, scale: 1, process, registers: (timeS) => encode(round(signal(timeS)), type, order) }
  }
  const isNarrow = type === 'int16' || type === 'uint16' || type === 'bcd16'
  const scale = isNarrow || type === 'bcd32' || process !== 'counter' ? pick(r, scales) : 1
  const [low, high] = rangeOf(type)
  const registers = (timeS: number): readonly number[] =>
    encode(Math.max(low, Math.min(high, Math.round(signal(timeS) / scale))), type, isNarrow ? 'abcd' : order)
  return { type, order: isNarrow ? 'abcd' : order, scale, process, registers }
}

/** The numbers that a type can hold; 64 bits as far as they are exact here. */
function rangeOf(type: TrueType): readonly [low: number, high: number] {
  if (type.startsWith('bcd')) return [0, type === 'bcd16' ? 9999 : 99_999_999]
  const bits = Math.min(54, Number(/\d+$/.exec(type)?.[0] ?? 16))
  return type.startsWith('u') ? [0, 2 ** Math.min(bits, 53) - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1]
}

function spare(): Part {
  return { type: 'spare', order: 'abcd', scale: 1, process: 'spare', registers: () => [0] }
}

function flags(r: Random): Part {
  let register = Array.from({ length: 16 }, (_, bit) => (r() < 0.2 ? 1 << bit : 0)).reduce((sum, bit) => sum | bit, 0)
  const lively = r() < 0.5 ? whole(r, 0, 15) : -1
  return {
    type: 'bits',
    order: 'abcd',
    scale: 1,
    process: 'flags',
    registers: () => {
      if (lively >= 0 && r() < 0.45) register ^= 1 << lively
      if (r() < 0.02) register ^= 1 << whole(r, 0, 15)
      return [register]
    },
  }
}

function mode(r: Random): Part {
  return { ...spare(), type: 'uint16', process: 'mode', registers: ((value) => () => [value])(whole(r, 0, 9)) }
}

function heartbeat(r: Random): Part {
  let value = whole(r, 0, 65_535)
  const step = pick(r, [1, 1, 5])
  return { ...spare(), type: 'uint16', process: 'heartbeat', registers: () => [(value = (value + step) & 0xffff)] }
}

/** Year, month, day, hour, minute, second: each a register, or two to a register. */
function clockParts(r: Random): readonly Part[] {
  const start = Date.UTC(whole(r, 2015, 2026), whole(r, 0, 11), whole(r, 1, 28), whole(r, 0, 23), whole(r, 0, 59), whole(r, 0, 59))
  const fields = (timeS: number): number[] => {
    const at = new Date(start + timeS * 1000)
    return [at.getUTCFullYear() % 100, at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()]
  }
  const part = (value: (timeS: number) => number): Part => ({
    type: 'bcd16',
    order: 'abcd',
    scale: 1,
    process: 'clock',
    registers: (timeS) => encode(value(timeS), 'bcd16', 'abcd'),
  })
  if (r() < 0.5) return Array.from({ length: 6 }, (_, index) => part((timeS) => fields(timeS)[index] ?? 0))
  return [0, 2, 4].map((index) => part((timeS) => (fields(timeS)[index] ?? 0) * 100 + (fields(timeS)[index + 1] ?? 0)))
}

function textPart(r: Random, isSwapped: boolean): Part {
  const word = (letters: string, length: number): string => Array.from({ length }, () => pick(r, [...letters])).join('')
  const text = pick(r, [
    () => `${word('ABCDEFGHIKLMNPRSTUVWX', whole(r, 2, 4))}-${whole(r, 100, 9999)}`,
    () => `${pick(r, ['Pump', 'Flow meter', 'Power Meter', 'Line', 'Boiler', 'Gateway'])} ${word('ABCDE', 1)}${whole(r, 1, 99)}`,
    () => `SN${whole(r, 10_000_000, 99_999_999)}`,
    () => `v${whole(r, 1, 9)}.${whole(r, 0, 20)}.${whole(r, 0, 9)} ${word('abcdef0123456789', 7)}`,
    () => pick(r, ['Acme Controls GmbH', 'Norddeutsche Messtechnik', 'Fluidix', 'ELTRONIC S.p.A.']),
  ])()
  const width = Math.max(Math.ceil((text.length + 1) / 2), pick(r, [0, 8, 10, 16]))
  const filler = pick(r, ['\0', '\0', ' '])
  const bytes = [...text.padEnd(width * 2, filler)].map((letter) => letter.charCodeAt(0))
  const registers = Array.from({ length: width }, (_, at) => {
    const [first = 0, second = 0] = bytes.slice(at * 2, at * 2 + 2)
    return isSwapped ? second * 256 + first : first * 256 + second
  })
  return { type: 'string', order: isSwapped ? 'badc' : 'abcd', scale: 1, process: 'text', registers: () => registers }
}

function lay(
  parts: readonly Part[],
  where: { readonly from: number; readonly table: 'holding' | 'input'; readonly samples: number },
): GeneratedBlock {
  const rounds = Array.from({ length: where.samples }, (_, round) => parts.map((part) => part.registers(round * PERIOD_S)))
  let at = 0
  const points = parts.map(({ type, order, scale, process }, index): TruePoint => {
    const width = rounds[0]?.[index]?.length ?? 0
    at += width
    return { at: at - width, width, type, order, scale, process }
  })
  return { table: where.table, from: where.from, points, samples: rounds.map((round) => Uint16Array.from(round.flat())) }
}

function encode(value: number, type: TrueType, order: TrueOrder): readonly number[] {
  return reorder(bytesOf(value, type), order)
}

function bytesOf(value: number, type: TrueType): Uint8Array {
  const view = new DataView(new ArrayBuffer({ bcd16: 2, int16: 2, uint16: 2, float64: 8, int64: 8, uint64: 8 }[type as string] ?? 4))
  if (type === 'float32') view.setFloat32(0, value)
  else if (type === 'float64') view.setFloat64(0, value)
  else if (type === 'bcd16') view.setUint16(0, Number.parseInt(String(value), 16))
  else if (type === 'bcd32') view.setUint32(0, Number.parseInt(String(value), 16))
  else if (view.byteLength === 8) view.setBigInt64(0, BigInt(value))
  else if (view.byteLength === 4) view.setInt32(0, value)
  else view.setInt16(0, value)
  return new Uint8Array(view.buffer)
}

/** Bytes to registers: words turned round, bytes swapped within words, or both. */
function reorder(bytes: Uint8Array, order: TrueOrder): readonly number[] {
  const words = Array.from({ length: bytes.length / 2 }, (_, at) => [bytes[at * 2] ?? 0, bytes[at * 2 + 1] ?? 0] as const)
  if (order[0] === 'c' || order[0] === 'd') words.reverse()
  const isSwapped = order === 'badc' || order === 'dcba'
  return words.map(([first, second]) => (isSwapped ? second * 256 + first : first * 256 + second))
}
