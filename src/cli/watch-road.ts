import process from 'node:process'
import { acquire, type RoadReport, type RoadRequest } from '../acquisition/acquire.js'
import { linesOf } from '../acquisition/lines-of.js'
import type { DemandedRecording } from '../acquisition/recording-on-demand.js'
import type { RunningRoad } from '../acquisition/running-road.js'
import { runWithDashboard } from '../dashboard/run-with-dashboard.js'
import { createDashboardSink } from '../dashboard/store.js'
import type { Log, Surroundings } from '../drivers/contract.js'
import { RawValues } from '../drivers/raw-values.js'
import { createLineWriter } from '../output/line-writer.js'
import type { Sink } from '../sinks/contract.js'
import type { LoadedSite } from '../site/load-site.js'
import { openAbilities } from './open-abilities.js'
import { openWork, type WorkWishes } from './open-work.js'
import { type OutliveScreen, outliveScreen } from './outlive-screen.js'
import type { ScreenWishes } from './screen-flags.js'
import { terminalLooks } from './terminal-looks.js'
import { userName } from './user-name.js'
import type { WatchRecording } from './watch-recording.js'

export interface WatchOutput extends ScreenWishes, Omit<WorkWishes, 'recording' | 'site'> {
  readonly output: 'dashboard' | 'lines' | 'jsonl' | 'nothing'
  readonly recording: WatchRecording | undefined
  /** Its file keeps layouts; left out or null where the run has none. */
  readonly site?: LoadedSite | null
  /** The recording goes on when the screen is left or the terminal is gone; left out: it ends with the screen. */
  readonly outlive?: OutliveScreen | undefined
  /** As `FullScreenOptions.onOpening`. */
  readonly onOpening?: (() => void) | undefined
  /** The sinks beside it; what they have to say goes where the rest goes. */
  readonly beside?: (around: Surroundings) => Promise<readonly Sink[]>
}

export interface WatchReport extends RoadReport {
  /** `gone`: whoever read the lines has closed the pipe (`| head`). */
  readonly reader: 'there' | 'gone'
  /** Begun and ended at the screen. */
  readonly made: readonly DemandedRecording[]
}

/** The road with a face: the dashboard or lines, and a recording beside it where one was asked for. */
export async function watchRoad(wanted: Omit<RoadRequest, 'sinks'>, how: WatchOutput): Promise<WatchReport> {
  const request = how.recording ? { ...wanted, compareClock: how.recording.compareClock } : wanted
  if (how.output === 'dashboard') return { ...(await onScreen(request, how)), reader: 'there' }
  const kept = [...(how.recording ? [how.recording.sink] : []), ...((await how.beside?.(request.around)) ?? [])]
  switch (how.output) {
    case 'nothing':
      return { ...(await acquire({ ...request, sinks: kept })), reader: 'there', made: [] }
    case 'lines':
    case 'jsonl':
      return await inLines(request, how, kept)
  }
}

async function inLines(request: Omit<RoadRequest, 'sinks'>, how: WatchOutput, kept: readonly Sink[]): Promise<WatchReport> {
  const readerGone = new AbortController()
  const { recording, outlive } = how
  const onLeft = recording && outlive ? outliveScreen(outlive, recording.path) : undefined
  const lines = createLineWriter({
    output: process.stdout,
    format: how.output === 'jsonl' ? 'jsonl' : 'lines',
    // A reader that stalls must not hold up what is being recorded.
    policy: kept.length > 0 ? 'latest' : 'wait',
    onReaderGone: () => (onLeft ? onLeft('reader-gone') : readerGone.abort()),
  })
  const signal = AbortSignal.any([request.around.signal, readerGone.signal])
  const report = await acquire({ ...request, around: { ...request.around, signal }, sinks: [lines, ...kept] })
  return { ...report, reader: readerGone.signal.aborted ? 'gone' : 'there', made: [] }
}

async function onScreen(request: Omit<RoadRequest, 'sinks'>, how: WatchOutput): Promise<Omit<WatchReport, 'reader'>> {
  const { bandwidth, recording, filter, looks, face, beside, outlive } = how
  const { around } = request
  const who = userName()
  const opening = openWork(how, { dashboard: () => dashboard, around, who })
  const { onDemand, work } = opening
  const lines = await linesOf(request.sensors)
  const lineOf = new Map(lines.flatMap(({ name, sensors }) => sensors.map(({ key }) => [key, name] as const)))
  const dashboard = createDashboardSink({
    clock: around.clock,
    who,
    lineOf,
    recording: opening.recording,
    ...(how.pace && { pace: how.pace }),
  })
  const log: Log = {
    note: (text, facts) => {
      around.log.note(text, facts)
      dashboard.log.note(text, facts)
    },
    warn: (text, facts) => {
      dashboard.log.warn(text, facts)
      if (isLeft) around.log.warn(text, facts)
    },
  }
  let isLeft = false
  const onLeft = recording && outlive ? outliveScreen(outlive, recording.path) : undefined
  await using opened = await openAbilities(how, { dashboard, clock: around.clock, log, work })
  const { abilities, layout } = opened
  let road: RunningRoad | undefined
  const raw = new RawValues()
  const recorders = [...(recording ? [recording.sink] : []), ...(onDemand ? [onDemand] : [])]
  const kept = [...recorders, ...((await beside?.({ ...around, log })) ?? [])]
  const report = await runWithDashboard({
    dashboard: {
      store: dashboard.store,
      title: request.site ?? request.purpose.replace(/^watch /, ''),
      bandwidth,
      looks: looks ?? terminalLooks({}, process.env),
      face: face ?? 'screen',
      ...(filter === undefined ? {} : { filter }),
      ...(layout === undefined ? {} : { layout }),
      abilities,
      onOpening: how.onOpening,
      traffic: (line) => road?.traffic(line) ?? null,
      raw: (sensor) => raw.read(sensor),
    },
    stop: around.signal,
    run: (signal) =>
      acquire({
        ...request,
        around: { ...around, signal, log, raw, ...(how.pace && { pace: how.pace }) },
        sinks: [dashboard, ...kept],
        attend: (running) => {
          road = running
          return Promise.resolve()
        },
      }),
    staysOpen: ({ endedBy }) => endedBy === 'end-of-input' && request.durationMs === undefined,
    ...(onLeft && {
      onLeft: (cause) => {
        isLeft = true
        onLeft(cause)
      },
    }),
  })
  return { ...report, made: onDemand?.made ?? [] }
}
