import { describe, expect, it } from 'vitest'
import { formatSimulatorAddress, readSimulatorAddress } from '../../../src/drivers/simulator/address.js'
import { simulatorDriver } from '../../../src/drivers/simulator/driver.js'
import type { Waveform } from '../../../src/readings/measurement.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { describeDriver } from '../../conformance/driver-conformance.js'
import { surroundingsOf } from '../../conformance/surroundings.js'

function sensorOf(point: string, periodMs: number): Sensor {
  return { key: point, address: `simulator://pump-set/${point}?seed=7`, kind: 'other', unit: null, periodMs }
}

describeDriver({
  name: 'simulator',
  driver: simulatorDriver,
  flow: 'polled',
  invalidAddresses: [
    'simulator://',
    'simulator://mill/pump-247/flow',
    'simulator://pump-set/pump-247/colour',
    'simulator://pump-set?seed=lucky',
    'simulator://pump-set?fault=gremlins',
    'simulator://pump-set:80/pump-247/flow',
    'simulator://pump-set/pump-247/flow?speed=2',
  ],
  start: () =>
    Promise.resolve({
      scope: 'simulator://pump-set',
      devices: ['simulator://pump-set'],
      device: 'simulator://pump-set?seed=7',
      sensors: [sensorOf('pump-247/flow', 50), sensorOf('fan-112/drive-end-temperature', 100)],
      stop: () => Promise.resolve(),
    }),
})

describe('the simulator', () => {
  it('sends waveform blocks that join without a hole', async () => {
    const blocks = await waveforms(2)
    const [first, second] = blocks
    expect(second?.startedAt).toBe((first?.startedAt ?? 0) + 1_000_000)
    expect(blocks.map((block) => [block.sequence, block.samples.length])).toEqual([
      [0, 25_600],
      [1, 25_600],
    ])
  })

  it('is the same plant again under the same seed', async () => {
    const [once] = await waveforms(1)
    const [again] = await waveforms(1)
    expect(again?.samples).toEqual(once?.samples)
  })

  it('offers every scalar and both waveforms when it is probed, with units and values', async () => {
    const { points } = await simulatorDriver.probe('simulator://pump-set?seed=7', surroundingsOf())
    expect(points.filter((point) => point.type === 'waveform').map((point) => point.name)).toEqual([
      'pump-247/drive-end-acceleration',
      'fan-112/drive-end-acceleration',
    ])
    expect(points.every((point) => point.unit !== null && typeof point.value === 'number')).toBe(true)
  })

  it('prints addresses that it reads back, faults in alphabetical order', () => {
    const address = { seed: 7, faults: ['bearing', 'unbalance'], point: 'pump-247/speed' }
    expect(readSimulatorAddress(formatSimulatorAddress(address))).toEqual(address)
    expect(readSimulatorAddress('simulator://pump-set?fault=unbalance,bearing').faults).toEqual(['bearing', 'unbalance'])
  })
})

async function waveforms(count: number): Promise<Waveform[]> {
  const blocks: Waveform[] = []
  await using connection = await simulatorDriver.open([sensorOf('pump-247/drive-end-acceleration', 1000)], surroundingsOf())
  for await (const measurement of connection.measurements()) {
    if (measurement.kind === 'waveform') blocks.push(measurement)
    if (blocks.length === count) break
  }
  return blocks
}
