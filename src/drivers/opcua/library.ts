import type { OPCUACertificateManager } from 'node-opcua-certificate-manager'
import {
  ApplicationType,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  setDebugLogger,
  setErrorLogger,
  setWarningLogger,
  UserTokenType,
} from 'node-opcua-client'
import type { OfferedEndpoint } from './endpoint-choice.js'

export interface ClientSettings {
  readonly store: OPCUACertificateManager
  readonly timeoutMs: number
  /** Left out: None. */
  readonly secured?: OfferedEndpoint
}

const MAX_MESSAGE_BYTES = 16 * 1024 * 1024
const BUFFER_BYTES = 65_536
const KEEP_ALIVE_MS = 5000

/** A client that connects once or fails once: coming back is the business of the road, not of the library. */
export function createClient({ store, timeoutMs, secured }: ClientSettings): OPCUAClient {
  silenceLibrary()
  return OPCUAClient.create({
    applicationName: 'chatterfix',
    clientName: 'chatterfix',
    clientCertificateManager: store,
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 100 },
    endpointMustExist: false,
    keepSessionAlive: true,
    keepAliveInterval: KEEP_ALIVE_MS,
    defaultTransactionTimeout: timeoutMs,
    transportSettings: {
      maxMessageSize: MAX_MESSAGE_BYTES,
      maxChunkCount: Math.ceil(MAX_MESSAGE_BYTES / BUFFER_BYTES) * 2,
      receiveBufferSize: BUFFER_BYTES,
      sendBufferSize: BUFFER_BYTES,
    },
    ...(secured
      ? {
          securityMode: MessageSecurityMode.SignAndEncrypt,
          securityPolicy: `http://opcfoundation.org/UA/SecurityPolicy#${secured.policy}`,
          serverCertificate: Buffer.from(secured.certificate),
        }
      : { securityMode: MessageSecurityMode.None, securityPolicy: SecurityPolicy.None }),
  })
}

/** It logs to stdout, which belongs to our own output; what matters of it reaches us as errors. */
function silenceLibrary(): void {
  const nothing = (): void => {}
  setDebugLogger(nothing)
  setWarningLogger(nothing)
  setErrorLogger(nothing)
}

const MODES = {
  None: MessageSecurityMode.None,
  Sign: MessageSecurityMode.Sign,
  SignAndEncrypt: MessageSecurityMode.SignAndEncrypt,
} as const
const LOGINS = {
  anonymous: UserTokenType.Anonymous,
  user: UserTokenType.UserName,
  certificate: UserTokenType.Certificate,
  token: UserTokenType.IssuedToken,
} as const
/** A server with more ways in than this has something else in mind. */
const MOST_ENDPOINTS = 100

/** Asks for the ways in, in our own words. */
export async function listEndpoints(client: OPCUAClient): Promise<readonly OfferedEndpoint[]> {
  const endpoints = await client.getEndpoints()
  return endpoints
    .slice(0, MOST_ENDPOINTS)
    .filter((endpoint) => (endpoint.endpointUrl ?? '').startsWith('opc.tcp:'))
    .map((endpoint) => ({
      url: endpoint.endpointUrl ?? '',
      mode: keyOf(MODES, endpoint.securityMode) ?? 'Invalid',
      policy: (endpoint.securityPolicyUri ?? '').split('#').at(-1)?.slice(0, 64) ?? '',
      logins: (endpoint.userIdentityTokens ?? []).flatMap((token) => keyOf(LOGINS, token.tokenType) ?? []),
      certificate: endpoint.serverCertificate ?? new Uint8Array(),
    }))
}

export interface ListedServer {
  readonly name: string
  readonly uri: string
  readonly isDiscoveryServer: boolean
  readonly urls: readonly string[]
}

/** Asks which servers it knows: itself, and on a discovery server those of its machine. */
export async function listServers(client: OPCUAClient): Promise<readonly ListedServer[]> {
  const servers = await client.findServers()
  return servers.slice(0, MOST_ENDPOINTS).map((server) => ({
    name: server.applicationName?.text ?? '',
    uri: server.applicationUri ?? '',
    isDiscoveryServer: server.applicationType === ApplicationType.DiscoveryServer,
    urls: (server.discoveryUrls ?? []).slice(0, 10).filter((url): url is string => typeof url === 'string'),
  }))
}

function keyOf<T extends Readonly<Record<string, number>>>(table: T, value: number): keyof T | undefined {
  return Object.keys(table).find((name) => table[name] === value)
}
