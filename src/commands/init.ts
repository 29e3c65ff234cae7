import { string } from '@oclif/core/args'
import { boolean, string as text } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { discover } from '../discovery/discover.js'
import { draftSite } from '../discovery/draft-site.js'
import { Fault } from '../faults/fault.js'
import { terminalSafe } from '../output/terminal-safe.js'
import { counted } from '../readings/counted.js'
import { refuseExisting, saveSite } from '../site/save-site.js'

interface Initialised {
  readonly schema: 'chatterfix/init/1'
  readonly path: string
  readonly devices: number
  readonly sensors: number
  readonly uncertain: number
  readonly skipped: readonly { readonly address: string; readonly because: string }[]
}

export default class Init extends BaseCommand {
  static override readonly summary = 'discover, probe, and write a first site file'
  static override readonly description =
    'Finds what is there, asks each device what it offers, and writes chatterfix.yaml for you to edit. What a device does not say stays out of it.'
  static override readonly examples = [
    '<%= config.bin %> init localhost',
    "<%= config.bin %> init localhost 'modbus-rtu-tcp://127.0.0.1:5021?units=1-32'",
    '<%= config.bin %> init 10.0.0.21 mqtt://10.0.0.5 --out plant.yaml --name mill-2',
  ]
  static override readonly strict = false
  static override readonly args = { scope: string({ description: 'where to look (default: localhost)', required: false }) }
  static override readonly flags = {
    out: text({ description: 'the file to write', default: 'chatterfix.yaml' }),
    name: text({ description: 'what the site is called', default: 'my-site' }),
    guesses: boolean({ description: 'write values as well that nobody can tell the type of' }),
    replace: boolean({ description: 'replace an existing file' }),
    timeout: durationFlag({ description: 'how long one question may take', default: 1000 }),
  }

  async run(): Promise<Initialised> {
    const { argv, flags } = await this.parse(Init)
    const around = this.around({ timeoutMs: flags.timeout })
    const scopes = argv.length > 0 ? (argv as string[]) : ['localhost']
    if (!flags.replace) await refuseExisting(flags.out)
    const findings = await Array.fromAsync(discover(scopes, around))
    const draft = await draftSite(findings, {
      name: flags.name,
      guesses: flags.guesses ? 'kept' : 'left-out',
      around,
      onProbed: ({ device, points }) => this.mention(`${terminalSafe(device.description)}: ${counted(points.length, 'value')}`),
    })
    if (around.signal.aborted) throw new Fault('INTERRUPTED', { message: `stopped before ${flags.out} was written` })
    await saveSite(flags.out, draft.site, { existing: flags.replace ? 'replace' : 'refuse', why: `drafted from ${scopes.join(' ')}` })
    this.say(
      `wrote ${flags.out}: ${counted(draft.site.sensors.length, 'sensor')} of ${counted(draft.probed.length, 'device')}; edit names, kinds and limits, then: chatterfix watch`,
    )
    if (draft.uncertain > 0)
      this.say(`${counted(draft.uncertain, 'value')} left out: nobody can tell what they are; chatterfix probe ADDRESS shows them`)
    const { site, probed, skipped, uncertain } = draft
    return { schema: 'chatterfix/init/1', path: flags.out, devices: probed.length, sensors: site.sensors.length, uncertain, skipped }
  }
}
