import { describe, expect, it } from 'vitest'
import { findMachineFaults } from '../../../src/analysis/rotating/find-machine-faults.js'
import type { MachineFault } from '../../../src/analysis/rotating/machine-fault.js'
import type { MachineRecord } from '../../../src/analysis/rotating/machine-record.js'
import { MACHINE, type MachineCase, makeMachineCase } from '../../synthetic/machine-cases.js'
import { makeMachineSignal } from '../../synthetic/machine-signal.js'

const SHORT = { sampleRateHz: 6400, durationS: 5 }

function recordOf(made: MachineCase, changes: Partial<MachineRecord> = {}): MachineRecord {
  return {
    samples: made.samples,
    sampleRateHz: made.sampleRateHz,
    // As a nameplate says it.
    shaftSpeedRpm: 10 * Math.round(made.shaftSpeedRpm / 10),
    unit: 'm/s²',
    direction: 'radial-horizontal',
    otherChannels: [{ samples: made.axial, unit: 'm/s²', direction: 'axial' }],
    machine: MACHINE,
    ...changes,
  }
}

/** A pump with vanes and a gear whose mesh its shaft modulates by 16 %; hiss that beats at vane pass 0.4 deep. */
function makeCavitation(options: {
  readonly seed: number
  readonly hissMPerS2: number
  readonly meshMmPerS: number
  readonly teeth?: number
}) {
  const { seed, hissMPerS2, meshMmPerS, teeth = 31 } = options
  const made = makeMachineSignal({
    seed,
    components: [
      ...[1, 2, 3, 5].map((order) => ({ order, velocityMmPerS: 0.5 / order })),
      { order: teeth, velocityMmPerS: meshMmPerS },
      ...[teeth - 1, teeth + 1].map((order) => ({ order, velocityMmPerS: 0.08 * meshMmPerS })),
    ],
    durationS: 6,
    hiss: { fromHz: 2000, rmsMPerS2: hissMPerS2, beatOrder: 5, depth: 0.4 },
  })
  return { ...made, axial: made.samples.map((value) => 0.3 * value) }
}

