// Devices as other engineers lay them out, by family. Shares no code with the inference, nor with generated-map.ts: other processes, other noise, other
// habits. Imports types only, as bench/inference.mjs runs this file by itself.
import type { GeneratedBlock, GeneratedMap, TrueOrder, TruePoint, TrueType } from './generated-map.js'

export const FAMILIES = [
  'meter with uint32 beside zeros',
  'float32 in cdab',
  'drive in int16',
  'logger with a BCD clock',
  'alarms and serial numbers',
  'energy in 64 bits',
  'all standing',
  'not available',
  'padded texts',
  'int32 about zero',
] as const

type Chance = () => number
/** The value in the k-th sample. */
type Course = (k: number) => number
interface Cell {
  readonly type: TrueType
  readonly order: TrueOrder
  readonly scale: number
  readonly process: string
  /** Registers in the k-th sample. */
  readonly words: (k: number) => readonly number[]
}

/** xorshift32, the first outcomes thrown away. */
function chanceOf(seed: number): Chance {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  const next = (): number => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
  for (let skip = 0; skip < 8; skip++) next()
  return next
}

const span = (c: Chance, low: number, high: number): number => low + (high - low) * c()
const int = (c: Chance, low: number, high: number): number => Math.floor(span(c, low, high + 1))
const one = <T>(c: Chance, all: readonly T[]): T => all[int(c, 0, all.length - 1)] as T
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))

/** How plant values go: sine with a ripple, random walk, saw tooth, a sensor with a dead band, a step, or nothing. */
function course(c: Chance, level: number, swing: number): Course {
  const phase = span(c, 0, 6.28)
  const pace = span(c, 0.05, 0.9)
  const walk = many(64, () => span(c, -1, 1)).reduce<number[]>((sums, step) => [...sums, (sums.at(-1) ?? 0) + step], [])
  const at = int(c, 1, 4)
  return one<Course>(c, [
    (k) => level + swing * Math.sin(phase + pace * k) + swing * 0.1 * (walk[k] ?? 0),
    (k) => level + swing * 0.5 * (walk[k] ?? 0),
    (k) => level + swing * (((phase + pace * k) % 1) - 0.5),
    (k) => level + swing * 0.4 * Math.round(walk[k] ?? 0),
    (k) => level + (k < at ? 0 : swing * 0.6),
    (k) => level + swing * 0.2 * (walk[k % 7] ?? 0),
  ])
}

const COUNT_BYTES: Readonly<Partial<Record<TrueType, number>>> = { int16: 2, uint16: 2, bcd16: 2, int64: 8, uint64: 8, float64: 8 }

function wordsFor(value: number, type: TrueType, order: TrueOrder): readonly number[] {
  const length = COUNT_BYTES[type] ?? 4
  const bytes = Buffer.alloc(length)
  if (type === 'float32') bytes.writeFloatBE(value)
  else if (type === 'float64') bytes.writeDoubleBE(value)
  else if (type.startsWith('bcd')) Buffer.from(String(value).padStart(length * 2, '0'), 'hex').copy(bytes)
  else
    bytes.write(
      BigInt.asUintN(length * 8, BigInt(Math.round(value)))
        .toString(16)
        .padStart(length * 2, '0'),
      'hex',
    )
  if (order === 'badc' || order === 'dcba') bytes.swap16()
  const words = many(length / 2, (index) => bytes.readUInt16BE(index * 2))
  return order === 'cdab' || order === 'dcba' ? words.reverse() : words
}

interface Look {
  readonly type: TrueType
  readonly order?: TrueOrder
  readonly scale?: number
  readonly process?: string
}

function cell(value: Course, { type, order = 'abcd', scale = 1, process = 'value' }: Look): Cell {
  return {
    type,
    order,
    scale,
    process,
    words: (k) => wordsFor(type.startsWith('float') ? value(k) : Math.round(value(k) / scale), type, order),
  }
}

const still =
  (value: number): Course =>
  () =>
    value
const raw = (type: TrueType, words: readonly number[], process: string): Cell => ({
  type,
  order: 'abcd',
  scale: 1,
  process,
  words: () => words,
})
const spare = (): Cell => raw('spare', [0], 'spare')

function meter(c: Chance): Cell[] {
  const order = one(c, ['abcd', 'abcd', 'cdab'] as const)
  const [volt, ampere] = [one(c, [0.1, 0.01]), one(c, [0.001, 0.01])]
  const wide = { type: 'uint32', order } as const
  const phases = many(3, () => cell(course(c, span(c, 226, 236), 0.4), { ...wide, scale: volt, process: 'mains voltage' }))
  const currents = many(3, () => cell(course(c, span(c, 0.4, 60), 0.2), { ...wide, scale: ampere, process: 'current' }))
  const counted = many(int(c, 2, 4), () => {
    const [start, pace] = [10 ** span(c, 0.5, 6.5), span(c, 0, 3)]
    return cell((k) => Math.floor(start + pace * k), { ...wide, process: 'counter' })
  })
  const hertz = cell(course(c, 50 + span(c, -0.04, 0.04), 0.02), { ...wide, scale: 0.01, process: 'grid frequency' })
  return [...phases, ...currents, hertz, ...many(int(c, 0, 6), spare), ...counted]
}

