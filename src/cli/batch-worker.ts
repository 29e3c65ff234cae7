import { parentPort } from 'node:worker_threads'
import { analyseFile } from '../batch-analysis/analyse-file.js'
import type { BatchAnswer, BatchTask } from '../batch-analysis/worker-pool.js'
import { reportFault } from '../output/fault-report.js'
import { faultOf } from './fault-of.js'

/** A thread that analyses one file after the other and answers with what came of it. */
parentPort?.on('message', ({ path, options }: BatchTask) => {
  void analyseFile(path, options).then(
    (assessments) => answer({ assessments, error: null }),
    (thrown: unknown) => answer({ assessments: [], error: reportFault(faultOf(thrown, 'analyze vibration')) }),
  )
})

function answer(what: BatchAnswer): void {
  parentPort?.postMessage(what)
}
