// How bearing faults are told on signals whose state is known: by signal to noise, slip and wrong speed, and how often a healthy machine is called faulty.
// BEARING_RECORDS=50 records per point; BEARING_SEED=… other signals. Nothing here was used to choose a constant but the ways of voting (README of the folder).
import process from 'node:process'
import { diagnoseBearing } from '../dist/analysis/bearing/diagnose-bearing.js'
import './sources/typescript-sources.mjs'

const { bearingSignal } = await import('../test/synthetic/bearing-signal.ts')
const { HEALTHY_MACHINES } = await import('../test/synthetic/healthy-machine.ts')

const RECORDS = Number(process.env['BEARING_RECORDS'] ?? 40)
const HEALTHY = Number(process.env['BEARING_HEALTHY'] ?? 1000)
const SEED = Number(process.env['BEARING_SEED'] ?? 90_000)
const FAULTS = ['outer-race', 'inner-race', 'ball', 'cage']
const called = []

export function bySignalToNoise() {
  return [-5, -10, -15, -20, -25].map((signalToNoiseDb) =>
    point({ 'snr dB': signalToNoiseDb }, (k) => ({ signalToNoiseDb, slip: 0.02 * Math.sin(k) })),
  )
}

export function bySlip() {
  return [-0.03, -0.02, -0.01, 0, 0.01, 0.02, 0.03].map((slip) => point({ 'slip %': 100 * slip }, () => ({ slip })))
}

/** The stated speed is wrong by so much, and the bearing slips by up to 1 %. */
export function byWrongSpeed() {
  return [-0.05, -0.03, -0.01, 0, 0.01, 0.03, 0.05].map((error) =>
    point({ 'speed error %': 100 * error }, (k) => ({ slip: 0.01 * Math.sin(k) }), 1 + error),
  )
}

/** How often a fault that was called is the true one, by the confidence it was called with. Of all the records above. */
export function rightByConfidence() {
  return [0.5, 0.6, 0.7, 0.8, 0.9].map((low) => {
    const within = called.filter(({ confidence }) => confidence >= low && confidence < low + 0.1)
    return {
      confidence: `${low}–${(low + 0.1).toFixed(1)}`,
      called: within.length,
      right: share(within.filter(({ isRight }) => isRight).length, within.length),
    }
  })
}

export function falseAlarms() {
  const rows = HEALTHY_MACHINES.map((machine, index) => {
    const each = Math.ceil(HEALTHY / HEALTHY_MACHINES.length)
    const verdicts = Array.from({ length: each }, (_, k) => {
      const signal = bearingSignal({ seed: SEED + 10_000 * index + k, fault: null, machine, durationS: 2, shaftHz: 12 + ((k * 7.3) % 40) })
      return diagnoseBearing(signal).verdict
    })
    const count = (test) => verdicts.filter(test).length
    return {
      machine,
      records: each,
      healthy: count((v) => v === 'healthy'),
      uncertain: count((v) => v === 'uncertain'),
      alarms: count((v) => v !== 'healthy' && v !== 'uncertain'),
    }
  })
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0)
  return [...rows, { machine: 'all', records: sum('records'), healthy: sum('healthy'), uncertain: sum('uncertain'), alarms: sum('alarms') }]
}

/** Per fault: ranked first, called right; and what was called wrong, of all. */
function point(about, optionsOf, speedFactor = 1) {
  const row = { ...about, records: FAULTS.length * RECORDS }
  let wrong = 0
  for (const fault of FAULTS) {
    let first = 0
    let right = 0
    for (let k = 0; k < RECORDS; k++) {
      const signal = bearingSignal({ seed: SEED + k, fault, signalToNoiseDb: -10, shaftHz: 15 + ((k * 7.3) % 30), ...optionsOf(k) })
      const { verdict, ranking, confidence } = diagnoseBearing({ ...signal, shaftSpeedRpm: signal.shaftSpeedRpm * speedFactor })
      if (ranking[0]?.fault === fault) first++
      if (verdict === fault) right++
      if (FAULTS.includes(verdict)) called.push({ confidence, isRight: verdict === fault })
      if (FAULTS.includes(verdict) && verdict !== fault) wrong++
    }
    row[`${fault} first/called`] = `${share(first, RECORDS)} / ${share(right, RECORDS)}`
  }
  return { ...row, 'called wrong': share(wrong, FAULTS.length * RECORDS) }
}

function share(part, of) {
  return of === 0 ? '–' : `${((100 * part) / of).toFixed(0)} %`
}
