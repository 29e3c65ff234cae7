import { AnalysisFault } from '../analysis/analysis-fault.js'
import { locatedAt } from '../faults/fault.js'

/** Works something out of one channel; what the samples cannot answer is told with their file and channel. @throws Fault ANALYSIS_IMPOSSIBLE */
export function atChannel<Answer>(file: string, channel: string, work: () => Answer): Answer {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof AnalysisFault) throw locatedAt(thrown, { file, channel })
    throw thrown
  }
}
