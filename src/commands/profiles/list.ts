import { BaseCommand } from '../../cli/base-command.js'
import { profileFolders } from '../../cli/profile-folders.js'
import { formatProfileList } from '../../output/profile-list.js'
import type { DeviceProfile } from '../../profiles/device-profile.js'

type Row = Pick<DeviceProfile, 'key' | 'maker' | 'models' | 'triedOnHardware' | 'origin'> & { readonly registers: number }

export default class ProfilesList extends BaseCommand {
  static override readonly summary = 'the device profiles at hand, your own first'
  static override readonly description =
    'Own profiles lie in profiles/ beside the site file and in profiles/ of this program’s own folder; they win over shipped ones of the same name, and it says so.'
  static override readonly examples = ['<%= config.bin %> profiles list', '<%= config.bin %> profiles list --json']

  async run(): Promise<{ readonly schema: 'chatterfix/profiles/1'; readonly profiles: readonly Row[]; readonly notes: readonly string[] }> {
    await this.parse(ProfilesList)
    const { loadProfiles } = await import('../../profiles/load-profiles.js')
    const { shelfNotes } = await import('../../profiles/profile-choice.js')
    const shelf = await loadProfiles(profileFolders())
    const notes = shelfNotes(shelf)
    this.say(formatProfileList(shelf.profiles, notes))
    const profiles = shelf.profiles.map(({ key, maker, models, triedOnHardware, origin, registers }) => ({
      ...{ key, maker, models, triedOnHardware, origin },
      registers: registers.length,
    }))
    return { schema: 'chatterfix/profiles/1', profiles, notes }
  }
}
