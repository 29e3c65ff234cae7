import process from 'node:process'
import { string } from '@oclif/core/args'
import { boolean, integer, string as text } from '@oclif/core/flags'
import { driverOf } from '../acquisition/lines-of.js'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { ProgressLine } from '../cli/progress-line.js'
import type { ProbeReport } from '../drivers/probe-report.js'
import { Fault, locatedAt } from '../faults/fault.js'
import { formatProbeReport } from '../output/probe-report.js'
import { shellWord } from '../output/shell-word.js'

export default class Probe extends BaseCommand {
  static override readonly summary = 'identify one device and map what it offers'
  static override readonly description =
    'Asks a device who it is and what values it offers; guesses types, byte order and scale where the protocol does not say, with confidence and the losing candidates. Reads only.'
  static override readonly examples = [
    '<%= config.bin %> probe modbus-tcp://10.0.0.21:502/7',
    '<%= config.bin %> probe modbus-tcp://10.0.0.21/7 --hint "reads 23.4 °C on the display" --hint 40011=1480',
    '<%= config.bin %> probe modbus-rtu:///dev/ttyUSB0/7 --thorough',
    '<%= config.bin %> probe mqtt://10.0.0.5 --json',
  ]
  static override readonly args = { address: string({ description: 'the device', required: true }) }
  static override readonly flags = {
    profile: text({ description: 'take the device for this type (profiles list); else it is recognised by itself' }),
    'save-profile': text({ description: 'write what was seen as a skeleton of a profile' }),
    hint: text({
      description: 'what you know of a value: 40011=23.4, holding/10=x0.1 (its scale), scale=0.1, "reads 23.4 °C on the display"',
      multiple: true,
    }),
    thorough: boolean({ description: 'look at every address, however long that takes; Ctrl-C keeps what was found' }),
    samples: integer({ description: 'how often values are read, to see how they move', default: 5, min: 1, max: 50 }),
    timeout: durationFlag({ description: 'how long one question may take', default: 1000 }),
  }

  async run(): Promise<ProbeReport & { readonly schema: 'chatterfix/probe/1' }> {
    const { args, flags } = await this.parse(Probe)
    const driver = await driverOf(args.address)
    const around = this.around({ timeoutMs: flags.timeout, ...(flags.profile && { profile: flags.profile }) })
    const search = flags.thorough ? 'thorough' : 'quick'
    const wishes = { samples: flags.samples, search, ...(flags.hint && { hints: flags.hint }) } as const
    const progress = this.jsonEnabled() ? undefined : new ProgressLine(process.stderr)
    const report = await driver
      .probe(args.address, { ...around, ...(progress && { progress: progress.show }) }, wishes)
      .catch((thrown: unknown) => {
        throw thrown instanceof Fault ? locatedAt(thrown, { address: args.address }) : (thrown as Error)
      })
      .finally(() => progress?.clear())
    this.say(formatProbeReport(report, process.stdout.columns))
    if (search === 'quick' && report.verdicts?.some(({ verdict }) => verdict === 'not looked at'))
      this.mention(`try      chatterfix probe ${shellWord(args.address)} --thorough`)
    if (flags['save-profile']) {
      const { saveProbedProfile } = await import('../profiles/save-probed-profile.js')
      await saveProbedProfile(report, flags['save-profile'], around.clock)
      this.mention(`profile  ${flags['save-profile']}: give names and units, check what is in doubt`)
    }
    this.endInterrupted()
    return { schema: 'chatterfix/probe/1', ...report }
  }
}
