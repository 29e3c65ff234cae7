import { BaseCommand } from '../../cli/base-command.js'
import { licenceFlags, licenceToken } from '../../cli/licence-flags.js'
import type { LicenceStatus as Status } from '../../licence/client/fetch-licence.js'

export default class LicenceStatus extends BaseCommand {
  static override readonly summary = 'what the licence allows, and how much of it is used'
  static override readonly description = 'The licence key comes from CHATTERFIX_LICENSE_API_KEY.'
  static override readonly examples = ['<%= config.bin %> licence status --server http://127.0.0.1:8787 --customer acme']
  static override readonly flags = licenceFlags

  async run(): Promise<Status> {
    const { flags } = await this.parse(LicenceStatus)
    const { fetchLicenceStatus } = await import('../../licence/client/fetch-licence.js')
    const { formatLicenceStatus } = await import('../../licence/licence-text.js')
    const { server, customer } = flags
    const status = await fetchLicenceStatus({ server, customer, token: licenceToken(process.env), signal: this.stop.signal })
    this.say(formatLicenceStatus(status))
    return status
  }
}
