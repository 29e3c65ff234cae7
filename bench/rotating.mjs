// What the rules about machines find and what they call that is not there, on signals made from seeds; and what order tracking costs.
import process from 'node:process'
import { phaseOfPulses } from '../dist/analysis/orders/phase-of-pulses.js'
import { resampleByAngle } from '../dist/analysis/orders/resample-by-angle.js'
import { tachoPulses } from '../dist/analysis/orders/tacho-pulses.js'
import { trackShaftSpeed } from '../dist/analysis/orders/track-shaft-speed.js'
import { findMachineFaults } from '../dist/analysis/rotating/find-machine-faults.js'
import './sources/typescript-sources.mjs'

const HEALTHY = Number(process.env['ROTATING_HEALTHY'] ?? 1000)
const EACH = Number(process.env['ROTATING_EACH'] ?? 20)
/** Strengths of each fault's main measure: mm/s, or a share (gear-mesh, rotor-bars). */
const STRENGTHS = {
  unbalance: [0.75, 1.5, 3, 6],
  misalignment: [0.75, 1.5, 3, 6],
  'bent-shaft': [0.75, 1.5, 3, 6],
  looseness: [0.75, 1.5, 3, 6],
  resonance: [0.5, 1, 2, 4],
  'gear-mesh': [0.2, 0.4, 0.8, 1.6],
  belt: [0.2, 0.5, 1, 3],
  'blade-pass': [0.75, 1.5, 3, 6],
  electrical: [0.4, 0.8, 1.6, 3],
  'rotor-bars': [0.03, 0.1, 0.3, 1],
  cavitation: [0.2, 0.5, 1, 3],
}
const SHAFT_HZ = 24.35
const LEVELS_DB = [30, 20, 15, 10]
const SIGNAL = { sampleRateHz: 6400, durationS: 6 }

const { MACHINE, makeMachineCase, noiseUnder } = await import('../test/synthetic/machine-cases.ts')

/** Findings on healthy machines, by rule. */
export function falseAlarms() {
  const calls = {}
  let called = 0
  for (let seed = 1; seed <= HEALTHY; seed++) {
    const { findings } = judge(makeMachineCase(null, { seed, ...SIGNAL }))
    if (findings.length > 0) called++
    for (const { code } of findings) calls[code] = (calls[code] ?? 0) + 1
  }
  return [{ healthy: HEALTHY, called, share: called / HEALTHY, ...calls }]
}

/** Share found over strength, in the noise of a sound machine. */
export function detection() {
  return Object.entries(STRENGTHS).map(([fault, strengths]) => ({
    fault,
    ...Object.fromEntries(
      strengths.map((strength, k) => [`strength ${k + 1}`, `${strength}: ${shareFound({ fault, strength, noise: {} })}`]),
    ),
  }))
}

/**
 * Share found at the third strength in white noise over which the middle one of the fault's lines stands so far in its bin (machine-cases.ts), and at the
 * same absolute noise of 3 m/s² for all, whose lines then stand as far as the last column says.
 */
export function detectionInNoise() {
  return Object.entries(STRENGTHS).map(([fault, strengths]) => {
    const strength = strengths[2]
    const at = { strength, shaftHz: SHAFT_HZ, ...SIGNAL }
    const found = (noiseMPerS2) => shareFound({ fault, strength, noise: { noiseMPerS2, noiseColour: 0 } })
    return {
      fault,
      ...Object.fromEntries(LEVELS_DB.map((db) => [`${db} dB`, found(noiseUnder(fault, { ...at, lineOverNoiseDb: db }))])),
      '3 m/s²': found(3),
      'line over 3 m/s²': `${(20 * Math.log10(noiseUnder(fault, { ...at, lineOverNoiseDb: 0 }) / 3)).toFixed(0)} dB`,
    }
  })
}

function judge(made) {
  return findMachineFaults({
    samples: made.samples,
    sampleRateHz: made.sampleRateHz,
    shaftSpeedRpm: 10 * Math.round(made.shaftSpeedRpm / 10),
    unit: 'm/s²',
    direction: 'radial-horizontal',
    otherChannels: [{ samples: made.axial, unit: 'm/s²', direction: 'axial' }],
    machine: MACHINE,
  })
}

function shareFound({ fault, strength, noise }) {
  let found = 0
  for (let seed = 1; seed <= EACH; seed++) {
    const { findings } = judge(makeMachineCase(fault, { seed: 10_000 + seed, strength, shaftHz: SHAFT_HZ, ...SIGNAL, ...noise }))
    if (findings.some(({ code }) => code === fault)) found++
  }
  return found / EACH
}

/** Seconds for ten minutes at 51.2 kHz. */
export function tenMinutes() {
  const sampleRateHz = 51_200
  const count = 600 * sampleRateHz
  const samples = new Float32Array(count)
  const tacho = new Float32Array(count)
  let turned = 0
  let state = 1
  for (let k = 0; k < count; k++) {
    turned += (25 * (1 + 0.001 * Math.sin((2 * Math.PI * k) / sampleRateHz / 20))) / sampleRateHz
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    samples[k] = Math.cos(2 * Math.PI * turned) + 0.3 * Math.cos(4 * Math.PI * turned) + state / 2 ** 32 - 0.5
    tacho[k] = turned % 1 < 0.05 ? 1 : 0
  }
  const { seconds: pulsesS, result: phase } = timed(
    () => phaseOfPulses(tachoPulses({ samples: tacho, sampleRateHz, pulsesPerRevolution: 1 }), 1).phase,
  )
  const { seconds: resampleS } = timed(() => resampleByAngle(samples, { sampleRateHz, phase, maxOrder: 100 }))
  const { seconds: trackS } = timed(() => trackShaftSpeed(samples, { sampleRateHz, searchHz: { lowHz: 22.5, highHz: 27.5 } }))
  return [{ pulsesS, resampleToOrder100S: resampleS, trackWithoutTachoS: trackS }]
}

function timed(work) {
  const start = performance.now()
  const result = work()
  return { seconds: Number(((performance.now() - start) / 1000).toFixed(2)), result }
}
