/** Clean bits that are taken for granted before anything is heard: four long frames, so that one spoilt frame is no bad line yet. */
const ASSUMED_BITS = 8192
/** What is further back than so many bits counts little: at 9600 baud ten seconds of talk. Long enough for ten errors at a rate of 1e-4. */
const MEMORY_BITS = 100_000
/** Below this no frame is worth a thought. */
const LEAST_RATE = 1e-7

/**
 * How many bits are turned over on the way from one unit, from which of its frames pass their check: of a frame of L bits at rate p as much is left as
 * e^(−pL). A spoilt frame counts for the errors that it holds on average, pL / (1 − e^(−pL)) (expectation maximisation, a step a frame).
 */
export class FrameDamage {
  #bits = 0
  #errors: number
  #brokenInARow = 0

  /** @param assumedErrors  what is suspected before anything is heard; forgotten like all else. */
  constructor(assumedErrors: number) {
    this.#errors = assumedErrors
  }

  /** Bit errors per bit; 0 where there is nothing to speak of. */
  get bitErrorRate(): number {
    const rate = this.#errors / (ASSUMED_BITS + this.#bits)
    return rate < LEAST_RATE ? 0 : rate
  }

  /** Spoilt frames since the last sound one. */
  get brokenInARow(): number {
    return this.#brokenInARow
  }

  /** @param bits  length of the frame on the line. */
  sound(bits: number): void {
    this.#brokenInARow = 0
    this.#add(bits, 0)
  }

  /** @param bits  length that the frame should have had. */
  broken(bits: number): void {
    this.#brokenInARow++
    const mean = this.bitErrorRate * bits
    this.#add(bits, mean === 0 ? 1 : mean / -Math.expm1(-mean))
  }

  #add(bits: number, errors: number): void {
    const kept = Math.exp(-bits / MEMORY_BITS)
    this.#bits = this.#bits * kept + bits
    this.#errors = this.#errors * kept + errors
  }
}
