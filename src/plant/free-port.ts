import { createServer } from 'node:net'
import { Fault } from '../faults/fault.js'
import { PLANT_HOST } from './running-plant.js'

/** The first of the wanted ports that nobody listens on, else any free one. There is a moment between this and its use. */
export async function portOrFree(wanted: readonly number[]): Promise<number> {
  for (const port of [...wanted, 0]) {
    const claimed = await claim(port)
    if (claimed !== undefined) return claimed
  }
  return 0
}

/**
 * A port that is exactly the wanted one (0: any).
 * @throws Fault PLANT_PORT_TAKEN; `flag` is the option that names it.
 */
export async function portExactly(wanted: number, flag: string): Promise<number> {
  const port = await claim(wanted)
  if (port !== undefined) return port
  throw new Fault('PLANT_PORT_TAKEN', {
    message: `port ${wanted} on ${PLANT_HOST} cannot be used for the plant’s ${flag} server`,
    because: wanted < 1024 ? 'it is taken, or ports below 1024 need privileges' : 'something else listens there',
    advice: { flag },
  })
}

async function claim(port: number): Promise<number | undefined> {
  const server = createServer()
  return await new Promise((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: PLANT_HOST, exclusive: true }, () => {
      const bound = server.address()
      server.close(() => resolve(typeof bound === 'object' && bound ? bound.port : undefined))
    })
  })
}
