import { AnalysisFault } from '../analysis/analysis-fault.js'
import { locatedAt } from '../faults/fault.js'

/** Works something out of one channel, or, where it is null, of a file; what the samples cannot answer is told with their file and channel. @throws Fault ANALYSIS_IMPOSSIBLE */
export function atChannel<Answer>(file: string, channel: string | null, work: () => Answer): Answer {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof AnalysisFault) throw locatedAt(thrown, channel === null ? { file } : { file, channel })
    throw thrown
  }
}
