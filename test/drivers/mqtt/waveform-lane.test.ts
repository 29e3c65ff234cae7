import { expect, it } from 'vitest'
import { Intake } from '../../../src/drivers/mqtt/intake.js'
import { WaveformLane } from '../../../src/drivers/mqtt/waveform-lane.js'
import { QUALITY } from '../../../src/readings/quality.js'

const RECEIVED_AT = 1_795_359_600_000_000

it('a block from a clock that runs ahead of ours has an uncertain time; two seconds are allowed', () => {
  const intake = new Intake(['v'])
  const lane = new WaveformLane(0, { key: 'v', address: 'mqtt://h/v?as=waveform', kind: 'acceleration', unit: 'g', periodMs: 1000 }, intake)
  for (const aheadMicros of [-3600e6, 2e6, 2e6 + 1])
    lane.block(
      { startedAt: RECEIVED_AT + aheadMicros, sampleRateHz: 1000, sequence: null, unit: 'g', samples: new Float32Array(4) },
      RECEIVED_AT,
    )
  const qualities = intake.take().map((one) => (one.kind === 'waveform' ? one.quality : undefined))
  expect(qualities).toEqual([QUALITY.good, QUALITY.good, QUALITY['clock-unsynced']])
})
