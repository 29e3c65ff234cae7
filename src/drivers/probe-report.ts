import type { SensorKind } from '../readings/sensor.js'

export interface Identity {
  readonly maker: string | null
  readonly model: string | null
  readonly revision: string | null
}

/** A value that a device offers. */
export interface Point {
  /** Ready for `read` and the site file. */
  readonly address: string
  /** A name that the device itself gives, or null. */
  readonly name: string | null
  readonly kind: SensorKind
  /** `float32`, `int16`, `boolean`, `string`, `waveform`… */
  readonly type: string
  /** Byte order `abcd`, `cdab`, `badc`, `dcba`; null where the protocol settles it. */
  readonly order: string | null
  /** value = what the registers hold × scale. */
  readonly scale: number
  /** Set where nothing shows a scale: the value is the bare number, and may be tenths or hundredths of what it means. */
  readonly scaleIs?: 'unknown'
  readonly unit: string | null
  /** A sample of the value in `unit`; null where it could not be read; for a waveform, the number of samples in a block. */
  readonly value: number | string | boolean | null
  /** 0–1 for type and order, and for the scale unless that is unknown; 1 only where the device itself says so. */
  readonly confidence: number
  /** Set where the registers hold what makers write for "no value" (0x8000, NaN…): the value is null. */
  readonly valueIs?: 'not-available'
  /** What else would read the same numbers so far: `int16` where nothing negative was seen, `uint16 at holding/101` where the other register is 0. */
  readonly readsAlso?: readonly string[]
  /** Where the answer was guessed: its parts, how sure each of them is given the type, and why. */
  readonly parts?: GuessedParts
  readonly alternatives: readonly PointAlternative[]
  /** Where the value is a waveform: how fast. */
  readonly sampleRateHz?: number
  /** The grounds of the guess, in words. */
  readonly evidence: string
}

/** Parts that a value does not have are left out: text has no scale, a single register no order of words. */
export interface GuessedParts {
  readonly type: GuessedPart
  readonly sign?: GuessedPart
  readonly wordOrder?: GuessedPart
  readonly byteOrder?: GuessedPart
  readonly scale?: GuessedPart
  readonly kind?: GuessedPart
}

export interface GuessedPart {
  /** E.g. `unsigned`, `low word first`, `×0.1`; null where nothing shows it. */
  readonly says: string | null
  /** 0–1; 0 where nothing shows it. */
  readonly confidence: number
  readonly why: string
}

export interface PointAlternative {
  readonly type: string
  readonly order: string | null
  readonly value: number | string | null
  readonly why: string
}

/** What whoever probes knows or wants beyond the address; drivers that have no use for something leave it. */
export interface ProbeWishes {
  /** How often values are read, over some two seconds, to see how they move. */
  readonly samples?: number
  /** What is known of values, e.g. `40011=23.4` or `reads 23.4 °C on the display`. */
  readonly hints?: readonly string[]
  /** `thorough`: every address by itself where blocks are refused, however long that takes. Default: as far as some seconds go. */
  readonly search?: 'quick' | 'thorough'
}

/** What neighbouring addresses had to say. */
export interface AddressVerdict {
  readonly table: string
  readonly from: number
  readonly to: number
  /** `value`, `illegal address`, `exception 0x04 (…)`, `bad CRC`, `malformed`, `silence`, `not looked at`. */
  readonly verdict: string
}

export interface ProbeReport {
  readonly device: {
    readonly address: string
    readonly identity: Identity | null
    readonly description: string
    /** Whatever else the device says of itself, readable. */
    readonly facts: Readonly<Record<string, string>>
  }
  readonly points: readonly Point[]
  /** Where a device has addresses: what each said, by table and rising address, neighbours of one kind joined. */
  readonly verdicts?: readonly AddressVerdict[]
  readonly warnings: readonly string[]
}
