import { userInfo } from 'node:os'
import { string as stringArg } from '@oclif/core/args'
import { boolean, string } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.js'
import { confirmWrite } from '../cli/confirm-write.js'
import { durationFlag } from '../cli/duration-flag.js'
import { numberArg } from '../cli/number-arg.js'
import { siteForWrite } from '../cli/site-for-write.js'
import { Fault } from '../faults/fault.js'
import { draftDocument, formatDraft, type WriteDocument, writtenDocument } from '../output/write-report.js'
import { performWrite, prepareWrite } from '../writing/guarded-write.js'

export default class Write extends BaseCommand {
  static override readonly summary = 'guarded: read old, confirm, write, read back, journal'
  static override readonly description =
    `Writes one value. The site file must list the sensor with writable: true and a range, or the profile of the device must list the register as writable; --allow-write must be given, and somebody must type the name of the device, or a script give the --confirm that a --dry-run printed; that is good for one device, place, old and new value.

What was written, by whom, and what stood there before and after, is kept in writes.jsonl in the state folder. The exit code is 1 when something else stands there afterwards.`
  static override readonly examples = [
    '<%= config.bin %> write pump-247/setpoint 42.5 --dry-run',
    '<%= config.bin %> write pump-247/setpoint 42.5 --allow-write',
    '<%= config.bin %> write pump-247/setpoint 42.5 --allow-write --confirm 0123456789abcdef --json',
    "<%= config.bin %> write 'modbus-tcp://10.0.0.21/1/holding/259?as=int16&scale=0.1' -1.5 --profile xy-md02 --dry-run",
  ]
  static override readonly args = {
    target: stringArg({ description: 'a sensor of the site, or its address', required: true }),
    value: numberArg({ description: 'the new value in the sensor’s unit; 0 and 1, off and on for switches', required: true }),
  }
  static override readonly flags = {
    'allow-write': boolean({ description: 'writing is meant' }),
    confirm: string({ description: 'what --dry-run printed, instead of a question', helpValue: '<hash>' }),
    'dry-run': boolean({ description: 'say what would be written, and write nothing' }),
    site: string({ description: 'the site file (default chatterfix.yaml)' }),
    profile: string({ description: 'take the device for this type (profiles list), where the site does not list the target' }),
    timeout: durationFlag({ description: 'how long one question may take', default: 1000 }),
  }

  async run(): Promise<WriteDocument> {
    const { args, flags } = await this.parse(Write)
    const { target, value } = args
    const site = await siteForWrite(target, flags.site)
    const around = this.around({ timeoutMs: flags.timeout, ...(flags.profile && { profile: flags.profile }) })
    const prepared = await prepareWrite({ target, value, site, siteFile: site.path, who: userInfo().username, around })
    if (!flags['dry-run'] && !flags['allow-write'])
      throw new Fault('WRITE_NOT_ALLOWED', { message: `${target} was not written`, advice: { target, value: String(value) } })
    if (flags['dry-run']) this.say(formatDraft(prepared))
    else this.mention(formatDraft(prepared))
    if (flags['dry-run']) return draftDocument(prepared)
    const report = await performWrite(prepared, await confirmWrite(prepared, { given: flags.confirm, signal: this.stop.signal }))
    this.say(`${report.sensor} is ${report.readBack}, it was ${report.draft.old}`)
    return writtenDocument(report)
  }
}
