import { string } from '@oclif/core/args'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { discover } from '../discovery/discover.js'
import type { Finding } from '../drivers/contract.js'
import { formatFindings } from '../output/finding-lines.js'
import { terminalSafe } from '../output/terminal-safe.js'

/** `discover --json`. */
interface Findings {
  readonly schema: 'chatterfix/findings/1'
  readonly findings: readonly Finding[]
}

export default class Discover extends BaseCommand {
  static override readonly summary = 'find devices: on this machine, a host, a subnet, a line'
  static override readonly description =
    `Looks for devices and says what they seem to be, how sure that is and how they were found. Reads only: nothing is ever written.

SCOPE is localhost (every port that listens here), serial (the serial ports of this machine; without a scope both), a host, host:port, a subnet such as 10.0.0.0/24, or an address such as modbus-tcp://10.0.0.21.`
  static override readonly examples = [
    '<%= config.bin %> discover',
    '<%= config.bin %> discover serial',
    '<%= config.bin %> discover 10.0.0.0/24',
    '<%= config.bin %> discover modbus-tcp://10.0.0.21:502 --json',
  ]
  static override readonly strict = false
  static override readonly args = { scope: string({ description: 'where to look', required: false }) }
  static override readonly flags = {
    timeout: durationFlag({ description: 'how long one question may take', default: 1000 }),
  }

  async run(): Promise<Findings> {
    const { argv, flags } = await this.parse(Discover)
    const scopes = argv.length > 0 ? (argv as string[]) : ['localhost', 'serial']
    const findings: Finding[] = []
    for await (const finding of discover(scopes, this.around({ timeoutMs: flags.timeout }))) {
      findings.push(finding)
      this.mention(`found ${terminalSafe(finding.address)}  ${terminalSafe(finding.description)}`)
    }
    this.say(formatFindings(findings))
    this.endInterrupted()
    return { schema: 'chatterfix/findings/1', findings }
  }
}
