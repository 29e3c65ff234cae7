import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { queryRecording } from '../../../src/recordings/query-recording.js'
import { createRecordingSink } from '../../../src/sinks/recording/recording-sink.js'
import { describeSink } from '../../conformance/sink-conformance.js'
import { recordedLog, systemClock, temporaryFolder } from './material.js'

describeSink({
  name: 'recording',
  async start() {
    const folder = join(await temporaryFolder(), 'run')
    return {
      sink: createRecordingSink({ folder, clock: systemClock, log: recordedLog(), flushIntervalMs: 20 }),
      async countStored() {
        const sql = 'SELECT (SELECT count(*) FROM readings) + (SELECT count(*) FROM waveforms WHERE fragment = 0) AS n'
        const { rows } = await queryRecording({ folders: [folder], sql })
        return Number(rows[0]?.['n'])
      },
      breakFarEnd: () => rm(folder, { recursive: true, force: true }),
      stop: async () => {},
    }
  },
})
