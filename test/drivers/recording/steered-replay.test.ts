import { join } from 'node:path'
import { expect, it } from 'vitest'
import { formatRecordingAddress } from '../../../src/drivers/recording/address.js'
import { recordingDriver } from '../../../src/drivers/recording/driver.js'
import { batchOf } from '../../../src/readings/batch.js'
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

it('what stood at the moment where somebody goes comes at once, also of a sensor that speaks seldom, while the replay is paused', async () => {
  const folder = join(await temporaryFolder(), 'run')
  const sink = createRecordingSink({ folder, clock: systemClock, log: recordedLog() })
  const seldom = { ...TEMPERATURE, key: 'tank-3/level' }
  await sink.start(runOf([TEMPERATURE, seldom]))
  for (let reading = 0; reading < 3; reading++) {
    const at = T0 + reading * 1200e6
    await sink.take(batchOf([seldom.key], at, [{ sensor: 0, measuredAt: at, value: reading }]))
  }
  await sink.take(batchFrom([TEMPERATURE], T0 + 2500e6, 5))
  await sink.close('duration')
  const pace = new ReplayPace(systemClock, 1)
  const stop = new AbortController()
  const sensors = [TEMPERATURE, seldom].map((sensor) => ({
    ...sensor,
    address: formatRecordingAddress({ folder, sensor: sensor.key, speed: 1 }),
  }))
  await using connection = await recordingDriver.open(sensors, { ...surroundingsOf(), signal: stop.signal, pace })
  const heard: unknown[] = []
  for await (const freight of connection.measurements()) {
    if (pace.isLanding(freight)) heard.push('landing')
    if (freight.kind !== 'batch') continue
    heard.push([freight.sensors[0], freight.value[0]])
    if (heard.length === 1) {
      pace.pause()
      pace.seek(T0 + 2000e6)
    }
    if (heard.length === 3) stop.abort()
  }
  expect(heard).toEqual([[seldom.key, 0], 'landing', [seldom.key, 1]])
  expect(pace.facts.position).toBe(T0 + 2000e6)
})
