/** A sentence of NMEA 0183: `$GPGGA,…*47`. */
export interface NmeaSentence {
  /** Who speaks: `GP`, `II`…; `P` for makers' own sentences. */
  readonly talker: string
  /** What it is: `GGA`, `XDR`; for makers' own everything behind the P. */
  readonly formatter: string
  readonly fields: readonly string[]
  /** NMEA 0183 asks for a check sum only in some sentences; old devices leave it out. */
  readonly check: 'right' | 'absent'
}

export type NmeaReading =
  | { readonly kind: 'sentence'; readonly sentence: NmeaSentence }
  | { readonly kind: 'bad-check' }
  | { readonly kind: 'other' }

/** A sentence has at most 82 characters (NMEA 0183 5.3); some devices write longer ones. */
const LONGEST = 512
const SHAPE = /^[$!]([A-Z0-9]{3,15})((?:,[^*,]{0,80}){0,80})(?:\*([0-9A-Fa-f]{2}))?$/

/** Reads a line; `bad-check` where it is a sentence whose check sum does not fit. */
export function readNmea(line: string): NmeaReading {
  const text = line.trim()
  if (text.length > LONGEST) return { kind: 'other' }
  const [, name, fields = '', sum] = SHAPE.exec(text) ?? []
  if (name === undefined) return { kind: 'other' }
  const body = text.slice(1).split('*', 1)[0] ?? ''
  if (sum !== undefined && nmeaCheckSum(body) !== Number.parseInt(sum, 16)) return { kind: 'bad-check' }
  const isOwn = name.startsWith('P')
  return {
    kind: 'sentence',
    sentence: {
      talker: isOwn ? 'P' : name.slice(0, -3),
      formatter: isOwn ? name.slice(1) : name.slice(-3),
      fields: fields === '' ? [] : fields.slice(1).split(','),
      check: sum === undefined ? 'absent' : 'right',
    },
  }
}

/** Exclusive or of all characters between `$` and `*`. */
export function nmeaCheckSum(body: string): number {
  let sum = 0
  for (let index = 0; index < body.length; index++) sum ^= body.charCodeAt(index) & 0xff
  return sum
}