function floats(c: Chance): Cell[] {
  const decimals = one(c, [null, null, 1, 2])
  return many(int(c, 6, 20), () => {
    const level = 10 ** span(c, -1, 3.5) * (c() < 0.1 ? -1 : 1)
    const go = c() < 0.25 ? still(Number(level.toPrecision(2))) : course(c, level, Math.abs(level) * 10 ** span(c, -3.5, -1.3))
    return cell(decimals === null ? go : (k) => Number(go(k).toFixed(decimals)), { type: 'float32', order: 'cdab' })
  })
}

function flagCell(c: Chance): Cell {
  const base = many(16, (bit) => (c() < 0.18 ? 2 ** bit : 0)).reduce((sum, bit) => sum + bit, 0)
  const [flip, from] = [2 ** int(c, 0, 15), c() < 0.4 ? int(c, 1, 4) : 99]
  return { ...spare(), type: 'bits', process: 'flags', words: (k) => [k >= from ? base ^ flip : base] }
}

function drive(c: Chance): Cell[] {
  const whole = { type: 'int16', scale: 0.1 } as const
  const measured = [
    cell(course(c, span(c, -50, 50), 0.3), whole),
    cell(course(c, one(c, [0, 3, -2, 15]), 2), whole),
    cell(course(c, span(c, 4, 180), 1), whole),
    cell(course(c, span(c, 25, 75), 0.2), whole),
    cell(course(c, span(c, 530, 580), 2), { type: 'int16' }),
    cell(course(c, span(c, -3000, 3000), 8), { type: 'int16' }),
  ]
  return [
    flagCell(c),
    flagCell(c),
    ...measured,
    ...many(int(c, 3, 8), () => cell(still(one(c, [10, 50, 60, 150, 200, 30.5, 7.5, 1.2, 100])), whole)),
    spare(),
  ]
}