describe('rules about rotating machines', () => {
  it('find nothing in healthy machines', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { findings } = findMachineFaults(recordOf(makeMachineCase(null, { seed, ...SHORT })))
      expect(findings.map(({ code, evidence }) => `${seed}: ${code} ${evidence}`)).toEqual([])
    }
  })

  it.each<[MachineFault, number]>([
    ['unbalance', 3],
    ['misalignment', 3],
    ['bent-shaft', 3],
    ['looseness', 3],
    ['gear-mesh', 0.8],
    ['belt', 3],
    ['blade-pass', 3],
    ['electrical', 3],
    ['rotor-bars', 0.3],
    ['cavitation', 3],
  ])('find %s, and call it nothing else that matters', (fault, strength) => {
    for (let seed = 1; seed <= 2; seed++) {
      const made = makeMachineCase(fault, { seed: 100 + seed, strength, shaftHz: 24.35, sampleRateHz: 6400, durationS: 6 })
      const { findings } = findMachineFaults(recordOf(made))
      expect(findings.map(({ code }) => code)).toContain(fault)
      const found = findings.find(({ code }) => code === fault)
      expect(found?.log10Chance).toBeLessThan(-5)
      expect(found?.wouldTell).not.toBeNull()
    }
  })

  it('say with one channel what unbalance cannot be told from, and with an axial one less', () => {
    const made = makeMachineCase('unbalance', { seed: 7, ...SHORT })
    const alone = findMachineFaults(recordOf(made, { otherChannels: [] })).findings[0]
    expect(alone).toMatchObject({ code: 'unbalance' })
    expect(alone?.alsoConsistentWith).toEqual(expect.arrayContaining(['bent shaft', 'misalignment']))
    expect(alone?.wouldTell).toContain('axial')
    const both = findMachineFaults(recordOf(made)).findings[0]
    expect(both?.alsoConsistentWith).not.toContain('bent shaft')
  })

  it('grade by the zone of a rated machine', () => {
    const made = makeMachineCase('unbalance', { seed: 8, strength: 6, ...SHORT })
    const severityOf = (machine: MachineRecord['machine']) => findMachineFaults(recordOf(made, { machine })).findings[0]?.severity
    expect(severityOf({ ratedPowerKw: 55, support: 'rigid' })).toBe('fault')
    expect(severityOf({ ratedPowerKw: 500, support: 'rigid' })).toBe('warning')
    expect(severityOf({ ratedPowerKw: 500, support: 'flexible' })).toBe('note')
  })

  it('judge no amount without a unit, and say so', () => {
    const made = makeMachineCase('unbalance', { seed: 9, ...SHORT })
    const { findings, notJudged } = findMachineFaults(recordOf(made, { unit: null }))
    expect(findings.map(({ code }) => code)).not.toContain('unbalance')
    expect(notJudged.find(({ rule }) => rule === 'unbalance')?.why).toContain('unit')
  })

  it('say of every rule that lacks something what it lacks', () => {
    const made = makeMachineCase(null, { seed: 10, ...SHORT })
    const { notJudged } = findMachineFaults(recordOf(made, { machine: {}, otherChannels: [] }))
    expect(notJudged.map(({ rule }) => rule).sort()).toEqual([
      'belt',
      'bent-shaft',
      'blade-pass',
      'cavitation',
      'electrical',
      'gear-mesh',
      'rotor-bars',
    ])
    expect(findMachineFaults(recordOf(made, { shaftSpeedRpm: null })).notJudged).toHaveLength(11)
  })

  it('refuse to tell 2× from twice the line frequency where the record cannot separate them', () => {
    const made = makeMachineSignal({
      seed: 3,
      shaftHz: 49.95,
      durationS: 5,
      wander: 1e-5,
      components: [
        { order: 1, velocityMmPerS: 1 },
        { order: 2, velocityMmPerS: 3 },
        { order: 3, velocityMmPerS: 0.5 },
      ],
    })
    const { findings, notJudged } = findMachineFaults({ ...made, tacho: null, unit: 'm/s²', machine: { lineFrequencyHz: 50, poles: 2 } })
    expect(findings.map(({ code }) => code)).not.toContain('electrical')
    expect(findings.map(({ code }) => code)).not.toContain('misalignment')
    expect(notJudged.filter(({ rule }) => rule === 'electrical' || rule === 'misalignment')).toHaveLength(2)
  })

  it('find a wheel whose mesh stands clear where the shaft’s own orders are too weak to be followed', () => {
    for (let seed = 1; seed <= 3; seed++) {
      const made = makeMachineCase('gear-mesh', { seed: 60 + seed, strength: 0.8, shaftHz: 24.35, noiseMPerS2: 3, ...SHORT })
      const { findings, speed } = findMachineFaults(recordOf(made))
      expect(speed?.source).toBe('signal')
      expect(Math.abs((speed?.meanRpm ?? 0) / made.shaftSpeedRpm - 1)).toBeLessThan(1e-4)
      expect(findings.map(({ code }) => code)).toContain('gear-mesh')
    }
  })

  it('find a belt by all of its multiples together, none of which stands out alone', () => {
    const rate = ((Math.PI * 180) / 1900) * 0.99
    // Orders of the shaft for its speed; each multiple of the belt's rate 10 dB over white noise in its bin, where a single one needs 12.
    const family = [1, 2, 3, 4].map((multiple) => ({ order: multiple * rate, velocityMmPerS: 0.55 / multiple }))
    const orders = [1, 2, 3].map((order) => ({ order, velocityMmPerS: 2 / order }))
    let found = 0
    for (let seed = 1; seed <= 10; seed++) {
      const made = makeMachineSignal({
        seed: 900 + seed,
        components: [...family, ...orders],
        noiseMPerS2: 0.9,
        sampleRateHz: 6400,
        durationS: 6,
      })
      const { findings } = findMachineFaults({ ...made, tacho: null, unit: 'm/s²', machine: MACHINE })
      if (findings.some(({ code }) => code === 'belt')) found++
    }
    expect(found).toBeGreaterThanOrEqual(8)
  })

  it('note cavitation by the noise’s share of what the pump itself makes, however its gear sings', () => {
    const notes = Array.from({ length: 6 }, (_, k) => {
      const made = makeCavitation({ seed: 7100 + k, hissMPerS2: 1, meshMmPerS: 0.5 })
      return findMachineFaults(recordOf(made)).findings.find(({ code }) => code === 'cavitation')?.evidence
    })
    expect(notes.filter((text) => text?.includes('without the lines of the gears'))).toHaveLength(6)
  })

  it('take no gear that sings in the band for cavitation, though it beats with the shaft', () => {
    for (let seed = 7200; seed < 7202; seed++) {
      const made = makeCavitation({ seed, hissMPerS2: 0, meshMmPerS: 1, teeth: 67 })
      const machine = { kind: 'pump', blades: 5, gears: [{ teeth: 67 }] } as const
      expect(findMachineFaults(recordOf(made, { machine })).findings.map(({ code }) => code)).not.toContain('cavitation')
    }
  })

  it('see cavitation rise over a baseline that hisses less', () => {
    const baseline = makeMachineCase('cavitation', { seed: 21, strength: 1, sampleRateHz: 12_800, durationS: 5 })
    const now = makeMachineCase('cavitation', { seed: 22, strength: 4, sampleRateHz: 12_800, durationS: 5 })
    const record = recordOf(now, { baseline })
    expect(findMachineFaults(record).findings.find(({ code }) => code === 'cavitation')?.severity).toBe('warning')
    expect(findMachineFaults(recordOf(baseline, { baseline })).findings.map(({ code }) => code)).not.toContain('cavitation')
  })
})
