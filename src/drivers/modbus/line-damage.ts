import { FrameDamage } from './frame-damage.js'
import type { Framing } from './framing.js'
import { isBitTable, type Table } from './register-type.js'
import { isConvincing, worthwhileWords } from './worthwhile-words.js'

/** Plans are made anew when a rate has moved by this factor. */
const NOTICEABLE = 1.5
const WORD_BITS = 16

interface Unit {
  readonly damage: FrameDamage
  /** The rate that plans reckon with. */
  noticed: number
  /** What was last reckoned, and from what. */
  words: { readonly noticed: number; readonly wordsPerRequest: number; readonly most: number } | undefined
}

/** How much the line spoils of what each unit says, and what follows from that. One device far out on the cable does not slow the others. */
export class LineDamage {
  readonly #framing: Framing
  readonly #units = new Map<number, Unit>()
  #lessons = 0

  constructor(framing: Framing) {
    this.#framing = framing
  }

  /** Grows whenever something noticeable was learnt: a plan made at another number is out of date. */
  get lessons(): number {
    return this.#lessons
  }

  /** How many values of a table are best asked for at a time, where a request costs as much as so many words. */
  mostValues(unit: number, table: Table, wordsPerRequest: number): number {
    const own = this.#of(unit)
    const { noticed, words } = own
    if (words?.noticed !== noticed || words.wordsPerRequest !== wordsPerRequest)
      own.words = { noticed, wordsPerRequest, most: worthwhileWords(wordsPerRequest, { framing: this.#framing, bitErrorRate: noticed }) }
    const most = own.words?.most ?? 1
    return isBitTable(table) ? most * WORD_BITS : most
  }

  /** Whether one sound answer of so many bits is enough to believe this unit. */
  isConvincing(unit: number, bits: number): boolean {
    return isConvincing(bits, { framing: this.#framing, bitErrorRate: this.bitErrorRate(unit) })
  }

  bitErrorRate(unit: number): number {
    return this.#of(unit).damage.bitErrorRate
  }

  /** Spoilt answers of a unit since its last sound one. */
  brokenInARow(unit: number): number {
    return this.#of(unit).damage.brokenInARow
  }

  count(unit: number, frame: 'sound' | 'broken', bits: number): void {
    const own = this.#of(unit)
    own.damage[frame](bits)
    const { bitErrorRate } = own.damage
    if (bitErrorRate <= own.noticed * NOTICEABLE && bitErrorRate * NOTICEABLE >= own.noticed) return
    own.noticed = bitErrorRate
    this.#lessons++
  }

  #of(unit: number): Unit {
    const known = this.#units.get(unit)
    if (known) return known
    const damage = new FrameDamage(this.#framing.check.assumedErrors)
    const fresh: Unit = { damage, noticed: damage.bitErrorRate, words: undefined }
    this.#units.set(unit, fresh)
    return fresh
  }
}
