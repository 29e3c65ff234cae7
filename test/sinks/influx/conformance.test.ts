import { createInfluxSink } from '../../../src/sinks/influx/influx-sink.js'
import { describeSink } from '../../conformance/sink-conformance.js'
import { surroundings, temporaryFolder } from '../spool/material.js'
import { startFakeInflux } from './fake-influx.js'

describeSink({
  name: 'influx',
  waveforms: 'dropped',
  async start() {
    const server = await startFakeInflux()
    const root = await temporaryFolder()
    const sink = () => createInfluxSink(`influx://127.0.0.1:${server.port}/plant`, surroundings(root))
    return {
      sink: sink(),
      countStored: () => Promise.resolve(server.points.size),
      breakFarEnd: () => server.breakLine(),
      startAgain: async () => {
        await server.mendLine()
        return sink()
      },
      stop: () => server.stop(),
    }
  },
})
