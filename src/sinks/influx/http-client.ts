import { type IncomingMessage, type OutgoingHttpHeaders, Agent as PlainAgent, request as requestPlain } from 'node:http'
import { request as requestTls, Agent as TlsAgent } from 'node:https'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

export interface HttpAnswer {
  readonly status: number
  /** At most 64 KiB of it. */
  readonly body: string
}

export interface HttpQuestion {
  readonly path: string
  readonly headers: OutgoingHttpHeaders
  readonly body: string
  readonly signal: AbortSignal
}

export interface HttpClient {
  /** Redirects are not followed. Rejects with what the network says. */
  post(question: HttpQuestion): Promise<HttpAnswer>
  close(): void
}

const MAX_ANSWER_BYTES = 64 << 10
/** Below it compressing costs more than it saves. */
const MIN_COMPRESSED_BYTES = 1024
const compress = promisify(gzip)

/** One kept-alive connection to one server, closed when we say so. TLS is always verified. */
export function httpClient(place: { readonly tls: 'tls' | 'plain'; readonly host: string; readonly port: number }): HttpClient {
  const { tls, host, port } = place
  const options = { keepAlive: true, maxSockets: 1 }
  const agent = tls === 'tls' ? new TlsAgent(options) : new PlainAgent(options)
  const request = tls === 'tls' ? requestTls : requestPlain
  return {
    async post({ path, headers, body, signal }) {
      const isLong = body.length >= MIN_COMPRESSED_BYTES
      const bytes = isLong ? await compress(body) : Buffer.from(body)
      const encoding = isLong ? { 'content-encoding': 'gzip' } : {}
      return await new Promise((resolve, reject) => {
        const asked = request(
          { host, port, path, method: 'POST', agent, signal, headers: { ...headers, ...encoding, 'content-length': bytes.length } },
          (answer) => void readAnswer(answer).then(resolve, reject),
        )
        asked.once('error', reject)
        asked.end(bytes)
      })
    },
    close: () => agent.destroy(),
  }
}

async function readAnswer(answer: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    if (length < MAX_ANSWER_BYTES) chunks.push(chunk)
    length += chunk.length
    if (length > 16 * MAX_ANSWER_BYTES) answer.destroy()
  }
  return { status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8', 0, MAX_ANSWER_BYTES) }
}
