import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { opcuaDriver } from '../../../src/drivers/opcua/driver.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { describeDriver } from '../../conformance/driver-conformance.js'
import { type FakeServer, startFakeServer } from '../../fakes/opcua/fake-server.js'

const stateFolder = mkdtempSync(join(tmpdir(), 'opcua-state-'))
let shared: FakeServer | undefined
afterAll(async () => {
  await shared?.stop()
  rmSync(stateFolder, { recursive: true, force: true })
})

/** Starting a server takes longer than most of these tests: they share one, and the test that breaks it starts the next. */
async function serve(port = 0): Promise<FakeServer> {
  if (!shared) {
    shared = await startFakeServer({ port })
    shared.live(20)
  }
  return shared
}

describeDriver({
  name: 'opcua',
  driver: opcuaDriver,
  flow: 'polled',
  invalidAddresses: [
    'opc.tcp://',
    'opc.tcp://host/?node=Temperature',
    'opc.tcp://host/?node=ns=2;s=T&as=picture',
    'opc.tcp://host/?index=3',
    'opc.tcp://host/?node=i=1&color=red',
    'opc.tcp://host:0/?node=i=1',
    'modbus-tcp://host/?node=i=1',
  ],
  surroundings: { stateFolder },
  async start() {
    const server = await serve()
    const { url, port } = server
    const sensor = (name: string): Sensor => ({
      key: `pump/${name}`,
      address: `${url}?node=ns=1;s=${name}`,
      kind: 'other',
      unit: null,
      periodMs: 100,
    })
    let stopping = Promise.resolve()
    return {
      scope: `opc.tcp://127.0.0.1:${port}`,
      devices: [url],
      device: url,
      sensors: ['Temperature', 'Pressure', 'Running', 'Starts'].map(sensor),
      badSensors: ['Broken', 'Nowhere'].map(sensor),
      unreachable: 'opc.tcp://127.0.0.1:9/?node=ns=1;s=Temperature',
      breakLine: () => {
        stopping = server.stop()
        shared = undefined
      },
      mendLine: async () => {
        await stopping
        await serve(port)
      },
      stop: () => Promise.resolve(),
    }
  },
})
