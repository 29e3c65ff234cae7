import { availableParallelism } from 'node:os'
import { string as argument } from '@oclif/core/args'
import { string } from '@oclif/core/flags'
import type { VibrationAssessment } from '../../analysis/vibration/assessment.js'
import { analyseChannel } from '../../cli/analyse-channel.js'
import type { BatchReport } from '../../cli/analyse-many.js'
import { BaseCommand } from '../../cli/base-command.js'
import { holdsSeveralSensors } from '../../cli/holds-several-sensors.js'
import { isForMany } from '../../cli/is-for-many.js'
import { BATCH_FLAGS, MACHINE_FLAGS, vibrationOptions, WAVEFORM_FLAGS } from '../../cli/vibration-flags.js'

export default class AnalyzeVibration extends BaseCommand {
  static override readonly summary = 'levels, ISO zone, spectra, bearing verdict and findings of vibration channels'
  static override readonly description =
    `Works out what a channel says: RMS, crest factor, kurtosis, velocity RMS and ISO 20816-3 zone, which part of the bearing is damaged and what else is wrong with the machine, with the lines that say so.
What the data or the nameplate cannot answer is left out and said. Units, speed, geometry, power and support are taken from the file, the recording or these flags, never assumed.
Of a recording all sensors with waveforms are analysed; with --json in the form of several files, unless --sensor names one or there is only one.
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

  async run(): Promise<VibrationAssessment | BatchReport | undefined> {
    const { args, argv, flags } = await this.parse(AnalyzeVibration)
    const [targets, options] = [argv as string[], await vibrationOptions(flags)]
    if (await isForMany(targets, flags)) {
      const { analyseMany } = await import('../../cli/analyse-many.js')
      const { jobs = availableParallelism(), out, shard } = flags
      const job = { targets, options, out, shard, jobs, version: this.config.version, signal: this.stop.signal }
      return await analyseMany(job, this.jsonEnabled() ? 'json' : flags.jsonl ? 'jsonl' : 'text', { path: flags.report, flags })
    }
    const job = { target: args.target, options, version: this.config.version, flags, signal: this.stop.signal }
    const analyse = (await holdsSeveralSensors(args.target, options))
      ? (await import('../../cli/analyse-sensors.js')).analyseSensors
      : analyseChannel
    return await analyse(job, this.jsonEnabled() ? 'json' : (text) => this.say(text))
  }
}
