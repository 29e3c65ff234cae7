import { string } from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.js'
import { profileFolders } from '../../cli/profile-folders.js'
import { formatProfile } from '../../output/profile-list.js'
import type { DeviceProfile } from '../../profiles/device-profile.js'

export default class ProfilesShow extends BaseCommand {
  static override readonly summary = 'one device profile: its registers, and the documents that they were read from'
  static override readonly examples = ['<%= config.bin %> profiles show eastron-sdm630']
  static override readonly args = { profile: string({ description: 'its name', required: true }) }

  async run(): Promise<DeviceProfile & { readonly schema: 'chatterfix/profile/1' }> {
    const { args } = await this.parse(ProfilesShow)
    const { loadProfiles } = await import('../../profiles/load-profiles.js')
    const { profileNamed } = await import('../../profiles/profile-choice.js')
    const profile = profileNamed(await loadProfiles(profileFolders()), args.profile)
    this.say(formatProfile(profile))
    return { schema: 'chatterfix/profile/1', ...profile }
  }
}
