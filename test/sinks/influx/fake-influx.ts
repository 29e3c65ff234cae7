import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { gunzipSync } from 'node:zlib'

export interface Asked {
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface FakeInflux {
  readonly port: number
  readonly asked: readonly Asked[]
  /** Distinct points, by series and time, as a real one keeps them. */
  readonly points: ReadonlyMap<string, string>
  /** What it says to a write; 204 where it is undefined. */
  answer: ((asked: Asked) => { readonly status: number; readonly body: string } | undefined) | null
  breakLine(): Promise<void>
  mendLine(): Promise<void>
  stop(): Promise<void>
}

/** A server that takes writes as InfluxDB does. */
export async function startFakeInflux(): Promise<FakeInflux> {
  const asked: Asked[] = []
  const points = new Map<string, string>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('error', () => undefined)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const bytes = Buffer.concat(chunks)
      const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString()
      const question = { url: new URL(request.url ?? '', 'http://fake'), headers: request.headers, body }
      asked.push(question)
      const refusal = fake.answer?.(question)
      if (refusal) {
        response.writeHead(refusal.status, { 'content-type': 'application/json' }).end(refusal.body)
        return
      }
      if (question.url.pathname !== '/query') keep(body, points)
      response.writeHead(question.url.pathname === '/query' ? 200 : 204).end()
    })
  })
  const port = await listen(server, 0)
  const breakLine = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  const fake: FakeInflux = {
    port,
    asked,
    points,
    answer: null,
    breakLine,
    mendLine: async () => void (await listen(server, port)),
    stop: async () => {
      if (server.listening) await breakLine()
    },
  }
  return fake
}

/** A space that is not escaped ends the series, and begins the time. */
function keep(body: string, points: Map<string, string>): void {
  for (const line of body.split('\n')) {
    const series = /^(?:\\.|[^ \\])+/.exec(line)?.[0] ?? ''
    const time = line.slice(line.lastIndexOf(' ') + 1)
    points.set(`${series} ${time}`, line.slice(series.length + 1, line.lastIndexOf(' ')))
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
