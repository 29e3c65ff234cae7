import { string as argument } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { systemClock } from '../../cli/system-clock.js'
import { EXIT } from '../../faults/exit-code.js'
import { formatRepaired } from '../../output/repair-report.js'
import type { RepairedRecording } from '../../recordings/repair-recording.js'

export default class RecordingsRepair extends BaseCommand {
  static override readonly summary = 'make a damaged or interrupted recording whole again'
  static override readonly description =
    `An interrupted one is closed at its last flush. What can be read of damaged parts is kept, as uncertain; the rest becomes a gap that is counted.
A bad journal or manifest is made anew from the parts, and what they do not tell is called unknown. What was damaged goes into damaged/; nothing is deleted.
At the end everything is read back: exit code 6 when that fails, and of --dry-run when there is something to repair.`
  static override readonly examples = ['<%= config.bin %> recordings repair run-1 --dry-run', '<%= config.bin %> recordings repair run-1']
  static override readonly args = { recording: argument({ description: 'the folder of the recording', required: true }) }
  static override readonly flags = { 'dry-run': boolean({ description: 'say what would be done' }) }

  async run(): Promise<RepairedRecording> {
    const { args, flags } = await this.parse(RecordingsRepair)
    const { previewRepair, repairRecording } = await import('../../recordings/repair-recording.js')
    const around = { now: systemClock.now(), tool: `chatterfix ${this.config.version}`, signal: this.stop.signal }
    const repaired = flags['dry-run'] ? await previewRepair(args.recording) : await repairRecording(args.recording, around)
    this.say(formatRepaired(repaired))
    if (flags['dry-run'] ? repaired.problems.length > 0 : repaired.verdict?.ok !== true) this.endWith(EXIT.data)
    return repaired
  }
}
