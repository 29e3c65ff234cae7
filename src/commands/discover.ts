import { string } from '@oclif/core/args'
import { boolean, string as stringFlag } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { findInLines } from '../cli/find-in-lines.js'
import { type Findings, tellFindings } from '../cli/tell-findings.js'
import { withLineWishes } from '../discovery/line-wishes.js'
import { describeEstimate, planDiscovery } from '../discovery/plan-discovery.js'
import { type Plans, planLines, toldPlan } from '../output/plan-lines.js'
import { terminalSafe } from '../output/terminal-safe.js'

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
    '<%= config.bin %> discover 10.0.0.0/24 --jsonl | jq -r \'select(.type == "finding") | .address\'',
  ]
  static override readonly strict = false
  static override readonly args = { scope: string({ description: 'where to look', required: false }) }
  static override readonly flags = {
    timeout: durationFlag({ description: 'how long one question may take', default: 1000 }),
    'dry-run': boolean({ description: 'say what would be sent and how long that takes; send nothing' }),
    jsonl: boolean({ description: 'one JSON object a line: each finding as it is found, in the end what was searched and could not be' }),
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
      for (const line of plans.flatMap(flags.jsonl ? planLines : toldPlan)) this.say(line)
      return { schema: 'chatterfix/discovery-plan/1', plans }
    }
    for (const line of plans.flatMap(describeEstimate)) this.mention(terminalSafe(line))
    const around = this.around({ timeoutMs: flags.timeout })
    const asJson = this.jsonEnabled()
    const findings =
      flags.jsonl && !asJson
        ? await findInLines(scopes, around)
        : await tellFindings(scopes, { around, watched: asJson ? 'no' : 'yes', say: (text) => this.say(text) })
    this.endInterrupted()
    return { schema: 'chatterfix/findings/1', findings }
  }
}
