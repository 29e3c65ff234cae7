import { join } from 'node:path'
import { expect, it } from 'vitest'
import { formatRecordingAddress } from '../../../src/drivers/recording/address.js'
import { recordingDriver } from '../../../src/drivers/recording/driver.js'
import { ReplayPace } from '../../../src/readings/replay-pace.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { batchFrom, recordedLog, runOf, systemClock, T0, TEMPERATURE, temporaryFolder } from '../../sinks/recording/material.js'

it('a replay that somebody steers goes back after its end, says so between, and ends with the run', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  await sink.start(runOf([TEMPERATURE]))
  await sink.take(batchFrom([TEMPERATURE], T0, 100))
  await sink.close('duration')
  const pace = new ReplayPace(systemClock, 'max')
  const stop = new AbortController()
  const sensor = { ...TEMPERATURE, address: formatRecordingAddress({ folder, sensor: TEMPERATURE.key, speed: 'max' }) }
  await using connection = await recordingDriver.open([sensor], { ...surroundingsOf(), signal: stop.signal, pace })
  const heard: string[] = []
  let readings = 0
  for await (const freight of connection.measurements()) {
    if (freight.kind === 'batch') readings += freight.value.length
    if (pace.isLanding(freight)) heard.push(`landed after ${readings}`)
    // The end of the recording comes after its last reading has been taken.
    if (readings === 100 && heard.length === 0) setTimeout(() => pace.seek(T0), 50)
    if (readings === 200) setTimeout(() => stop.abort(), 50)
  }
  expect(heard).toEqual(['landed after 100'])
  expect(readings).toBe(200)
  expect(pace.facts.span?.from).toBe(T0)
})
