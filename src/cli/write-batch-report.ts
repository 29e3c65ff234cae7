import { extname } from 'node:path'
import type { ResultLine } from '../batch-analysis/batch-result.js'
import { Fault } from '../faults/fault.js'
import { batchPage } from '../reports/batch-page.js'
import type { Provenance } from '../reports/provenance.js'

/** @throws Fault USAGE of an ending that many channels have no report of. */
export function checkBatchReport(path: string): void {
  if (extname(path).toLowerCase() === '.html') return
  throw new Fault('USAGE', {
    message: `--report ${path} is no page`,
    because: 'the report of many channels is .html',
    advice: { help: '--report route.html' },
  })
}

/** Writes what many channels say as one page. @throws the file system's own. */
export async function writeBatchReport(path: string, lines: readonly ResultLine[], provenance: Provenance): Promise<void> {
  const { replaceFile } = await import('../recordings/replace-file.js')
  const reported = lines.map((line) =>
    line.type === 'failure'
      ? { path: line.path, failure: line.error.because ?? line.error.message }
      : { path: line.path, assessment: line },
  )
  await replaceFile(path, batchPage(reported, provenance))
}
