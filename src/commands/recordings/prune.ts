import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { durationFlag } from '../../cli/duration-flag.js'
import { ProgressLine } from '../../cli/progress-line.js'
import { isPruneAgreed, keepOf } from '../../cli/prune-consent.js'
import { systemClock } from '../../cli/system-clock.js'
import { EXIT } from '../../faults/exit-code.js'
import { formatPruned } from '../../output/recording-changes.js'
import type { PruneReport } from '../../recordings/prune-recordings.js'

export default class RecordingsPrune extends BaseCommand {
  static override readonly summary = 'delete old readings and keep their minutes, hours and days'
  static override readonly description =
    `Older than --keep-raw: readings and waveforms go and leave aggregates (views minutes, hours, days, blocks of query). Older than --keep: everything goes.
Readings of sensors that have at most one a minute stay until --keep: their minutes would take more room. Whole UTC days only. Asks first; a script gives --yes. Below a folder of recordings, those in use or damaged are skipped and told (exit code 6 where damaged).`
  static override readonly examples = [
    '<%= config.bin %> recordings prune /data --keep 2y --keep-raw 90d --dry-run',
    '<%= config.bin %> recordings prune run-1 --keep-raw 30d --yes',
  ]
  static override readonly args = { root: argument({ description: 'a recording, or a folder with recordings', required: true }) }
  static override readonly flags = {
    keep: durationFlag({ description: 'how long anything is kept; for ever where it is missing', helpValue: '<2y|90d>' }),
    'keep-raw': durationFlag({ description: 'how long readings and waveforms are kept', helpValue: '<90d|12w>' }),
    'dry-run': boolean({ description: 'say what would go' }),
    yes: boolean({ char: 'y', description: 'do not ask' }),
  }

  async run(): Promise<PruneReport> {
    const { args, flags } = await this.parse(RecordingsPrune)
    const request = { root: args.root, keep: keepOf({ keepMs: flags.keep, keepRawMs: flags['keep-raw'] }) }
    const { previewPrunes, pruneRecordings } = await import('../../recordings/prune-recordings.js')
    const now = systemClock.now()
    if (flags['dry-run'] || !flags.yes) {
      const preview = await previewPrunes(request, now)
      if (flags['dry-run']) return this.#told(preview)
      if (!(await isPruneAgreed(preview, this.stop.signal))) {
        this.endWith(EXIT.no)
        return preview
      }
    }
    const line = new ProgressLine(process.stderr)
    const around = { now, signal: this.stop.signal, progress: line.show }
    return this.#told(await pruneRecordings(request, around).finally(() => line.clear()))
  }

  #told(report: PruneReport): PruneReport {
    this.say(formatPruned(report))
    if (report.recordings.some(({ outcome }) => outcome === 'failed')) this.endWith(EXIT.data)
    return report
  }
}
