import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Fault } from '../faults/fault.js'
import type { DeviceProfile, ProfileOrigin } from './device-profile.js'
import { compiledProfiles, shippedFolder } from './shipped-profiles.js'

const MOST_FILES = 500
const MOST_BYTES = 1024 * 1024
/** What a YAML file of something else does not begin a line with. */
const IS_PROFILE = /^profile[ \t]*:/m

/** All profiles at hand, and which of two with one name is used. */
export interface ProfileShelf {
  /** Own ones first, then the shipped; no name twice. */
  readonly profiles: readonly DeviceProfile[]
  readonly overruled: readonly { readonly used: DeviceProfile; readonly instead: DeviceProfile }[]
  /** Own files that are no good; the others are used all the same. */
  readonly problems: readonly Fault[]
}

/**
 * Reads the profiles of the user's folders and the shipped ones. The earlier folder wins over the later, and all of them over what is shipped.
 * @param folders  folders that need not exist; files there without a `profile:` are none of ours.
 */
export async function loadProfiles(folders: readonly string[]): Promise<ProfileShelf> {
  const read: DeviceProfile[] = []
  const problems: Fault[] = []
  const take = async (kind: ProfileOrigin['kind'], folder: string): Promise<void> => {
    for (const path of await yamlFilesIn(folder)) {
      const found = await readProfileFile({ kind, path })
      if (found instanceof Fault) problems.push(found)
      else if (found) read.push(found)
    }
  }
  for (const folder of folders) await take('own', resolve(folder))
  const compiled = await compiledProfiles()
  if (compiled) read.push(...compiled)
  else await take('shipped', shippedFolder())
  const profiles = read.filter((profile, index) => read.findIndex(({ key }) => key === profile.key) === index)
  const overruled = read.flatMap((instead) => {
    const used = profiles.find(({ key }) => key === instead.key)
    return used && used !== instead ? [{ used, instead }] : []
  })
  return { profiles, overruled, problems }
}

async function readProfileFile(origin: ProfileOrigin): Promise<DeviceProfile | Fault | undefined> {
  try {
    if ((await stat(origin.path)).size > MOST_BYTES) return undefined
    const text = await readFile(origin.path, 'utf8')
    if (!IS_PROFILE.test(text)) return undefined
    // Reading YAML and checking it takes several times as long to load as everything else here.
    const { parseProfile } = await import('./profile-file.js')
    return parseProfile(text, origin)
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown
    return new Fault('FILE_PERMISSION', {
      message: `the profile ${origin.path} cannot be read`,
      because: thrown instanceof Error ? thrown.message : String(thrown),
      advice: { file: origin.path },
    })
  }
}

async function yamlFilesIn(folder: string): Promise<readonly string[]> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory() && /\.ya?ml$/i.test(entry.name))
    .map(({ name }) => join(folder, name))
    .sort()
    .slice(0, MOST_FILES)
}
