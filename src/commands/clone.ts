import process from 'node:process'
import { string } from '@oclif/core/args'
import { boolean, integer } from '@oclif/core/flags'
import { driverOf } from '../acquisition/lines-of.js'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { ProgressLine } from '../cli/progress-line.js'
import { Fault } from '../faults/fault.js'
import { type CloneSummary, formatCloneSummary, summaryOf } from '../output/clone-summary.js'

export default class Clone extends BaseCommand {
  static override readonly summary = 'capture a device in a file that `simulate --from` serves again'
  static override readonly description =
    `Takes identity, every readable register with its value, what is refused and how, and the largest block that one request may ask for. Reads only.
Looks at the addresses --from to --to of all four tables, one by one where blocks are refused; what lies beyond is refused by the clone. Ctrl-C keeps what was captured so far; --resume goes on.`
  static override readonly examples = [
    '<%= config.bin %> clone modbus-tcp://10.0.0.21:502/7 meter.yaml',
    '<%= config.bin %> clone modbus-rtu:///dev/ttyUSB0/7 meter.yaml --resume',
    '<%= config.bin %> simulate --from meter.yaml --modbus 5020',
  ]
  static override readonly args = {
    address: string({ description: 'the device', required: true }),
    out: string({ description: 'the file to write', required: true }),
  }
  static override readonly flags = {
    from: integer({ description: 'first address that is looked at', default: 0, min: 0, max: 65_535 }),
    to: integer({ description: 'last address that is looked at', default: 999, min: 0, max: 65_535 }),
    resume: boolean({ description: 'go on with a capture that was stopped, or look at more addresses', exclusive: ['from'] }),
    timeout: durationFlag({ description: 'how long one question may take', default: 1000 }),
  }

  async run(): Promise<CloneSummary> {
    const { args, flags } = await this.parse(Clone)
    const driver = await driverOf(args.address)
    if (!driver.clone)
      throw new Fault('DRIVER_ABILITY_MISSING', { message: `${args.address} cannot be cloned`, advice: { address: args.address } })
    const { cloneInFile } = await import('../cli/clone-in-file.js')
    const { earlier, save } = await cloneInFile(args.out, flags.resume ? 'resumed' : 'anew')
    const progress = this.jsonEnabled() ? undefined : new ProgressLine(process.stderr)
    const from = Object.values(earlier?.tables ?? {})[0]?.lookedAt.from ?? flags.from
    const report = await driver
      .clone(
        args.address,
        { from, to: Math.max(from, flags.to), ...(earlier && { earlier }) },
        { ...this.around({ timeoutMs: flags.timeout }), ...(progress && { progress: progress.show }) },
      )
      .finally(() => progress?.clear())
    await save(report.clone)
    const summary = summaryOf(report, args.out)
    this.say(formatCloneSummary(summary, args.address))
    if (report.stoppedBy && !this.stop.signal.aborted) throw report.stoppedBy
    this.endInterrupted()
    return summary
  }
}
