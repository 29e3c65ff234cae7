import { counted } from '../../readings/counted.js'
import type { Sensor } from '../../readings/sensor.js'
import { listRecordings } from '../../recordings/list-recordings.js'
import { openRecording } from '../../recordings/open-recording.js'
import { recordedSensor } from '../../recordings/recorded-sensor.js'
import type { Driver, Finding } from '../contract.js'
import { DriverFault } from '../fault.js'
import { EXAMPLE, formatRecordingAddress, parseRecordingAddress, type RecordingAddress } from './address.js'
import { withDriverFaults } from './driver-fault.js'
import { probeRecording } from './probe-recording.js'
import { RecordingConnection, type ReplayPlan } from './recording-connection.js'

/** A recording opens like a device (README.md). */
export const recordingDriver: Driver = {
  async *discover(scope, around): AsyncGenerator<Finding> {
    const { folder } = parseRecordingAddress(scope)
    const recordings = await withDriverFaults(() => listRecordings(folder))
    for (const recording of recordings) {
      if (around.signal.aborted) return
      const readable = recording.state !== 'unreadable'
      yield {
        address: formatRecordingAddress({ folder: recording.path, sensor: null, speed: 1 }),
        description: readable
          ? `${recording.state} recording of ${counted(recording.sensors, 'sensor')} since ${recording.startedAt}`
          : 'unreadable recording',
        access: 'open',
        confidence: readable ? 1 : 0.5,
        identity: null,
        evidence: recording.problem ?? 'has a manifest and a journal',
        safety: 'passive',
      }
    }
  },

  probe: (address) => withDriverFaults(() => probeRecording(parseRecordingAddress(address))),

  open: (sensors, around) => withDriverFaults(async () => new RecordingConnection(await planReplay(sensors), around)),

  locate(address) {
    const parsed = parseRecordingAddress(address)
    return { line: formatRecordingAddress({ ...parsed, sensor: null }), reaches: parsed.sensor === null ? 'device' : 'value' }
  },
}

/** Looks the sensors up in the recording that they share. A recorded sensor may be asked for under several names. */
async function planReplay(sensors: readonly Sensor[]): Promise<ReplayPlan> {
  const [first, ...others] = sensors.map((sensor) => ({ key: sensor.key, ...parseRecordingAddress(sensor.address) }))
  if (first === undefined) throw addressFault('no sensor was named')
  const lineOf = (address: RecordingAddress): string => formatRecordingAddress({ ...address, sensor: null })
  const stray = others.find((other) => lineOf(other) !== lineOf(first))
  if (stray !== undefined) throw addressFault(`${stray.key} is of another recording, speed or time than ${first.key}`)
  const view = await openRecording(first.folder)
  const wanted = new Map<string, string[]>()
  for (const { key, sensor } of [first, ...others]) {
    if (sensor === null) throw addressFault(`${key} names a whole recording; say which sensor of it`)
    recordedSensor(view, sensor)
    wanted.set(sensor, [...(wanted.get(sensor) ?? []), key])
  }
  const { speed, from, to } = first
  return { view, wanted, speed, from, to }
}

function addressFault(because: string): DriverFault {
  return new DriverFault('ADDRESS_INVALID', {
    message: 'the recording cannot be replayed',
    because,
    advice: { example: EXAMPLE },
    retry: false,
  })
}
