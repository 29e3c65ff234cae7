import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { assessVibration } from '../../analysis/vibration/assess.js'
import type { VibrationAssessment } from '../../analysis/vibration/assessment.js'
import { BaseCommand } from '../../cli/base-command.js'
import { MACHINE_FLAGS, vibrationOptions, WAVEFORM_FLAGS } from '../../cli/vibration-flags.js'
import { formatVibrationReport } from '../../output/vibration-report.js'
import { readVibration } from '../../waveform-files/read-vibration.js'

export default class AnalyzeVibration extends BaseCommand {
  static override readonly summary = 'levels, ISO zone, spectra and bearing verdict of one vibration channel'
  static override readonly description =
    `Works out what one channel says: RMS, crest factor, kurtosis, velocity RMS and ISO 20816-3 zone, and which part of the bearing is damaged, with the lines that say so.
What the data or the nameplate cannot answer is left out and said. Units, speed, geometry, power and support are taken from the file, the recording or these flags, never assumed.`
  static override readonly examples = [
    "<%= config.bin %> analyze vibration pump.wav --unit g --speed 1797 --bearing 'n=9,d=7.94,D=39.04,angle=0'",
    '<%= config.bin %> analyze vibration recordings/2026-11-22 --sensor pump-247/drive-end-acceleration --json',
  ]
  static override readonly args = {
    target: argument({
      description: 'a .wav, .mat, .uff, .csv, .parquet, .f32, .f64 or .i16 file (raw with NAME.json beside it), or a recording',
      required: true,
    }),
  }
  static override readonly flags = {
    ...WAVEFORM_FLAGS,
    ...MACHINE_FLAGS,
  }

  async run(): Promise<VibrationAssessment> {
    const { args, flags } = await this.parse(AnalyzeVibration)
    const input = await readVibration(args.target, vibrationOptions(flags))
    const assessment = assessVibration(input)
    if (!this.jsonEnabled()) this.say(formatVibrationReport(input, assessment, process.stdout.columns ?? 100))
    return assessment
  }
}
