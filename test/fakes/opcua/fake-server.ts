import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DataType,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAServer,
  SecurityPolicy,
  type StatusCode,
  StatusCodes,
  setErrorLogger,
  setWarningLogger,
  standardUnits,
  type UAVariable,
  Variant,
  VariantArrayType,
} from 'node-opcua'

export interface FakeServerOptions {
  readonly port?: number
  /** Which ways in it offers; None without a login unless told. */
  readonly security?: 'open' | 'safe' | 'open-and-safe' | 'open-with-login'
  /** How often the server looks at a monitored value at most; 0: every change counts. */
  readonly samplingMs?: number
}

export const USER = { user: 'commissioning', password: 'correct horse' } as const

/** A small pump on a real OPC UA stack: scalars, a bad one, a waveform in our plant's shape. Values are pushed by the test. */
export interface FakeServer {
  readonly port: number
  readonly url: string
  /** Sets a value with its source time. */
  set(name: string, value: unknown, at?: Date, status?: StatusCode): void
  /** One block of the vibration waveform. */
  pushBlock(block: { samples: Float32Array; sequence: number; at: Date }): void
  /** Moves every value a little, as a live machine does. */
  live(everyMs: number): void
  stop(): Promise<void>
}

export async function startFakeServer({
  port = 0,
  security = 'open',

  samplingMs = 0,
}: FakeServerOptions = {}): Promise<FakeServer> {
  setWarningLogger(() => {})
  setErrorLogger(() => {})
  const folder = await mkdtemp(join(tmpdir(), 'opcua-fake-'))
  const chosen = port === 0 ? await freePort() : port
  const store = new OPCUACertificateManager({
    rootFolder: join(folder, 'pki'),
    automaticallyAcceptUnknownCertificate: true,
    disableFileWatchers: true,
  })
  const users = new OPCUACertificateManager({
    rootFolder: join(folder, 'users'),
    automaticallyAcceptUnknownCertificate: true,
    disableFileWatchers: true,
  })
  const server = new OPCUAServer({
    port: chosen,
    hostname: '127.0.0.1',
    host: '127.0.0.1',
    resourcePath: '/pump',
    serverCertificateManager: store,
    userCertificateManager: users,
    securityModes: security.startsWith('open') ? modesOf(security) : [MessageSecurityMode.SignAndEncrypt],
    securityPolicies:
      security === 'open' || security === 'open-with-login' ? [SecurityPolicy.None] : [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
    allowAnonymous: security === 'open' || security === 'open-and-safe',
    userManager: { isValidUser: (user: string, password: string) => user === USER.user && password === USER.password },
    buildInfo: { manufacturerName: 'Brook & Sons', productName: 'PumpTalk 3', softwareVersion: '3.1.4' },
    serverCapabilities: { minSupportedSampleRate: samplingMs },
    isAuditing: false,
  })
  await server.initialize()
  const nodes = buildPump(server)
  await server.start()
  let timer: NodeJS.Timeout | undefined
  const set = (name: string, value: unknown, at = new Date(), status = StatusCodes.Good): void => {
    const node = nodes.get(name)
    if (!node) throw new Error(`the fake pump has no ${name}`)
    const before = node.readValue().value
    node.setValueFromSource(new Variant({ dataType: before.dataType, arrayType: before.arrayType, value }), status, at)
  }
  return {
    port: chosen,
    url: `opc.tcp://127.0.0.1:${chosen}/pump`,
    set,
    pushBlock: ({ samples, sequence, at }) => {
      set('Sequence', sequence, at)
      set('Samples', samples, at)
    },
    live: (everyMs) => {
      let step = 0
      timer = setInterval(() => {
        step++
        const at = new Date()
        set('Temperature', 40 + (step % 10) / 10, at)
        set('Pressure', 3 + (step % 5) / 100, at)
        set('Running', step % 2 === 0, at)
        set('Starts', step, at)
      }, everyMs)
    },
    stop: async () => {
      clearInterval(timer)
      await server.shutdown(0)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function modesOf(security: string): MessageSecurityMode[] {
  return security === 'open-and-safe' ? [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt] : [MessageSecurityMode.None]
}

/** ns=1: what the tests read. */
function buildPump(server: OPCUAServer): Map<string, UAVariable> {
  const space = server.engine.addressSpace
  if (!space) throw new Error('the fake server has no address space')
  const own = space.getOwnNamespace()
  const pump = own.addObject({ organizedBy: space.rootFolder.objects, browseName: 'Pump', nodeId: 's=Pump' })
  const nodes = new Map<string, UAVariable>()
  const add = (name: string, dataType: DataType, value: unknown, parent: typeof pump = pump): UAVariable => {
    const node = own.addVariable({
      componentOf: parent,
      browseName: name,
      nodeId: `s=${name}`,
      dataType: DataType[dataType],
      minimumSamplingInterval: 0,
      ...(ArrayBuffer.isView(value) ? { valueRank: 1 } : {}),
      value: { dataType, arrayType: ArrayBuffer.isView(value) ? VariantArrayType.Array : VariantArrayType.Scalar, value },
    })
    nodes.set(name, node)
    return node
  }
  const temperature = own.addAnalogDataItem({
    componentOf: pump,
    browseName: 'Temperature',
    displayName: 'Drive end temperature',
    nodeId: 's=Temperature',
    dataType: 'Float',
    engineeringUnits: standardUnits.degree_celsius,
    engineeringUnitsRange: { low: 0, high: 150 },
    minimumSamplingInterval: 0,
    value: { dataType: DataType.Float, value: 40 },
  })
  nodes.set('Temperature', temperature)
  add('Pressure', DataType.Double, 3)
  add('Running', DataType.Boolean, true)
  add('Starts', DataType.UInt32, 7)
  add('Hours', DataType.UInt64, [0x200000, 1])
  add('Balance', DataType.Int64, [0xffffffff, 0xfffffffb])
  add('Mode', DataType.String, 'automatic')
  add('Levels', DataType.Float, new Float32Array([1, 2, 3]))
  add('Broken', DataType.Double, 0)
  nodes.get('Broken')?.setValueFromSource({ dataType: DataType.Double, value: 0 }, StatusCodes.BadNotConnected, new Date())
  const vibration = own.addObject({ componentOf: pump, browseName: 'Vibration', nodeId: 's=Vibration' })
  const samples = add('Samples', DataType.Float, new Float32Array(256), vibration)
  own.addVariable({
    propertyOf: samples,
    browseName: { name: 'EngineeringUnits', namespaceIndex: 0 },
    dataType: 'EUInformation',
    value: { dataType: DataType.ExtensionObject, value: standardUnits.metre_per_second_squared },
  })
  add('SampleRateHz', DataType.Double, 25_600, vibration)
  add('Sequence', DataType.UInt32, 0, vibration)
  return nodes
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
