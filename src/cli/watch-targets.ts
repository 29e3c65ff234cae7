import process from 'node:process'
import { exit } from '@oclif/core/errors'
import { resolveSensors } from '../acquisition/resolve-sensors.js'
import type { Surroundings } from '../drivers/contract.js'
import { EXIT } from '../faults/exit-code.js'
import { Fault } from '../faults/fault.js'
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
import { watchStarting } from './watch-starting.js'

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

interface Watched {
  readonly report: WatchReport
  readonly summary: WatchSummary
}

/** As `shownTargets`, on a terminal that says at once that something comes. */
export async function watchTargets(request: WatchRequest): Promise<Watched> {
  const { output, flags } = request
  const letGo = output === 'dashboard' && !flags['screen-reader'] ? watchStarting() : () => undefined
  try {
    return await shownTargets(request, letGo)
  } finally {
    letGo()
  }
}

/** Shows what was named, and records it where that was asked for, until its time is over or somebody ends it. */
async function shownTargets(request: WatchRequest, onOpening: () => void): Promise<Watched> {
  const { targets, flags, around, output, tool } = request
  let site: LoadedSite | null = null
  const resolved = await resolveSensors(targets, {
    site: async () => {
      const looks = terminalLooks(flags, process.env)
      site = await siteToWatch({ file: flags.site, output, targets, around, looks, onOpening }).catch((thrown: unknown) =>
        endWithoutSite(thrown, request),
      )
      return site
    },
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
      onOpening,
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

/** Whoever leaves the first walk did nothing wrong, so there is no word of an error; the exit code is that of whoever ends a command before its end. */
function endWithoutSite(thrown: unknown, { around, outlive }: WatchRequest): never {
  if (!(thrown instanceof Fault) || thrown.code !== 'INTERRUPTED' || around.signal.aborted) throw thrown
  outlive.mention(thrown.message)
  return exit(EXIT.interrupted)
}
