import type { Finding, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { formatModbusAddress } from './address.js'
import { connectFramedLine } from './connect-line.js'
import { describeOddity, examineUnit } from './examine-unit.js'
import type { FramedLine } from './framed-line.js'
import { identifyUnit, labelOf } from './identify.js'
import { listenOnLine } from './listen-on-line.js'
import { nameOfTarget } from './medium.js'
import { describeAnswer } from './read-span.js'
import { parseSerialScope } from './serial-scope.js'
import { type HeardUnit, sweepLine } from './sweep-line.js'
import { planSweep, type SweepStep } from './sweep-plan.js'
import { dropProgress, loadProgress, progressFile, type SweepProgress, saveProgress } from './sweep-progress.js'

/** Progress is kept after so many units. */
const KEEP_EVERY = 8
const IDENTIFY_MS = 500

/** Looks for units on a line without transaction ids: asks, or only listens. Reads only. */
export async function* discoverSerial(text: string, around: Surroundings): AsyncGenerator<Finding> {
  const scope = parseSerialScope(text)
  const { signal, stateFolder, log } = around
  if (scope.listenMs !== null) {
    yield* listenOnLine(scope, around)
    return
  }
  const steps = planSweep(scope, around.timeoutMs)
  const file = scope.sweep === 'one' ? null : progressFile(stateFolder, scope)
  let progress: SweepProgress = file === null ? { step: 0, unit: 1, found: [] } : await loadProgress(file)
  if (progress.step > 0 || progress.unit > 1)
    log.warn(`the sweep goes on where it was stopped, at ${placeOf(steps, progress)}; ${file} remembers`)
  for (const found of progress.found) yield { ...found, access: 'open', identity: null, safety: 'identify' }
  const keep = async (change: Partial<SweepProgress>): Promise<void> => {
    progress = { ...progress, ...change }
    if (file !== null) await saveProgress(file, progress)
  }
  for (const [index, step] of steps.entries()) {
    if (index < progress.step) continue
    if (signal.aborted) return
    log.note(`asking units ${step.units[0]} to ${step.units.at(-1)} on ${nameOfTarget(step.target)}`, { estimateMs: step.estimateMs })
    const onAsked = async (unit: number): Promise<void> => {
      if (unit % KEEP_EVERY === 0) await keep({ step: index, unit: unit + 1 })
    }
    for await (const finding of discoverStep(step, { around, from: progress.unit, onAsked })) {
      // Progress is kept in strides, so the last few units before a stop are asked again.
      if (progress.found.some(({ address }) => address === finding.address)) continue
      await keep({ found: [...progress.found, finding] })
      yield finding
    }
    if (signal.aborted) return
    await keep({ step: index + 1, unit: 1 })
    if (scope.sweep === 'until-found' && progress.found.length > 0) break
  }
  if (file !== null) await dropProgress(file)
}

interface StepOptions {
  readonly around: Surroundings
  readonly from: number
  readonly onAsked: (unit: number) => Promise<void>
}

async function* discoverStep(step: SweepStep, { around, from, onAsked }: StepOptions): AsyncGenerator<Finding> {
  const { signal, clock, timeoutMs } = around
  let line: FramedLine
  try {
    line = await connectFramedLine(step.target, { connectTimeoutMs: timeoutMs, signal, clock })
  } catch (thrown) {
    if (signal.aborted && thrown instanceof DriverFault) return
    throw thrown
  }
  const close = (): void => void line.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    for await (const heard of sweepLine(line, step, { around, from, onAsked })) yield await findingOf(line, heard, around)
    warnOfFaults(line, around)
  } catch (thrown) {
    if (!(thrown instanceof DriverFault) || !signal.aborted) throw thrown
  } finally {
    signal.removeEventListener('abort', close)
    await line.close()
  }
}

async function findingOf(line: FramedLine, { unit, answer }: HeardUnit, around: Surroundings): Promise<Finding> {
  const asking = { unit, timeoutMs: Math.min(around.timeoutMs, IDENTIFY_MS) }
  const common = { address: formatModbusAddress({ ...line.target, unit }), access: 'open', safety: 'identify' } as const
  const answered = `answered function 3 with ${describeAnswer(answer)}`
  if (answer.kind === 'malformed') {
    const evidence = `${answered}; two devices with this id, missing termination, or other settings than ${nameOfTarget(line.target)}`
    return { ...common, description: `something at Modbus unit ${unit}`, confidence: 0.4, identity: null, evidence }
  }
  const self = await identifyUnit(line, asking)
  const oddity = describeOddity(await examineUnit(line, unit, asking.timeoutMs))
  const label = labelOf(self.identity)
  return {
    ...common,
    description: `Modbus unit ${unit}${label === '' ? '' : ` · ${label}`}${oddity === '' ? '' : ` · ${oddity}`}`,
    confidence: self.how === null ? 0.9 : 0.99,
    identity: self.identity,
    evidence: self.how === null ? answered : `answered ${self.how}; ${answered}`,
  }
}

function warnOfFaults({ faults, target }: FramedLine, { log }: Pick<Surroundings, 'log'>): void {
  const line = nameOfTarget(target)
  if (faults.echoes) log.warn(`${line}: the adapter echoes what it sends; the echo is taken out, so this does no harm here`, { ...faults })
  if (faults.stray > 0)
    log.warn(`${line}: ${faults.stray} bytes came while nobody was asked: a floating line (bias, termination), or another master`, {
      ...faults,
    })
}

function placeOf(steps: readonly SweepStep[], { step, unit }: SweepProgress): string {
  const target = steps[step]?.target
  return target ? `unit ${unit} of ${nameOfTarget(target)}` : 'its end'
}
