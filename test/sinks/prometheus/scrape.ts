import { get } from 'node:http'
import { createServer } from 'node:net'

/** What /metrics says, over a connection of its own. */
export function scrape(port: number, path = '/metrics'): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => resolve(answer.statusCode === 200 ? text : `HTTP ${answer.statusCode}`))
    }).on('error', reject)
  })
}

/** The lines of one metric. */
export function samplesIn(text: string, metric: string): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith(`${metric}{`))
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
