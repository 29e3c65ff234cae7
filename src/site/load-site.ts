import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { Fault } from '../faults/fault.js'
import type { Site } from '../readings/asset.js'

export const DEFAULT_SITE_FILE = 'chatterfix.yaml'

export interface LoadedSite extends Site {
  /** Where it was read from, absolute. */
  readonly path: string
}

/**
 * Reads the site file of a plant.
 * @param path  `chatterfix.yaml` of the working folder where nothing is said.
 * @throws Fault SITE_FILE_MISSING, SITE_FILE_INVALID or FILE_PERMISSION.
 */
export async function loadSite(path: string = DEFAULT_SITE_FILE): Promise<LoadedSite> {
  const text = await readFile(path, 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    throw readFault(path, thrown)
  })
  // Its schema loads zod, which no --help needs.
  const { parseSiteFile } = await import('../readings/site-file.js')
  const { bearingNamed } = await import('./bearing-named.js')
  return { ...parseSiteFile(text, path, bearingNamed), path: resolve(path) }
}

function readFault(path: string, thrown: NodeJS.ErrnoException): Fault {
  const file = basename(path)
  switch (thrown.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Fault('SITE_FILE_MISSING', { message: `there is no site file ${path}`, ...missing(path), cause: thrown })
    case 'EISDIR':
      return new Fault('SITE_FILE_MISSING', {
        message: `${path} is a folder, not a site file`,
        ...missing(path),
        cause: thrown,
      })
    default:
      return new Fault('FILE_PERMISSION', {
        message: `the site file ${path} cannot be read`,
        where: { file: resolve(path) },
        because: thrown.message,
        advice: { file },
        cause: thrown,
      })
  }
}

function missing(path: string) {
  return { where: { file: resolve(path) }, advice: { command: 'chatterfix … --site FILE' } }
}
