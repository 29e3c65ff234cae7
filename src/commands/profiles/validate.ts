import { readFile } from 'node:fs/promises'
import { string } from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.js'

export default class ProfilesValidate extends BaseCommand {
  static override readonly summary = 'say what is wrong with a device profile of yours, by line'
  static override readonly examples = ['<%= config.bin %> profiles validate profiles/mixer.yaml']
  static override readonly args = { file: string({ description: 'the profile', required: true }) }

  async run(): Promise<{
    readonly schema: 'chatterfix/profile-valid/1'
    readonly file: string
    readonly profile: string
    readonly registers: number
  }> {
    const { args } = await this.parse(ProfilesValidate)
    const { parseProfile } = await import('../../profiles/profile-file.js')
    const { key, registers, recogniseBy } = parseProfile(await readFile(args.file, 'utf8'), { kind: 'own', path: args.file })
    const recognition = recogniseBy.length === 0 ? ', recognised by nothing: it is used with --profile' : ''
    this.say(`valid  ${args.file}: profile ${key}, ${registers.length} registers${recognition}`)
    return { schema: 'chatterfix/profile-valid/1', file: args.file, profile: key, registers: registers.length }
  }
}
