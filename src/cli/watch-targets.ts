import process from 'node:process'
import { resolveSensors } from '../acquisition/resolve-sensors.js'
import type { Surroundings } from '../drivers/contract.js'
import { summaryOf } from '../output/recording-summary.js'
import { terminalSafe } from '../output/terminal-safe.js'
import { type WatchSummary, watchSummaryOf } from '../output/watch-summary.js'
import type { LoadedSite } from '../site/load-site.js'
import type { OutliveScreen } from './outlive-screen.js'
import type { RecordingWishes } from './recording-flags.js'
import { type ScreenFlags, screenWishes } from './screen-flags.js'
import { type SinkChoice, sinksNamed } from './sink-flags.js'
import { siteToWatch } from './site-to-watch.js'
import { terminalLooks } from './terminal-looks.js'
import { watchRecording } from './watch-recording.js'
import { type WatchOutput, type WatchReport, watchRoad } from './watch-road.js'

interface WatchRequest {
  readonly targets: readonly string[]
  readonly flags: RecordingWishes &
    SinkChoice &
    ScreenFlags & {
      readonly site?: string | undefined
      readonly for?: number | undefined
      readonly record?: string | undefined
      readonly 'keep-recording': boolean
      readonly 'allow-write': boolean
    }
  readonly around: Surroundings
  readonly output: WatchOutput['output']
  readonly outlive: OutliveScreen
  readonly tool: string
}

/** Shows what was named, and records it where that was asked for, until its time is over or somebody ends it. */
export async function watchTargets(request: WatchRequest): Promise<{ readonly report: WatchReport; readonly summary: WatchSummary }> {
  const { targets, flags, around, output, tool } = request
  let site: LoadedSite | null = null
  const resolved = await resolveSensors(targets, {
    site: async () => (site = await siteToWatch({ file: flags.site, output, targets, around, looks: terminalLooks(flags, process.env) })),
    around,
  })
  const recording = flags.record === undefined ? undefined : await watchRecording(flags.record, flags, around)
  const report = await watchRoad(
    {
      ...resolved,
      purpose: `watch ${targets.join(' ')}`.trim(),
      tool,
      around,
      ...(flags.for === undefined ? {} : { durationMs: flags.for }),
    },
    {
      output,
      ...screenWishes(flags),
      recording,
      recordingWishes: flags,
      writing: flags['allow-write'] ? 'allowed' : 'not-allowed',
      site,
      outlive: flags['keep-recording'] ? request.outlive : undefined,
      beside: (world) => sinksNamed(flags, world),
    },
  )
  for (const { folder, tally } of report.made)
    request.outlive.mention(`recorded ${terminalSafe(folder)}: ${tally.stored} stored, ${tally.dropped} dropped`)
  return { report, summary: watchSummaryOf(report, recording ? summaryOf(recording.path, { report, parts: recording.parts() }) : null) }
}
