import { createConnection, type Socket } from 'node:net'

/** What came back on a socket that was greeted in OPC UA's way. */
export type Greeting =
  | { readonly outcome: 'spoken' }
  /** It speaks OPC UA and objects, e.g. to the path. */
  | { readonly outcome: 'refused'; readonly statusCode: number; readonly reason: string }
  /** It sent something else, or hung up. */
  | { readonly outcome: 'foreign'; readonly evidence: string }
  | { readonly outcome: 'silent' }
  | { readonly outcome: 'aborted' }
  | { readonly outcome: 'unconnected'; readonly errno: string; readonly reason: string }

export interface GreetingOptions {
  readonly host: string
  readonly port: number
  readonly endpointUrl: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const HEADER_BYTES = 8
const ACK_BYTES = 28
const LONGEST_ERROR_BYTES = 4096 + 16
/** OPC 10000-6, 7.1.2.3: the URL of a Hello has at most 4,096 bytes. */
const LONGEST_URL_BYTES = 4096

/** A Hello message (OPC 10000-6, table 57) that asks for 64 KiB buffers and 16 MiB messages. */
export function encodeHello(endpointUrl: string): Buffer {
  const url = Buffer.from(endpointUrl).subarray(0, LONGEST_URL_BYTES)
  const hello = Buffer.alloc(HEADER_BYTES + 24 + url.length)
  hello.write('HELF', 'latin1')
  hello.writeUInt32LE(hello.length, 4)
  const limits = [0, 65_536, 65_536, 16 * 1024 * 1024, 0]
  limits.forEach((limit, at) => {
    hello.writeUInt32LE(limit, HEADER_BYTES + 4 * at)
  })
  hello.writeUInt32LE(url.length, HEADER_BYTES + 20)
  url.copy(hello, HEADER_BYTES + 24)
  return hello
}

/** Reads what came so far; undefined while it may still become an answer. */
export function readGreeting(received: Buffer): Greeting | undefined {
  const kind = received.toString('latin1', 0, Math.min(4, received.length))
  if (!'ACKF'.startsWith(kind) && !'ERRF'.startsWith(kind)) return { outcome: 'foreign', evidence: `it sent ${excerpt(received)}` }
  if (received.length < HEADER_BYTES) return undefined
  const length = received.readUInt32LE(4)
  const fits = kind === 'ACKF' ? length === ACK_BYTES : length >= 16 && length <= LONGEST_ERROR_BYTES
  if (!fits) return { outcome: 'foreign', evidence: `it sent ${excerpt(received)}` }
  if (received.length < length) return undefined
  if (kind === 'ACKF') return { outcome: 'spoken' }
  const textBytes = Math.max(0, Math.min(received.readInt32LE(12), length - 16))
  return { outcome: 'refused', statusCode: received.readUInt32LE(8), reason: received.toString('utf8', 16, 16 + textBytes).slice(0, 500) }
}

/** Says Hello and hangs up: a fast and harmless way to learn whether a port speaks OPC UA. Never rejects. */
export async function greet({ host, port, endpointUrl, timeoutMs, signal }: GreetingOptions): Promise<Greeting> {
  if (signal.aborted) return { outcome: 'aborted' }
  const socket = createConnection({ host, port, noDelay: true })
  const { promise, resolve } = Promise.withResolvers<Greeting>()
  const timer = setTimeout(
    () => resolve(socket.connecting ? unconnected('ETIMEDOUT', 'it did not answer') : { outcome: 'silent' }),
    timeoutMs,
  )
  const abort = (): void => resolve({ outcome: 'aborted' })
  signal.addEventListener('abort', abort, { once: true })
  listen(socket, encodeHello(endpointUrl), resolve)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    socket.destroy()
  }
}

function listen(socket: Socket, hello: Buffer, resolve: (greeting: Greeting) => void): void {
  let received = Buffer.alloc(0)
  let connected = false
  socket.once('connect', () => {
    connected = true
    socket.write(hello)
  })
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk.subarray(0, LONGEST_ERROR_BYTES)])
    const greeting = readGreeting(received)
    if (greeting) resolve(greeting)
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    resolve(connected ? { outcome: 'foreign', evidence: 'it hung up on an OPC UA Hello' } : unconnected(error.code ?? '', error.message))
  })
  socket.once('end', () => resolve({ outcome: 'foreign', evidence: 'it hung up on an OPC UA Hello' }))
}

function unconnected(errno: string, reason: string): Greeting {
  return { outcome: 'unconnected', errno, reason }
}

function excerpt(received: Buffer): string {
  return JSON.stringify(received.toString('latin1', 0, 32))
}
