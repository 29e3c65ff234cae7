import { setTimeout as delay } from 'node:timers/promises'
import { Fault, reasonOf } from '../../faults/fault.js'

/** How to reach a licence server, as whom. */
export interface LicenceLine {
  /** Base URL, e.g. `http://127.0.0.1:8787`. */
  readonly server: string
  readonly customer: string
  /** The licence key. */
  readonly token: string
  readonly signal?: AbortSignal
  /** How long one request may take; default 5 s, as ChatterFix's own client. */
  readonly timeoutMs?: number
}

export interface LicenceRequest {
  readonly method: 'GET' | 'POST'
  /** Below the base URL, parts already escaped. */
  readonly path: string
  readonly body?: unknown
  /** Makes a POST safe to repeat; the same for every attempt. */
  readonly idempotencyKey?: string
}

export interface LicenceReply {
  readonly status: number
  readonly body: unknown
}

const DEFAULT_TIMEOUT_MS = 5000
const MAX_REPLY_BYTES = 32 * 1024 * 1024
const PAUSES_MS = [200, 800] as const
const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504])

/**
 * Asks the licence server; a lost answer is asked for again (three attempts), with the same key.
 * @throws Fault LICENCE_SERVER_UNREACHABLE, LICENCE_ANSWER_INVALID, LICENCE_SERVER_INVALID or LICENCE_TOKEN_MISSING.
 */
export async function askLicenceServer(line: LicenceLine, request: LicenceRequest): Promise<LicenceReply> {
  const url = urlOf(line.server, request.path)
  if (!/^[\x21-\x7e]{1,512}$/.test(line.token)) {
    throw new Fault('LICENCE_TOKEN_MISSING', { message: 'there is no licence key, or one with characters that no key has' })
  }
  for (let attempt = 0; ; attempt++) {
    const pauseMs = PAUSES_MS[attempt]
    try {
      const reply = await askOnce(url, line, request)
      if (!PASSING.has(reply.status) || pauseMs === undefined) return reply
    } catch (thrown) {
      if (thrown instanceof Fault) throw thrown
      if (line.signal?.aborted) throw new Fault('INTERRUPTED', { message: 'stopped while asking the licence server' })
      if (pauseMs === undefined) throw unreachable(line, thrown, attempt + 1)
    }
    await delay(pauseMs, undefined, line.signal ? { signal: line.signal } : {}).catch(() => undefined)
  }
}

async function askOnce(url: URL, line: LicenceLine, { method, body, idempotencyKey }: LicenceRequest): Promise<LicenceReply> {
  const deadline = AbortSignal.timeout(line.timeoutMs ?? DEFAULT_TIMEOUT_MS)
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    signal: line.signal ? AbortSignal.any([line.signal, deadline]) : deadline,
    headers: {
      Accept: 'application/json',
      Authorization: `Bearer ${line.token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel()
    throw invalidAnswer(
      line,
      `it sends elsewhere (status ${response.status}); redirects are not followed, for they would carry the key along`,
    )
  }
  const text = await readLimited(line, response)
  try {
    return { status: response.status, body: JSON.parse(text) as unknown }
  } catch {
    if (PASSING.has(response.status)) return { status: response.status, body: null }
    throw invalidAnswer(line, `status ${response.status}, and the answer is no JSON`)
  }
}

async function readLimited(line: LicenceLine, response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength
    if (bytes > MAX_REPLY_BYTES) throw invalidAnswer(line, 'the answer is longer than 32 MiB')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** @throws Fault LICENCE_SERVER_INVALID */
function urlOf(server: string, path: string): URL {
  const base = URL.parse(server)
  const isUsable =
    base !== null && (base.protocol === 'http:' || base.protocol === 'https:') && base.username === '' && base.password === ''
  if (!isUsable) {
    throw new Fault('LICENCE_SERVER_INVALID', {
      message: server === '' ? 'no licence server was given' : `'${server.slice(0, 200)}' is no http(s) URL of a licence server`,
      ...(base?.username ? { because: 'a URL holds no user name or password' } : {}),
    })
  }
  return new URL(`${base.pathname.replace(/\/+$/, '')}${path}`, base)
}

/** What answers there is not what it should be. */
export function invalidAnswer(line: LicenceLine, because: string): Fault {
  return new Fault('LICENCE_ANSWER_INVALID', {
    message: `the answer of ${line.server} cannot be used`,
    where: { server: line.server },
    because,
    advice: { server: line.server },
  })
}

function unreachable(line: LicenceLine, thrown: unknown, attempts: number): Fault {
  const timeoutMs = line.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const isTimeout = thrown instanceof Error && thrown.name === 'TimeoutError'
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown
  return new Fault('LICENCE_SERVER_UNREACHABLE', {
    message: `the licence server ${line.server} ${isTimeout ? `did not answer within ${timeoutMs} ms` : 'cannot be reached'}`,
    where: { server: line.server },
    because: `${attempts} attempts failed: ${reasonOf(cause)}`,
    advice: { server: line.server },
    cause: thrown,
  })
}
