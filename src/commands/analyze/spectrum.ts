import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { integer, option } from '@oclif/core/flags'
import { type SpectrumAnswer, spectrumAnswer } from '../../analysis/vibration/spectrum-answer.js'
import { SPECTRUM_KINDS } from '../../analysis/vibration/spectrum-kinds.js'
import { bandFlag } from '../../cli/band-flag.js'
import { BaseCommand } from '../../cli/base-command.js'
import { positiveNumberFlag } from '../../cli/positive-number-flag.js'
import { MACHINE_FLAGS, vibrationOptions, WAVEFORM_FLAGS } from '../../cli/vibration-flags.js'
import { formatSpectrum } from '../../output/spectrum-report.js'
import { readVibration } from '../../waveform-files/read-vibration.js'

export default class AnalyzeSpectrum extends BaseCommand {
  static override readonly summary = 'one spectrum of a vibration channel, its lines found and named'
  static override readonly description =
    `amplitude: peak amplitude of each line; velocity: the same integrated, mm/s RMS; psd: power density (Welch); envelope: of a band, the most impulsive one unless --band says which;
order: over multiples of the shaft speed. Lines are named where speed, bearing or line frequency are known: 1×, BPFO 2×, mains 2×.`
  static override readonly examples = [
    '<%= config.bin %> analyze spectrum pump.wav --unit g --kind velocity --speed 1482',
    "<%= config.bin %> analyze spectrum pump.wav --kind envelope --band 2000-4000 --speed 1482 --bearing 'n=9,d=7.94,D=39.04,angle=0' --json",
  ]
  static override readonly args = { target: argument({ description: 'a waveform file or a recording', required: true }) }
  static override readonly flags = {
    ...WAVEFORM_FLAGS,
    ...MACHINE_FLAGS,
    kind: option({ options: SPECTRUM_KINDS, default: 'amplitude' as const, description: 'which spectrum' })(),
    band: bandFlag({ description: 'of the envelope: the band it is taken of, Hz' }),
    resolution: positiveNumberFlag({ description: 'distance of the lines, Hz' }),
    peaks: integer({ description: 'how many lines are listed', min: 0, max: 1000, default: 15 }),
  }

  async run(): Promise<SpectrumAnswer> {
    const { args, flags } = await this.parse(AnalyzeSpectrum)
    const { kind, band, resolution: resolutionHz, peaks } = flags
    const answer = spectrumAnswer(await readVibration(args.target, vibrationOptions(flags)), { kind, band, resolutionHz, peaks })
    if (!this.jsonEnabled()) this.say(formatSpectrum(answer, process.stdout.columns ?? 80))
    return answer
  }
}
