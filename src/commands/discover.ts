import { string } from '@oclif/core/args'
import { boolean, string as stringFlag } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { findDevices } from '../cli/find-devices.js'
import { withLineWishes } from '../discovery/line-wishes.js'
import { describeEstimate, describePlan, planDiscovery, type ScopePlan } from '../discovery/plan-discovery.js'
import type { Finding } from '../drivers/contract.js'
import { formatFinding } from '../output/finding-lines.js'
import { terminalSafe } from '../output/terminal-safe.js'

/** `discover --json`. */
interface Findings {
  readonly schema: 'chatterfix/findings/1'
  readonly findings: readonly Finding[]
}

/** `discover --dry-run --json`. */
interface Plans {
  readonly schema: 'chatterfix/discovery-plan/1'
  readonly plans: readonly ScopePlan[]
}

export default class Discover extends BaseCommand {
  static override readonly summary = 'find devices: on this machine, a host, a subnet, a line'
  static override readonly description =
    `Looks for devices and says what they seem to be, how sure that is and how they were found. Reads only: nothing is ever written.

SCOPE is localhost (every port that listens here), serial (the serial ports of this machine; without a scope both), a host, host:port, a subnet such as 10.0.0.0/24, or an address such as modbus-tcp://10.0.0.21 or modbus-rtu:///dev/ttyUSB0?baud=19200&parity=even. Modbus TCP also takes a subnet (modbus-tcp://10.0.0.0/24), a list (modbus-tcp://10.0.0.21,10.0.0.40-45) and an interface (modbus-tcp://eth0).`
  static override readonly examples = [
    '<%= config.bin %> discover',
    '<%= config.bin %> discover 10.0.0.0/24',
    '<%= config.bin %> discover modbus-tcp://10.0.0.21:502 --json',
    '<%= config.bin %> discover modbus-tcp://10.0.0.21,10.0.0.40-45',
    '<%= config.bin %> discover --interface eth0',
    '<%= config.bin %> discover modbus-rtu:///dev/ttyUSB0 --sweep --dry-run',
    '<%= config.bin %> discover modbus-rtu:///dev/ttyUSB0 --listen 10s',
  ]
  static override readonly strict = false
  static override readonly args = { scope: string({ description: 'where to look', required: false }) }
  static override readonly flags = {
    timeout: durationFlag({ description: 'how long one question may take', default: 1000 }),
    'dry-run': boolean({ description: 'say what would be sent and how long that takes; send nothing' }),
    interface: stringFlag({ description: 'search the subnet of this interface for Modbus TCP', multiple: true, helpValue: 'eth0' }),
    sweep: boolean({ description: 'on a serial line: other speeds, parities and stop bits too, the likeliest first' }),
    listen: durationFlag({ description: 'on a serial line: only listen to another master for so long' }),
  }

  async run(): Promise<Findings | Plans> {
    const { argv, flags } = await this.parse(Discover)
    const wishes = { sweep: flags.sweep ? 'asked' : 'not-asked', listenMs: flags.listen } as const
    const named = [...(argv as string[]), ...(flags.interface ?? []).map((name) => `modbus-tcp://${name}`)]
    const scopes = withLineWishes(named.length > 0 ? named : ['localhost', 'serial'], wishes)
    const plans = await planDiscovery(scopes, { timeoutMs: flags.timeout })
    if (flags['dry-run']) {
      for (const line of plans.flatMap(describePlan)) this.say(terminalSafe(line))
      return { schema: 'chatterfix/discovery-plan/1', plans }
    }
    for (const line of plans.flatMap(describeEstimate)) this.mention(terminalSafe(line))
    const watched = this.jsonEnabled() ? 'no' : 'yes'
    const onFound = (finding: Finding): void => this.say(formatFinding(finding))
    const findings = await findDevices(scopes, { around: this.around({ timeoutMs: flags.timeout }), watched, onFound })
    this.say(findings.length === 0 ? 'nothing found' : `${findings.length} found`)
    this.endInterrupted()
    return { schema: 'chatterfix/findings/1', findings }
  }
}
