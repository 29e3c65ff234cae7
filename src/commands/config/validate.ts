import { string } from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.js'
import { counted } from '../../readings/counted.js'
import type { SiteCheck } from '../../site/check-site.js'

export default class ConfigValidate extends BaseCommand {
  static override readonly summary = 'check a site file without touching anything'
  static override readonly description =
    'Every mistake is listed with its line, what was expected, what was found, and a good example. Exit code 2 where there is one.'
  static override readonly examples = ['<%= config.bin %> config validate', '<%= config.bin %> config validate plant.yaml --json']
  static override readonly args = { file: string({ description: 'the site file (default chatterfix.yaml)' }) }

  async run(): Promise<SiteCheck> {
    const { args } = await this.parse(ConfigValidate)
    const { checkSite } = await import('../../site/check-site.js')
    const check = await checkSite(args.file)
    this.say(`${check.path} is right: site ${check.site}, ${counted(check.assets, 'asset')}, ${counted(check.sensors, 'sensor')}`)
    return check
  }
}
