import { string } from '@oclif/core/args'
import { driverOf } from '../acquisition/lines-of.js'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import type { ProbeReport } from '../drivers/contract.js'
import { Fault, locatedAt } from '../faults/fault.js'
import { formatProbeReport } from '../output/probe-report.js'

export default class Probe extends BaseCommand {
  static override readonly summary = 'identify one device and map what it offers'
  static override readonly description =
    'Asks a device who it is and what values it offers; guesses types, byte order and scale where the protocol does not say, with confidence and the losing candidates. Reads only.'
  static override readonly examples = [
    '<%= config.bin %> probe modbus-tcp://10.0.0.21:502/7',
    '<%= config.bin %> probe mqtt://10.0.0.5 --json',
  ]
  static override readonly args = { address: string({ description: 'the device', required: true }) }
  static override readonly flags = {
    timeout: durationFlag({ description: 'how long one question may take', default: 1000 }),
  }

  async run(): Promise<ProbeReport & { readonly schema: 'chatterfix/probe/1' }> {
    const { args, flags } = await this.parse(Probe)
    const driver = await driverOf(args.address)
    const around = this.around({ timeoutMs: flags.timeout })
    const report = await driver.probe(args.address, around).catch((thrown: unknown) => {
      throw thrown instanceof Fault ? locatedAt(thrown, { address: args.address }) : (thrown as Error)
    })
    this.say(formatProbeReport(report))
    this.endInterrupted()
    return { schema: 'chatterfix/probe/1', ...report }
  }
}
