import { plantFaultNames } from '../../plant/plant-faults.js'
import { plantModel } from '../../plant/plant-model.js'
import { PLANT_POINTS, PLANT_WAVEFORMS } from '../../plant/points.js'
import type { Point, ProbeReport } from '../probe-report.js'
import { formatSimulatorAddress, lineOf, type SimulatorAddress } from './address.js'

const CERTAIN = { order: null, scale: 1, confidence: 1, alternatives: [], evidence: 'the simulator’s own table' } as const

/** All that the simulated plant offers, with its values at the start. */
export function probeSimulator(address: SimulatorAddress): ProbeReport {
  const model = plantModel(address.seed, plantFaultNames(address.faults))
  const scalars = PLANT_POINTS.map(
    (point): Point => ({
      ...CERTAIN,
      address: formatSimulatorAddress({ ...address, point: point.key }),
      name: point.key,
      kind: point.kind,
      type: 'float64',
      unit: point.unit,
      value: model.scalar(point.key, 0) ?? null,
    }),
  )
  const waveforms = PLANT_WAVEFORMS.map(
    (waveform): Point => ({
      ...CERTAIN,
      address: formatSimulatorAddress({ ...address, point: waveform.key }),
      name: waveform.key,
      kind: 'acceleration',
      type: 'waveform',
      unit: waveform.unit,
      value: waveform.blockSamples,
      sampleRateHz: waveform.sampleRateHz,
    }),
  )
  return {
    device: {
      address: lineOf(address),
      identity: { maker: 'ChatterFix Embedded Plant', model: 'pump set', revision: null },
      description: 'simulated pump set and fan, in this process',
      facts: { seed: String(address.seed), faults: address.faults.join(', ') || 'none' },
    },
    points: [...scalars, ...waveforms].filter((point) => address.point === null || point.name === address.point),
    warnings: [],
  }
}
