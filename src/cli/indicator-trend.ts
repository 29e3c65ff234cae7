import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { FrequencyBand } from '../analysis/bearing/envelope-spectrum.js'
import { type IndicatorSeries, type IndicatorTrend, indicatorTrend } from '../analysis/trend/indicator-trend.js'
import type { FrozenBaseline } from '../analysis/trend/onset.js'
import type { Indicator } from '../analysis/vibration/indicator.js'
import { findWaveformFiles } from '../batch-analysis/find-waveform-files.js'
import { isRecording } from '../batch-analysis/is-recording.js'
import { Fault, reasonOf } from '../faults/fault.js'
import { replaceFile } from '../recordings/replace-file.js'
import { atChannel } from '../waveform-files/at-channel.js'
import { indicatorAlongFile, indicatorOfFiles } from '../waveform-files/indicator-series.js'
import type { VibrationOptions } from '../waveform-files/read-vibration.js'

const SCHEMA = 'chatterfix/baseline/1'
const MAX_BYTES = 64 * 1024

const kept = z.object({
  schema: z.literal(SCHEMA),
  indicator: z.string().max(100),
  unit: z.string().max(50).nullable(),
  count: z.number().int().min(1),
  median: z.number(),
  mad: z.number(),
  rank: z.number().int().min(1),
  limit: z.number(),
})

export interface IndicatorWishes {
  readonly indicator: Indicator
  readonly windowS: number
  readonly band: FrequencyBand | undefined
  readonly options: VibrationOptions
  /** How many of the first values are the baseline. */
  readonly baselineCount: number | undefined
  /** File of a baseline that was kept. */
  readonly against: string | undefined
  /** File to keep this one’s in. */
  readonly keep: string | undefined
}

/** Trend of an indicator over one file in windows, or over many files with a value each. @throws Fault of files and baseline. */
export async function trendOfIndicator(targets: readonly string[], wishes: IndicatorWishes): Promise<IndicatorTrend> {
  const files = await findWaveformFiles(targets)
  const [only] = files
  if (only === undefined) throw new Fault('WAVEFORMS_ABSENT', { message: `there are no waveforms in ${targets.join(', ')}`, advice: {} })
  const series =
    files.length === 1
      ? (await isRecording(only.path))
        ? await alongRecording(only.path, wishes)
        : await indicatorAlongFile(only.path, wishes)
      : await indicatorOfFiles(
          files.map(({ path }) => path),
          wishes,
        )
  const baseline = wishes.against === undefined ? null : await readBaseline(wishes.against, series)
  const trend = atChannel(targets.join(', '), null, () => indicatorTrend(series, { kept: baseline, baselineCount: wishes.baselineCount }))
  if (wishes.keep !== undefined) {
    const { count, median, mad, rank, limit } = trend.baseline
    await replaceFile(
      wishes.keep,
      `${JSON.stringify({ schema: SCHEMA, indicator: series.indicator, unit: series.unit, count, median, mad, rank, limit }, null, 2)}\n`,
    )
  }
  return trend
}

/** DuckDB is loaded only where there is a recording. */
async function alongRecording(folder: string, wishes: IndicatorWishes): Promise<IndicatorSeries> {
  const { indicatorAlongRecording } = await import('../waveform-files/indicator-of-recording.js')
  return await indicatorAlongRecording(folder, wishes)
}

async function readBaseline(path: string, series: { readonly indicator: string; readonly unit: string | null }): Promise<FrozenBaseline> {
  const text = await readFile(path, 'utf8')
  let parsed: z.infer<typeof kept>
  try {
    parsed = kept.parse(JSON.parse(text.slice(0, MAX_BYTES)))
  } catch (thrown) {
    throw new Fault('BASELINE_UNUSABLE', {
      message: `${path} is no baseline`,
      where: { file: path },
      because: reasonOf(thrown).slice(0, 300),
      advice: {},
    })
  }
  const { indicator, unit, count, median, mad, rank, limit } = parsed
  if (indicator === series.indicator && unit === series.unit) return { count, median, mad, rank, limit }
  throw new Fault('BASELINE_UNUSABLE', {
    message: `${path} is the baseline of something else`,
    where: { file: path },
    because: `it was learnt of ${indicator} in ${unit ?? 'no unit'}, this is ${series.indicator} in ${series.unit ?? 'no unit'}`,
    advice: {},
  })
}
