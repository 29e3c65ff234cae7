import { availableParallelism } from 'node:os'
import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { string } from '@oclif/core/flags'
import { assessVibration } from '../../analysis/vibration/assess.js'
import type { VibrationAssessment } from '../../analysis/vibration/assessment.js'
import type { BatchReport } from '../../cli/analyse-many.js'
import { BaseCommand } from '../../cli/base-command.js'
import { isForMany } from '../../cli/is-for-many.js'
import { BATCH_FLAGS, MACHINE_FLAGS, vibrationOptions, WAVEFORM_FLAGS } from '../../cli/vibration-flags.js'
import { writeVibrationReport } from '../../cli/write-vibration-report.js'
import { formatVibrationReport } from '../../output/vibration-report.js'
import { atChannel } from '../../waveform-files/at-channel.js'
import { readVibration } from '../../waveform-files/read-vibration.js'

export default class AnalyzeVibration extends BaseCommand {
  static override readonly summary = 'levels, ISO zone, spectra, bearing verdict and findings of vibration channels'
  static override readonly description =
    `Works out what a channel says: RMS, crest factor, kurtosis, velocity RMS and ISO 20816-3 zone, which part of the bearing is damaged and what else is wrong with the machine, with the lines that say so.
What the data or the nameplate cannot answer is left out and said. Units, speed, geometry, power and support are taken from the file, the recording or these flags, never assumed.
Several files, a folder or a pattern are analysed in all their channels by several threads; --out keeps the results, and what is in there already is skipped next time.`
  static override readonly examples = [
    "<%= config.bin %> analyze vibration pump.wav --unit g --speed 1797 --bearing 'n=9,d=7.94,D=39.04,angle=0'",
    '<%= config.bin %> analyze vibration recordings/2026-11-22 --sensor pump-247/drive-end-acceleration --json',
    '<%= config.bin %> analyze vibration route-1/ --out route-1.jsonl --report route-1.html',
    "<%= config.bin %> analyze vibration '/data/**/*.wav' --unit g --out part-$I.parquet --shard $I/8",
  ]
  static override readonly strict = false
  static override readonly args = {
    target: argument({
      description:
        'a .wav, .mat, .uff, .csv, .parquet, .f32, .f64 or .i16 file (raw with NAME.json beside it), a recording, or many: files, folders, patterns',
      required: true,
    }),
  }
  static override readonly flags = {
    ...WAVEFORM_FLAGS,
    ...MACHINE_FLAGS,
    ...BATCH_FLAGS,
    report: string({
      description: 'write a report: .html, of one channel also .svg; of many a table, worst first, with a section each',
      helpValue: '<file>',
    }),
  }

  async run(): Promise<VibrationAssessment | BatchReport> {
    const { args, argv, flags } = await this.parse(AnalyzeVibration)
    const [targets, options] = [argv as string[], await vibrationOptions(flags)]
    if (await isForMany(targets, flags)) {
      const { analyseMany } = await import('../../cli/analyse-many.js')
      const { jobs = availableParallelism(), out, shard } = flags
      const job = { targets, options, out, shard, jobs, version: this.config.version, signal: this.stop.signal }
      return await analyseMany(job, this.jsonEnabled() ? 'json' : flags.jsonl ? 'jsonl' : 'text', { path: flags.report, flags })
    }
    const input = await readVibration(args.target, options)
    const assessment = atChannel(args.target, input.channel, () => assessVibration(input))
    if (flags.report !== undefined)
      await writeVibrationReport(flags.report, { input, assessment }, { version: this.config.version, target: args.target, flags })
    if (!this.jsonEnabled()) this.say(formatVibrationReport(input, assessment, process.stdout.columns ?? 100))
    return assessment
  }
}
