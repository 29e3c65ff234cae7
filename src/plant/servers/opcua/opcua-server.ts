import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAServer,
  RegisterServerMethod,
  SecurityPolicy,
  setDebugLogger,
  setErrorLogger,
  setWarningLogger,
} from 'node-opcua'
import { Fault, reasonOf } from '../../../faults/fault.js'
import { PLANT_HOST, type PlantServer, type RunningPlant } from '../../running-plant.js'
import { buildAddressSpace } from './address-space.js'
import { updateVariables } from './update-variables.js'

/** The plant's OPC UA server: None and Basic256Sha256, anonymous. `pkiFolder` null: a certificate for this run only. */
export async function startOpcuaServer(plant: RunningPlant, port: number, pkiFolder: string | null): Promise<PlantServer> {
  silenceLibrary()
  const folder = pkiFolder ?? (await mkdtemp(join(tmpdir(), 'chatterfix-plant-')))
  // Whoever wants to play with the plant may; it holds nothing worth guarding.
  const certificates = new OPCUACertificateManager({
    rootFolder: join(folder, 'pki'),
    automaticallyAcceptUnknownCertificate: true,
    disableFileWatchers: true,
  })
  const server = createServer(port, certificates)
  const closeAll = async (): Promise<void> => {
    await server.shutdown(0).catch(() => {})
    await certificates.dispose()
    if (pkiFolder === null) await rm(folder, { recursive: true, force: true })
  }
  try {
    await certificates.initialize()
    await server.initialize()
    const { addressSpace } = server.engine
    if (!addressSpace) throw new RangeError('it has no address space')
    const variables = buildAddressSpace(addressSpace)
    await server.start()
    const loop = updateVariables(plant, variables)
    const bound = server.endpoints[0]?.port ?? port
    return {
      address: `opc.tcp://${PLANT_HOST}:${bound}`,
      port: bound,
      close: async () => {
        await loop
        await closeAll()
      },
    }
  } catch (cause) {
    await closeAll()
    throw new Fault('PLANT_SERVER_FAILED', {
      message: `the plant’s OPC UA server cannot listen on port ${port}`,
      because: reasonOf(cause),
      cause,
    })
  }
}

function createServer(port: number, certificates: OPCUACertificateManager): OPCUAServer {
  return new OPCUAServer({
    port,
    host: PLANT_HOST,
    hostname: PLANT_HOST,
    serverCertificateManager: certificates,
    userCertificateManager: certificates,
    allowAnonymous: true,
    registerServerMethod: RegisterServerMethod.HIDDEN,
    securityModes: [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
    serverInfo: {
      applicationUri: 'urn:chatterfix:embedded-plant',
      productUri: 'urn:chatterfix:embedded-plant',
      applicationName: { text: 'ChatterFix embedded plant' },
    },
    buildInfo: {
      productName: 'Embedded Plant',
      productUri: 'urn:chatterfix:embedded-plant',
      manufacturerName: 'ChatterFix Embedded Plant',
      softwareVersion: '1.2.0',
      buildNumber: '1',
      buildDate: new Date(Date.UTC(2026, 0, 1)),
    },
  })
}

/** It logs to stdout, which belongs to our own output. */
function silenceLibrary(): void {
  const nothing = (): void => {}
  setDebugLogger(nothing)
  setWarningLogger(nothing)
  setErrorLogger(nothing)
}
