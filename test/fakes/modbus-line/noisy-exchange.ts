import type { Exchange, Question } from '../../../src/drivers/modbus/exchange.js'
import type { Framing } from '../../../src/drivers/modbus/framing.js'
import type { LineUnit, Wire } from './fake-line.js'
import { bitErrors, randomOf } from './noise.js'
import { LINE_UNITS } from './units.js'
import type { WireFormat } from './wire-format.js'

export interface NoisyExchangeOptions {
  readonly framing: Framing
  readonly format: WireFormat
  readonly seed: number
  readonly unit?: LineUnit
  /** May change while it runs. */
  bitErrorRate: number
  /** Spoils an answer further, after the noise. */
  readonly spoil?: (frame: Uint8Array, random: () => number) => Uint8Array
}

/** Questions and answers whose bits are turned over on the way, frame by frame and without time: a million of them take seconds. */
export function noisyExchange(options: NoisyExchangeOptions) {
  const { framing, format, unit = LINE_UNITS.fine(), spoil } = options
  const random = randomOf(options.seed)
  let noise = bitErrors(options.bitErrorRate, random)
  const cleanAnswers = new Map<string, Uint8Array>()
  const answerTo = ({ unit: id, pdu }: Question): Uint8Array => {
    let frame: Uint8Array = new Uint8Array(0)
    const wire: Wire = {
      format,
      random,
      nowMs: () => 0,
      write: (bytes) => (frame = bytes),
      reply: (request, answer) => (frame = format.encode(request.unit, answer)),
    }
    unit({ unit: id, pdu: Buffer.from(pdu) }, wire)
    return frame
  }
  const known = (question: Question): Uint8Array => {
    if (options.unit) return answerTo(question)
    const key = `${question.unit} ${question.pdu.join()}`
    const frame = cleanAnswers.get(key) ?? answerTo(question)
    cleanAnswers.set(key, frame)
    return frame
  }
  const line = {
    target: { host: 'fake', port: 0, medium: { scheme: 'modbus-rtu-tcp' } } as const,
    gone: new AbortController().signal,
    count: 0,
    setBitErrorRate: (rate: number) => (noise = bitErrors(rate, random)),
    ask: (question: Question): Promise<Exchange> => {
      line.count++
      const sent = framing.encode(question.unit, question.pdu)
      // Spoilt questions are checked as answers are, and cause silence.
      if (noise(sent) !== sent) return Promise.resolve({ kind: 'silence', waitedMs: 1 })
      const clean = known(question)
      const noisy = noise(clean)
      const came = spoil ? spoil(noisy, random) : noisy
      const found = framing.find(came, 0, [question])
      return Promise.resolve(found ? { kind: 'reply', pdu: found.pdu, tookMs: 1 } : { kind: 'malformed', why: 'spoilt', isSpoilt: true })
    },
    close: () => Promise.resolve(),
  }
  return line
}
