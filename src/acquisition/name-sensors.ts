import type { Point } from '../drivers/contract.js'
import { parseAddress } from '../readings/address.js'
import { DEFAULT_PERIOD_MS, type Sensor } from '../readings/sensor.js'

const LONGEST_KEY = 128
/** Last topic levels that say nothing of their own. */
const EMPTY_WORDS = new Set(['value', 'val', 'waveform', 'samples', 'data', 'state', 'payload'])

/**
 * Sensors out of probed points, named `asset/what` by what the device itself calls them, else by where they are
 * (`unit-7/holding-100`). Names are unique, also against `taken`: the second of a name gets `-2`.
 */
export function nameSensors(points: readonly Point[], taken: Iterable<string> = []): Sensor[] {
  const used = new Set(taken)
  return points.map((point) => {
    const key = unique(keyOf(point), used)
    used.add(key)
    const asset = key.includes('/') ? (key.split('/')[0] ?? '') : ''
    return {
      key,
      address: point.address,
      kind: point.kind,
      unit: point.unit,
      periodMs: DEFAULT_PERIOD_MS,
      ...(asset === '' ? {} : { asset }),
      ...(point.name === null ? {} : { description: point.name.slice(0, LONGEST_KEY) }),
    }
  })
}

function keyOf(point: Point): string {
  const words = (point.name === null ? placeOf(point.address) : point.name.split(/[/.]/)).map(slug).filter((word) => word !== '')
  while (words.length > 2 && EMPTY_WORDS.has(words.at(-1) ?? '')) words.pop()
  return words.slice(-2).join('/').slice(0, LONGEST_KEY) || 'sensor'
}

/** `modbus-tcp://h/7/holding/100` → unit-7, holding-100; `mqtt://h/a/b/c?field=/d` → b, c-d. */
function placeOf(address: string): string[] {
  const { scheme, path, query } = parseAddress(address)
  if (scheme === 'modbus-tcp') return [`unit-${path[0] ?? ''}`, path.slice(1).join('-')]
  const field = [...query.values()].flatMap((value) => value.split('/')).filter((word) => word !== '' && !EMPTY_WORDS.has(word))
  return [...path.slice(0, -1), [path.at(-1) ?? '', ...field].join('-')]
}

function slug(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}

function unique(key: string, used: ReadonlySet<string>): string {
  if (!used.has(key)) return key
  for (let number = 2; ; number++) if (!used.has(`${key}-${number}`)) return `${key}-${number}`
}
