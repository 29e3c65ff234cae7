import { type ClientSession, type UserIdentityInfo, UserTokenType } from 'node-opcua-client'
import type { Credentials, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { endpointUrlOf, formatOpcUaAddress, type OpcUaAddress, serverOf } from './address.js'
import { certificateStore, requireTrust } from './certificates.js'
import { chooseEndpoint, type OfferedEndpoint } from './endpoint-choice.js'
import { createClient, listEndpoints } from './library.js'
import { ServerLink } from './server-link.js'

/** A session on a server, and the line that it lives on. */
export interface OpcUaSession extends AsyncDisposable {
  readonly link: ServerLink
  readonly session: ClientSession
  readonly endpoint: OfferedEndpoint
}

/** Connects over None, which every server answers for GetEndpoints. The caller closes. */
export async function connectOpenly(address: OpcUaAddress, around: Surroundings): Promise<ServerLink> {
  return connect(address, around)
}

/**
 * Opens a session: with a password over SignAndEncrypt and nothing less, without one also over None.
 * @throws DriverFault
 */
export async function openSession(address: OpcUaAddress, around: Surroundings): Promise<OpcUaSession> {
  const { host, port, user } = address
  const credentials = around.credentials?.({ scheme: 'opc.tcp', host, port, user })
  if (user !== null && !credentials) throw missingPassword(address, user)
  const open = await connectOpenly(address, around)
  try {
    const offers = await open.ask('GetEndpoints', () => listEndpoints(open.client))
    const choice = chooseEndpoint(offers, credentials ? 'user' : 'anonymous')
    if (choice.kind === 'refused') throw refused(address, choice.code, choice.why)
    if (choice.endpoint.mode === 'None') {
      around.log.note(`reading ${open.address} without encryption, as nobody in particular`)
      return await logIn(open, choice.endpoint, undefined)
    }
    await open.close()
    return await openSecured(address, around, choice.endpoint, credentials)
  } catch (thrown) {
    await open.close()
    throw thrown
  }
}

async function openSecured(
  address: OpcUaAddress,
  around: Surroundings,
  endpoint: OfferedEndpoint,
  credentials: Credentials | undefined,
): Promise<OpcUaSession> {
  const store = certificateStore(around.stateFolder)
  try {
    await requireTrust(endpoint.certificate, store, formatOpcUaAddress(serverOf(address)))
  } finally {
    await store.dispose()
  }
  const link = await connect(address, around, endpoint)
  try {
    return await logIn(link, endpoint, credentials)
  } catch (thrown) {
    await link.close()
    throw thrown
  }
}

async function connect(address: OpcUaAddress, around: Surroundings, secured?: OfferedEndpoint): Promise<ServerLink> {
  const store = certificateStore(around.stateFolder)
  const client = createClient({ store, timeoutMs: around.timeoutMs, ...(secured ? { secured } : {}) })
  const link = new ServerLink(client, formatOpcUaAddress(serverOf(address)), around)
  try {
    // Making our key takes a moment on a small machine, once.
    await link.connect(endpointUrlOf(address), Math.max(around.timeoutMs, FIRST_CONNECT_MS))
    return link
  } catch (thrown) {
    await link.close()
    throw thrown
  }
}

const FIRST_CONNECT_MS = 5000

/** Opens a session on a line that is there; without credentials as nobody in particular. */
export async function logIn(link: ServerLink, endpoint: OfferedEndpoint, credentials: Credentials | undefined): Promise<OpcUaSession> {
  const identity: UserIdentityInfo = credentials
    ? { type: UserTokenType.UserName, userName: credentials.user, password: credentials.password }
    : { type: UserTokenType.Anonymous }
  const session = await link.ask('open a session', () => link.client.createSession(identity))
  return { link, session, endpoint, [Symbol.asyncDispose]: () => link.close() }
}

function refused(address: OpcUaAddress, code: 'OPCUA_SECURITY_TOO_WEAK' | 'OPCUA_LOGIN_REFUSED', why: string): DriverFault {
  const shown = formatOpcUaAddress(serverOf(address))
  return new DriverFault(code, {
    message: `no session on ${shown}: ${why}`,
    where: { address: shown },
    advice: { address: shown, host: address.host },
    retry: false,
  })
}

function missingPassword(address: OpcUaAddress, user: string): DriverFault {
  return refused(address, 'OPCUA_LOGIN_REFUSED', `there is no password for '${user}' in the credentials`)
}
