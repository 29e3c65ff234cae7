import { MAINS_HZ } from '../../mains.js'
import { slowWander } from '../../orders/shaft-phase.js'
import type { ChannelEvidence, MachineEvidence } from '../machine-evidence.js'

/** What mains make: their own frequency by pick-up, even multiples by magnetic force and rectifiers. */
const MULTIPLES = [1, 2, 4, 6]
/** Two lines under a Hann window closer than its main lobe and a bin are one. */
const SEPARATE_BINS = 3
/** Bins that a longer record must put between two lines, with a little to spare. */
const NEEDED_BINS = 4

/**
 * In words why the line at an order may be electricity's and not the shaft's; null where it cannot be. Where the line frequency is stated no other one
 * is thought of.
 *
 * @param order of the shaft, whose line the rule rests on.
 */
export function mainsAtOrder(evidence: MachineEvidence, channel: ChannelEvidence, order: number): string | null {
  const { machine, shaftHz } = evidence
  const line = channel.line(order)
  if (line === null) return null
  // Where the speed is only stated, the line that was taken may lie anywhere within its tolerance.
  const lineHz = evidence.speed.source === 'stated' ? line.position * shaftHz : order * shaftHz
  const binHz = Math.max(channel.hertz.step, channel.orders.step * shaftHz)
  const apartHz = SEPARATE_BINS * binHz + (order * slowWander(evidence.phase)) / 2
  for (const mainsHz of machine.lineFrequencyHz === undefined ? MAINS_HZ : [machine.lineFrequencyHz]) {
    const electricHz = MULTIPLES.map((multiple) => multiple * mainsHz).find((hz) => Math.abs(hz - lineHz) < apartHz)
    if (electricHz === undefined) continue
    const name = electricHz === mainsHz ? `the mains’ ${mainsHz} Hz` : `${electricHz} Hz, a multiple of the mains’ ${mainsHz} Hz,`
    const unsaid = machine.lineFrequencyHz === undefined ? ', and the line frequency is not stated' : ''
    return `${order}× (${lineHz.toFixed(2)} Hz) and ${name} lie closer than this record separates (${apartHz.toFixed(2)} Hz)${unsaid}; ${wouldTell(evidence, Math.abs(electricHz - lineHz))}`
  }
  return null
}

function wouldTell({ durationS, speed }: MachineEvidence, apartHz: number): string {
  const off = 'whether the line is gone the moment the motor is switched off'
  if (speed.source === 'stated') return `a tacho would tell, or ${off}`
  const neededS = Math.ceil(NEEDED_BINS / Math.max(0.01, apartHz))
  return neededS > durationS ? `${neededS} s would, or ${off}` : `${off} would tell`
}
