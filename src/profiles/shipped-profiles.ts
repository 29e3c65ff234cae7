import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeviceProfile } from './device-profile.js'

/** Written by the build (scripts/build.mjs): all shipped profiles as they were read, so that no command has to read their YAML again. */
const COMPILED = 'compiled.json'

export function shippedFolder(): string {
  return fileURLToPath(new URL('shipped/', import.meta.url))
}

/** The shipped profiles as the build left them; null where nothing was built, as in the sources. */
export async function compiledProfiles(): Promise<readonly DeviceProfile[] | null> {
  const folder = shippedFolder()
  const text = await readFile(join(folder, COMPILED), 'utf8').catch(() => null)
  if (text === null) return null
  const profiles = JSON.parse(text) as readonly Omit<DeviceProfile, 'origin'>[]
  return profiles.map((profile) => ({ ...profile, origin: { kind: 'shipped', path: join(folder, `${profile.key}.yaml`) } }))
}
