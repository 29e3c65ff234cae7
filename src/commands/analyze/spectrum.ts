import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { boolean, integer, option, string } from '@oclif/core/flags'
import { bandFlag } from '../../cli/band-flag.js'
import { BaseCommand } from '../../cli/base-command.js'
import { dampingFlag } from '../../cli/damping-flag.js'
import { positiveNumberFlag } from '../../cli/positive-number-flag.js'
import { ANSWER_KINDS, type AnySpectrum, amountOf, formatAnySpectrum, spectrumOfKind } from '../../cli/spectrum-of-kind.js'
import { MACHINE_FLAGS, vibrationOptions, WAVEFORM_FLAGS } from '../../cli/vibration-flags.js'
import { atChannel } from '../../waveform-files/at-channel.js'
import { readVibration } from '../../waveform-files/read-vibration.js'

export default class AnalyzeSpectrum extends BaseCommand {
  static override readonly summary = 'one spectrum of a vibration channel, its lines found and named'
  static override readonly description =
    `amplitude: peak amplitude of each line; velocity: the same integrated, mm/s RMS; psd: power density (Welch); envelope: of a band, the most impulsive one unless --band says which.
order: over multiples of the shaft speed, followed by --tacho, else in the record near --speed or within --speed-range; order-map: the same over time. waterfall: the spectrum over time.
cepstrum: what returns, families of harmonics and sidebands as their period. srs: shock response of every shock in the record. coherence, transfer: of --sensor from --against.
Lines are named where speed, bearing or line frequency are known: 1×, BPFO 2×, mains 2×.`
  static override readonly examples = [
    '<%= config.bin %> analyze spectrum pump.wav --unit g --kind velocity --speed 1482',
    "<%= config.bin %> analyze spectrum pump.wav --kind envelope --band 2000-4000 --speed 1482 --bearing 'n=9,d=7.94,D=39.04,angle=0' --json",
    '<%= config.bin %> analyze spectrum run-up.wav --sensor ch1 --kind order-map --tacho ch2 --pulses 2',
    '<%= config.bin %> analyze spectrum pump.wav --zoom 95-105',
    '<%= config.bin %> analyze spectrum hammer.uff --sensor response --against force --kind transfer',
  ]
  static override readonly args = { target: argument({ description: 'a waveform file or a recording', required: true }) }
  static override readonly flags = {
    ...WAVEFORM_FLAGS,
    ...MACHINE_FLAGS,
    kind: option({ options: ANSWER_KINDS, default: 'amplitude' as const, description: 'which spectrum' })(),
    band: bandFlag({ description: 'of the envelope: the band it is taken of; of srs: the natural frequencies, Hz' }),
    zoom: bandFlag({ description: 'only this part of amplitude or velocity, as fine as the record allows, Hz' }),
    against: string({ description: 'the channel that drives, for coherence and transfer', helpValue: '<channel>' }),
    damping: dampingFlag({ description: 'of srs: share of critical damping', default: 0.05 }),
    resolution: positiveNumberFlag({ description: 'distance of the lines, Hz' }),
    peaks: integer({ description: 'how many lines are listed', min: 0, max: 1000, default: 15 }),
    ascii: boolean({ description: 'draw maps with characters of ASCII' }),
  }

  async run(): Promise<AnySpectrum> {
    const { args, flags } = await this.parse(AnalyzeSpectrum)
    const { kind, band, zoom, resolution: resolutionHz, peaks, damping, against } = flags
    const options = { ...(await vibrationOptions(flags)), amount: amountOf(kind), reference: against }
    const input = await readVibration(args.target, options)
    const wishes = { kind, band, zoom, resolutionHz, peaks, damping }
    const answer = atChannel(args.target, input.channel, () => spectrumOfKind(input, wishes))
    if (!this.jsonEnabled()) {
      const shades = flags.ascii || process.env['TERM'] === 'linux' ? 'ascii' : 'blocks'
      this.say(formatAnySpectrum(answer, { columns: process.stdout.columns ?? 80, shades }))
    }
    return answer
  }
}
