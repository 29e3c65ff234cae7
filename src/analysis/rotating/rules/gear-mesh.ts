import type { GearStage } from '../../../readings/machine-facts.js'
import { isSignificant } from '../line-spectrum.js'
import type { ChannelEvidence, MachineEvidence } from '../machine-evidence.js'
import type { MachineFinding } from '../machine-fault.js'
import { isCounted, pooledLogChance } from '../pooled-lines.js'
import { firstSidebands } from './first-sidebands.js'
import type { RuleAnswer } from './rule.js'

const SIDEBANDS = [-3, -2, -1, 1, 2, 3]
/** Both neighbours and two more: a modulation, not a line that happens to lie there. Fewer must be alike and stand each by itself: firstSidebands. */
const LEAST_SIDEBANDS = 4
/**
 * Sidebands together against the mesh line, however many they are: by Parseval the RMS by which the mesh swells and fades in a turn. A sinusoid of 0.3
 * swings by ±42 %, past what even wheels show; one of 0.7 swings by ±100 %, so that the teeth lose their load once a turn.
 */
const NOTED = 0.3
const STRONG = 0.7

/**
 * Gear mesh with sidebands: lines around teeth × speed at the rate of one of the wheels say which wheel modulates the mesh.
 * @see [Prosig2014], [MobiusGears]
 */
export function judgeGearMesh(evidence: MachineEvidence): RuleAnswer {
  const gears = evidence.machine.gears ?? []
  if (gears.length === 0) return { notJudged: 'the numbers of teeth are not stated' }
  if (evidence.speed.source === 'stated')
    return {
      notJudged:
        'the record does not show its speed exactly enough to place sidebands; a longer record, which may show it, or a tacho would do',
    }
  const reachable = gears.filter((gear) => meshOrder(gear) + 1 <= evidence.channels[0].angular.maxOrder)
  if (reachable.length === 0)
    return { notJudged: `the mesh lies above order ${evidence.channels[0].angular.maxOrder.toFixed(0)}, which the rate carries` }
  let worst: MachineFinding | null = null
  let strongest = 0
  for (const gear of reachable) {
    for (const wheel of wheelsOf(gear)) {
      for (const channel of evidence.channels) {
        const found = modulationOf(channel, { centre: meshOrder(gear), spacing: wheel.rate, avoid: wheel.other })
        if (!found || found.share < NOTED || found.share <= strongest) continue
        strongest = found.share
        worst = {
          code: 'gear-mesh',
          severity: found.share >= STRONG ? 'warning' : 'note',
          evidence: `mesh of ${gear.teeth} teeth at order ${meshOrder(gear).toFixed(2)} (${(meshOrder(gear) * evidence.shaftHz).toFixed(1)} Hz) with ${found.what} at ±${wheel.rate.toFixed(3)} × the shaft (${wheel.name}), together ${(100 * found.share).toFixed(0)} % of the mesh line`,
          alsoConsistentWith: [
            'eccentric or cracked wheel',
            'worn or broken tooth',
            'misaligned gear shafts',
            'a load that changes once a turn',
          ],
          wouldTell:
            'the same sidebands at another load, the waveform averaged over turns of each wheel, and a baseline of the gear in good order',
          log10Chance: Math.max(-300, found.logChance / Math.LN10),
        }
      }
    }
  }
  return worst
}

interface MeshPattern {
  readonly centre: number
  readonly spacing: number
  readonly avoid: number | null
}

/** A family of sidebands, else the first pair alone; null where neither stands. */
function modulationOf(
  channel: ChannelEvidence,
  pattern: MeshPattern,
): { readonly what: string; readonly share: number; readonly logChance: number } | null {
  const family = sidebandsOf(channel, pattern)
  if (family.orders.length >= LEAST_SIDEBANDS) return { ...family, what: `${family.orders.length} sidebands` }
  const pair = firstSidebands(channel, pattern)
  if (!pair) return null
  const where = pair.harmonics.length === 1 && pair.harmonics[0] === 1 ? '' : ` of ${pair.harmonics.join('×, ')}× mesh`
  return { ...pair, what: `the first pair of sidebands${where}` }
}

function meshOrder(gear: GearStage): number {
  return gear.teeth * (gear.speedRatio ?? 1)
}

function wheelsOf(gear: GearStage): { readonly rate: number; readonly name: string; readonly other: number | null }[] {
  const own = gear.speedRatio ?? 1
  if (gear.matingTeeth === undefined) return [{ rate: own, name: `the wheel of ${gear.teeth} teeth`, other: null }]
  const mating = meshOrder(gear) / gear.matingTeeth
  return [
    { rate: own, name: `the wheel of ${gear.teeth} teeth`, other: mating },
    { rate: mating, name: `the wheel of ${gear.matingTeeth} teeth`, other: own },
  ]
}

/** Sidebands at a spacing, without those that the other wheel could have made, and their RMS over that of the centre. */
function sidebandsOf(
  channel: ChannelEvidence,
  pattern: MeshPattern,
): { readonly orders: readonly number[]; readonly share: number; readonly logChance: number } {
  const none = { orders: [], share: 0, logChance: 0 }
  const centre = channel.line(pattern.centre)
  if (!isSignificant(centre)) return none
  const { avoid } = pattern
  const looked = SIDEBANDS.map((side) => side * pattern.spacing)
    .filter((offset) => avoid === null || Math.abs(offset / avoid - Math.round(offset / avoid)) * avoid > 3 * channel.orders.step)
    .map((offset) => ({ order: pattern.centre + offset, line: channel.line(pattern.centre + offset) }))
  const family = { logChance: pooledLogChance(looked.map(({ line }) => line)) }
  if (!isSignificant(family)) return none
  const standing = looked.filter(({ line }) => isCounted(line))
  return {
    orders: standing.map(({ order }) => order),
    share: Math.hypot(...standing.map(({ line }) => line?.rms ?? 0)) / centre.rms,
    logChance: family.logChance,
  }
}
