import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { boolean, integer } from '@oclif/core/flags'
import { type KurtogramAnswer, kurtogramAnswer } from '../../analysis/vibration/kurtogram-answer.js'
import { BaseCommand } from '../../cli/base-command.js'
import { MACHINE_FLAGS, vibrationOptions, WAVEFORM_FLAGS } from '../../cli/vibration-flags.js'
import { formatKurtogram } from '../../output/kurtogram-report.js'
import { atChannel } from '../../waveform-files/at-channel.js'
import { readVibration } from '../../waveform-files/read-vibration.js'

export default class AnalyzeKurtogram extends BaseCommand {
  static override readonly summary = 'which band of a vibration channel is the most impulsive'
  static override readonly description =
    'The fast kurtogram: how impulsive the envelope is in a tree of bands, split in two and in three. The strongest band is where a damaged bearing makes the machine ring.'
  static override readonly examples = [
    '<%= config.bin %> analyze kurtogram pump.wav',
    '<%= config.bin %> analyze kurtogram pump.mat --sensor X105_DE_time --rate 12000 --json',
  ]
  static override readonly args = { target: argument({ description: 'a waveform file or a recording', required: true }) }
  static override readonly flags = {
    ...WAVEFORM_FLAGS,
    speed: MACHINE_FLAGS.speed,
    bearing: MACHINE_FLAGS.bearing,
    levels: integer({
      description:
        'depth of the tree; by default as deep as bands carry what is sought: three times BPFI with bearing and speed; else as the length allows',
      min: 2,
      max: 12,
    }),
    ascii: boolean({ description: 'draw with characters of ASCII' }),
  }

  async run(): Promise<KurtogramAnswer> {
    const { args, flags } = await this.parse(AnalyzeKurtogram)
    const input = await readVibration(args.target, await vibrationOptions(flags))
    const answer = atChannel(args.target, input.channel, () => kurtogramAnswer(input, { levels: flags.levels }))
    const isAscii = flags.ascii || process.env['TERM'] === 'linux'
    this.say(formatKurtogram(answer, { columns: process.stdout.columns ?? 80, shades: isAscii ? 'ascii' : 'blocks' }))
    return answer
  }
}
