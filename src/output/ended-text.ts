import type { EndedBy } from '../sinks/contract.js'

const TEXTS: Readonly<Record<EndedBy, string>> = {
  duration: 'ended when its time was over',
  interrupt: 'ended when asked to',
  'end-of-input': 'ended with its input',
  fault: 'ended by a fault',
}

/** How a run ended, for people. */
export function endedText(endedBy: EndedBy): string {
  return TEXTS[endedBy]
}
