import { extname } from 'node:path'
import type { ResultLine } from '../batch-analysis/batch-result.js'
import { Fault } from '../faults/fault.js'
import { batchPage } from '../reports/batch-page.js'
import type { Provenance } from '../reports/provenance.js'
import { vibrationPlots } from '../reports/vibration-plots.js'
import { isWorthDrawing, type Reported, worstFirst } from '../reports/worst-first.js'
import { readVibration, type VibrationOptions } from '../waveform-files/read-vibration.js'

/** @throws Fault USAGE of an ending that many channels have no report of. */
export function checkBatchReport(path: string): void {
  if (extname(path).toLowerCase() === '.html') return
  throw new Fault('USAGE', {
    message: `--report ${path} is no page`,
    because: 'the report of many channels is .html',
    advice: { help: '--report route.html' },
  })
}

/** More drawings make a page that opens slowly, and nobody looks at. */
const MOST_DRAWN = 24

/** Writes what many channels say as one page, with spectra of the worst, read again. @throws the file system's own. */
export async function writeBatchReport(
  path: string,
  lines: readonly ResultLine[],
  { provenance, options }: { readonly provenance: Provenance; readonly options: VibrationOptions },
): Promise<void> {
  const { replaceFile } = await import('../recordings/replace-file.js')
  const reported = lines.map(
    (line): Reported =>
      line.type === 'failure'
        ? { path: line.path, failure: line.error.because ?? line.error.message }
        : { path: line.path, assessment: line },
  )
  const wanted = new Set(worstFirst(reported).filter(isWorthDrawing).slice(0, MOST_DRAWN))
  const drawn: Reported[] = []
  for (const each of reported) drawn.push(wanted.has(each) ? await withPlots(each, options) : each)
  await replaceFile(path, batchPage(drawn, provenance))
}

/** A file that an earlier run looked at may be gone: then its section has no spectra. */
async function withPlots(each: Reported, options: VibrationOptions): Promise<Reported> {
  if ('failure' in each) return each
  try {
    const input = await readVibration(each.path, { ...options, sensor: each.assessment.channel })
    return { ...each, plots: vibrationPlots(input, each.assessment, null) }
  } catch (thrown) {
    if (thrown instanceof Fault || (thrown as NodeJS.ErrnoException).code === 'ENOENT') return each
    throw thrown
  }
}