function logger(c: Chance): Cell[] {
  const start = Date.UTC(int(c, 2019, 2027), int(c, 0, 11), int(c, 1, 28), int(c, 0, 23), int(c, 0, 59), int(c, 0, 59))
  const part = (k: number): readonly number[] => {
    const now = new Date(start + k * 400)
    return [
      now.getUTCFullYear() % 100,
      now.getUTCMonth() + 1,
      now.getUTCDate(),
      now.getUTCHours(),
      now.getUTCMinutes(),
      now.getUTCSeconds(),
    ]
  }
  const places = one(c, [
    [[0], [1], [2], [3], [4], [5]],
    [[5], [4], [3], [2], [1], [0]],
    [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
    [
      [2, 1],
      [0, 3],
      [4, 5],
    ],
  ])
  const clock = places.map((fields) =>
    cell((k) => Number(fields.map((field) => String(part(k)[field]).padStart(2, '0')).join('')), { type: 'bcd16', process: 'clock' }),
  )
  const order = one(c, ['abcd', 'abcd', 'cdab'] as const)
  const totals = many(int(c, 2, 5), () => {
    const [total, pace] = [10 ** span(c, 3, 7.5), c() < 0.5 ? 0 : span(c, 0.3, 9)]
    return cell((k) => Math.floor(total + pace * k), { type: 'bcd32', order, process: 'total' })
  })
  return [...clock, ...totals, ...many(int(c, 2, 6), () => cell(course(c, span(c, 100, 9000), c() < 0.5 ? 0 : 12), { type: 'bcd16' }))]
}

function letters(text: string, width: number, look: { readonly pad: string; readonly order: 'abcd' | 'badc' }): Cell {
  const bytes = Buffer.from(text.padEnd(width * 2, look.pad), 'latin1')
  if (look.order === 'badc') bytes.swap16()
  return {
    ...raw(
      'string',
      many(width, (index) => bytes.readUInt16BE(index * 2)),
      'text',
    ),
    order: look.order,
  }
}

function serialNumber(c: Chance): string {
  const digits = (count: number): string => many(count, () => String(int(c, 0, 9))).join('')
  return one(c, [
    () => digits(10),
    () => `${one(c, ['A', 'XC', 'MT'])}${digits(7)}`,
    () => `${digits(4)}-${digits(5)}`,
    () => `FW ${digits(1)}.${digits(2)}`,
  ])()
}

function alarms(c: Chance): Cell[] {
  const order = one(c, ['abcd', 'abcd', 'badc'] as const)
  return [
    letters(serialNumber(c), int(c, 5, 10), { pad: '\0', order }),
    ...many(int(c, 3, 8), () => (c() < 0.25 ? spare() : flagCell(c))),
    ...many(int(c, 2, 5), () => cell(still(int(c, 0, 400)), { type: 'uint16', process: 'count' })),
  ]
}

function energy(c: Chance): Cell[] {
  const order = one(c, ['abcd', 'abcd', 'cdab', 'dcba'] as const)
  const type = one(c, ['int64', 'uint64'] as const)
  return [
    ...many(int(c, 2, 5), () => {
      const [start, pace] = [Math.floor(10 ** span(c, 5, 11)), 10 ** span(c, 0, 3)]
      return cell((k) => Math.floor(start + pace * k), { type, order, process: 'energy' })
    }),
    ...many(int(c, 3, 8), () => cell(course(c, 10 ** span(c, 0, 3), 0.3), { type: 'float32', order })),
  ]
}

function standing(c: Chance): Cell[] {
  const order = one(c, ['abcd', 'cdab'] as const)
  const type = one(c, ['uint16', 'uint32', 'bcd16', 'bcd32', 'float32', 'int32'] as const)
  const sign = type === 'int32' && c() < 0.6 ? -1 : 1
  const digits = type === 'bcd16' ? 4 : 6
  return many(int(c, 6, 14), () =>
    cell(
      still(type === 'float32' ? Number(span(c, 0.5, 900).toFixed(int(c, 0, 2))) : sign * Math.floor(10 ** span(c, 0.7, digits - 1.3))),
      {
        type,
        order: type.endsWith('16') ? 'abcd' : order,
        process: 'standing',
      },
    ),
  )
}

function absent(c: Chance): Cell[] {
  const isFloat = c() < 0.4
  const cells = many(int(c, 8, 16), (): Cell => {
    if (c() < 0.35) {
      const filler = isFloat
        ? one(c, [
            [0x7fc0, 0],
            [0xffff, 0xffff],
          ])
        : one(c, [[0x8000], [0xffff], [0x7fff], [0x8000, 0x0000]])
      return raw('absent', filler, 'not available')
    }
    const level = span(c, -40, 700)
    const go = course(c, level, 4)
    if (isFloat) return cell(go, { type: 'float32' })
    return c() < 0.25 ? cell((k) => 1e5 + Math.abs(go(k)) * 900 + 7 * k, { type: 'uint32' }) : cell(go, { type: 'int16', scale: 0.1 })
  })
  // A value that comes and goes.
  const lost = cell(course(c, span(c, 20, 90), 0.4), { type: isFloat ? 'float32' : 'int16', scale: isFloat ? 1 : 0.1 })
  const gone = int(c, 1, 3)
  return [...cells, { ...lost, words: (k) => (k === gone ? (isFloat ? [0x7fc0, 0] : [0x8000]) : lost.words(k)) }]
}

function texts(c: Chance): Cell[] {
  const order = one(c, ['abcd', 'badc'] as const)
  const pad = one(c, [' ', '\0'])
  const name = (): string => one(c, ['Kompressor 2', 'Line A', 'HX-200', 'Nordwerk AG', 'pump_07', 'PLC.MAIN', 'T4 INLET'])
  return [
    ...many(int(c, 2, 4), () => letters(c() < 0.5 ? name() : serialNumber(c), one(c, [8, 8, 16]), { pad, order })),
    ...many(int(c, 2, 5), () => cell(course(c, span(c, 100, 4000), 5), { type: 'uint16' })),
  ]
}

function bipolar(c: Chance): Cell[] {
  const order = one(c, ['abcd', 'abcd', 'cdab'] as const)
  return many(int(c, 5, 12), () => {
    const level = one(c, [0, -3, -40, 12, -700, -90_000, 45_000])
    return cell(c() < 0.35 ? still(level - int(c, 1, 9)) : course(c, level, Math.max(3, Math.abs(level) * 0.02)), { type: 'int32', order })
  })
}

const MAKERS = [meter, floats, drive, logger, alarms, energy, standing, absent, texts, bipolar]

/** A device of a family, laid out in one block. */
export function fieldMap(family: (typeof FAMILIES)[number], seed: number, samples = 5): GeneratedMap {
  const index = FAMILIES.indexOf(family)
  const c = chanceOf(seed * FAMILIES.length + index + 1)
  const cells = (MAKERS[index] as (typeof MAKERS)[number])(c)
  const rounds = many(samples, (k) => cells.map(({ words }) => words(k)))
  let at = 0
  const points = cells.map(({ type, order, scale, process }, place): TruePoint => {
    const width = rounds[0]?.[place]?.length ?? 0
    at += width
    return { at: at - width, width, type, order, scale, process }
  })
  const block: GeneratedBlock = {
    table: c() < 0.6 ? 'holding' : 'input',
    from: one(c, [0, 0, 2, 40, 100, 768, 1000]),
    samples: rounds.map((round) => Uint16Array.from(round.flat())),
    points,
  }
  return { style: family, blocks: [block] }
}
