import { channelCopies, type NamedChannel } from '../analysis/conditioning/channel-copies.js'
import { assessVibration } from '../analysis/vibration/assess.js'
import type { VibrationAssessment, VibrationInput } from '../analysis/vibration/assessment.js'
import { atChannel } from '../waveform-files/at-channel.js'
import { readVibrations, type VibrationOptions } from '../waveform-files/read-vibration.js'

/** Channels together hold no more than this, or they are not compared with each other. */
const MOST_COMPARED = 2 ** 23

/**
 * Every channel of a file or recording, or the one that was named. Channels that are copies of one another say so;
 * `take` gets each as it is done, before that is known.
 *
 * @throws Fault of the file.
 */
export async function analyseFile(
  path: string,
  options: VibrationOptions,
  take: (input: VibrationInput, assessment: VibrationAssessment) => void = () => undefined,
): Promise<VibrationAssessment[]> {
  const assessments: VibrationAssessment[] = []
  const kept: NamedChannel[] = []
  let held = 0
  for await (const input of readVibrations(path, options)) {
    const assessment = atChannel(path, input.channel, () => assessVibration(input))
    assessments.push(assessment)
    take(input, assessment)
    held += input.samples.length
    if (held <= MOST_COMPARED) kept.push({ name: input.channel, samples: input.samples })
    else kept.length = 0
  }
  const copies = kept.length === assessments.length && kept.length > 1 ? channelCopies(kept) : []
  return assessments.map((assessment) => ({
    ...assessment,
    warnings: [
      ...assessment.warnings,
      ...copies.flatMap((copy) => (copy.kind === 'copies' && copy.channels.includes(assessment.channel) ? [copy.text] : [])),
    ],
  }))
}
