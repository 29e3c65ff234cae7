/** Names under which servers state how fast samples follow each other, without case, blanks and punctuation. */
const RATE_NAMES = /^(samplerate|samplingrate|samplefrequency|samplingfrequency)(hz|inhz)?$/
const SEQUENCE_NAMES = /^(sequence|sequencenumber|blocknumber|blockcounter)$/

/** Whether a node of this browse name states a sample rate in Hz. */
export function isSampleRateName(browseName: string): boolean {
  return RATE_NAMES.test(plain(browseName))
}

/** Whether a node of this browse name counts the blocks of a waveform. */
export function isSequenceName(browseName: string): boolean {
  return SEQUENCE_NAMES.test(plain(browseName))
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
