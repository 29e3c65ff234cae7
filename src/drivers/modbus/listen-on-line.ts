import { openSerialLine } from '../../serial-line/open-serial-line.js'
import type { Finding, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { formatModbusAddress } from './address.js'
import { type ByteLine, byteLineOn } from './byte-line.js'
import { connectTcp } from './connect.js'
import { nameOfTarget, settingsOf, type Target } from './medium.js'
import { OverheardTraffic, type OverheardUnit } from './overheard.js'
import { type SerialScope, targetsOf } from './serial-scope.js'
import { splitAsciiTraffic, splitRtuTraffic } from './traffic.js'

const SHOWN_QUESTIONS = 8

/** Listens to another master and tells which units it talks to, without sending a byte; with a sweep, one setting after the other until frames are heard. */
export async function* listenOnLine(scope: SerialScope, around: Surroundings): AsyncGenerator<Finding> {
  for (const target of targetsOf(scope)) {
    if (around.signal.aborted) return
    const units = await overhear(target, scope.listenMs ?? 0, around)
    const wanted = units.filter(({ unit }) => scope.unit === null || unit === scope.unit)
    yield* wanted.map((unit) => findingOf(target, unit))
    if (wanted.length > 0 && scope.sweep !== 'all') return
  }
}

async function overhear(target: Target, listenMs: number, around: Surroundings): Promise<readonly OverheardUnit[]> {
  const { signal, clock, log } = around
  let port: ByteLine
  try {
    port = await openBytes(target, around)
  } catch (thrown) {
    if (signal.aborted && thrown instanceof DriverFault) return []
    throw thrown
  }
  const traffic = new OverheardTraffic()
  const split = target.medium?.scheme === 'modbus-ascii' ? splitAsciiTraffic : splitRtuTraffic
  let rest: Uint8Array = new Uint8Array(0)
  let [bytes, frames] = [0, 0]
  const ended = new AbortController()
  const stops = [
    port.onClosed((because) => {
      log.warn(`${nameOfTarget(target)} went away before the time to listen was over: ${because}`)
      ended.abort()
    }),
    port.onBytes((chunk) => {
      bytes += chunk.length
      const result = split(Buffer.concat([rest, chunk]))
      rest = Uint8Array.from(result.rest)
      frames += result.frames.length
      for (const frame of result.frames) traffic.take(frame, clock.monotonicMs())
    }),
  ]
  try {
    await clock.sleep(listenMs, AbortSignal.any([signal, ended.signal]))
  } finally {
    for (const stop of stops) stop()
    await port[Symbol.asyncDispose]()
  }
  if (bytes > 0 && frames === 0) log.warn(`${nameOfTarget(target)}: ${bytes} bytes were heard and no sound frame; perhaps other settings`)
  return traffic.units()
}

async function openBytes(target: Target, { signal, timeoutMs }: Surroundings): Promise<ByteLine> {
  const settings = settingsOf(target.medium)
  return settings
    ? await openSerialLine({ path: target.host, ...settings, signal })
    : byteLineOn(await connectTcp(target, { timeoutMs, signal }))
}

function findingOf(target: Target, { unit, asked, answered, questions }: OverheardUnit): Finding {
  const shown = questions.slice(0, SHOWN_QUESTIONS).join('; ')
  return {
    address: formatModbusAddress({ ...target, unit }),
    description: answered > 0 ? `Modbus unit ${unit}, asked by another master` : `Modbus unit ${unit}, asked by another master in vain`,
    access: 'open',
    confidence: answered > 0 ? 0.95 : 0.3,
    identity: null,
    evidence: `heard ${asked} questions and ${answered} answers: ${shown}${questions.length > SHOWN_QUESTIONS ? ` and ${questions.length - SHOWN_QUESTIONS} more` : ''}`,
    safety: 'passive',
  }
}
