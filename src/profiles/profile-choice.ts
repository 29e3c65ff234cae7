import { Fault } from '../faults/fault.js'
import { similar } from '../readings/similar.js'
import type { DeviceProfile } from './device-profile.js'
import { loadProfiles, type ProfileShelf } from './load-profiles.js'

/** The profiles that a probe may try. */
export interface ProfileChoice {
  readonly candidates: readonly DeviceProfile[]
  /** The one that somebody asked for; it is used whatever the device says. */
  readonly wanted: DeviceProfile | null
  /** Which of two with one name is used, and which own files are no good. */
  readonly notes: readonly string[]
}

/**
 * Loads the profiles for a probe.
 * @param wanted  a profile's name, or null where the device shall be recognised.
 * @throws Fault PROFILE_UNKNOWN, or PROFILE_INVALID where the wanted one is the user's and no good.
 */
export async function profileChoice(folders: readonly string[], wanted: string | null): Promise<ProfileChoice> {
  const shelf = await loadProfiles(folders)
  return { candidates: shelf.profiles, wanted: wanted === null ? null : profileNamed(shelf, wanted), notes: shelfNotes(shelf) }
}

/** @throws Fault PROFILE_UNKNOWN that says what was probably meant. */
export function profileNamed({ profiles, problems }: ProfileShelf, name: string): DeviceProfile {
  const found = profiles.find(({ key }) => key === name)
  if (found) return found
  const close = similar(
    name,
    profiles.map(({ key }) => key),
  )
  throw new Fault('PROFILE_UNKNOWN', {
    message: `there is no device profile '${name}'`,
    because: [
      ...(close === undefined ? [] : [`perhaps you meant ${close}`]),
      ...problems.map(({ message }) => message),
      `${profiles.length} profiles are known`,
    ].join('; '),
  })
}

/** What a person should know of the shelf, in sentences. */
export function shelfNotes({ overruled, problems }: ProfileShelf): readonly string[] {
  return [
    ...overruled.map(({ used, instead }) =>
      used.origin.kind === 'own' && instead.origin.kind === 'shipped'
        ? `your own profile ${used.key} (${used.origin.path}) is used, not the shipped one`
        : `the profile ${used.key} of ${used.origin.path} is used, not that of ${instead.origin.path}`,
    ),
    ...problems.map(({ message }) => `a profile of yours is left out: ${message}`),
  ]
}
