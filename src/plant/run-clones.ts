import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { parseClone } from '../clone/clone-file.js'
import { serveClones } from '../clone/serve-clones.js'
import type { Log } from '../drivers/contract.js'
import { plantPort } from './default-ports.js'
import { type PlantEnding, untilOver } from './until-over.js'

export interface ClonesOptions extends PlantEnding {
  /** Undefined: the usual port of the plant's Modbus server, or a free one; 0: any. */
  readonly port: number | undefined
  readonly log: Log
}

/**
 * Serves cloned devices until it is over; says on stdout where, as JSON where a parent is watched.
 * @throws Fault CLONE_INVALID, PLANT_PORT_TAKEN.
 */
export async function runClones(files: readonly string[], { port, log, ...ending }: ClonesOptions): Promise<void> {
  const clones = await Promise.all(files.map(async (file) => parseClone(await readFile(file, 'utf8'), file)))
  await using served = await serveClones(clones, await plantPort('modbus', port, log))
  const rows = served.addresses.map((address, index) => `${address}  ${files[index] ?? ''}`)
  const line = JSON.stringify({ schema: 'chatterfix/clones/1', addresses: served.addresses })
  process.stdout.write(ending.parent === 'watched' ? `${line}\n` : `${[...rows, 'Ctrl-C ends it'].join('\n')}\n`)
  await untilOver(ending)
}
