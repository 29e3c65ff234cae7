import { createMqttSink } from '../../../src/sinks/mqtt/mqtt-sink.js'
import { describeSink } from '../../conformance/sink-conformance.js'
import { startBroker } from '../../drivers/mqtt/broker.js'
import { surroundings, temporaryFolder } from '../spool/material.js'

describeSink({
  name: 'mqtt',
  async start() {
    const broker = await startBroker()
    const root = await temporaryFolder()
    const sink = () => createMqttSink(`mqtt://127.0.0.1:${broker.port}/plant`, surroundings(root))
    return {
      sink: sink(),
      countStored: () => Promise.resolve(broker.published().length),
      breakFarEnd: () => broker.breakLine(),
      startAgain: async () => {
        await broker.mendLine()
        return sink()
      },
      stop: () => broker.stop(),
    }
  },
})
