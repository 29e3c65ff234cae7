import process from 'node:process'
import { acquire, type RoadReport } from '../acquisition/acquire.js'
import type { Surroundings } from '../drivers/contract.js'
import { folderOfStart } from '../headless/folder-of-start.js'
import { type RecordingSummary, summaryOf } from '../output/recording-summary.js'
import { counted } from '../readings/counted.js'
import { attendedTargets } from './attended-targets.js'
import { clockComparison } from './compare-clock.js'
import { keepRecording } from './keep-recording.js'
import type { RecordingWishes } from './recording-flags.js'
import { RecordingLine } from './recording-line.js'
import { type SinkChoice, sinksNamed } from './sink-flags.js'
import type { StopSignals } from './stop-signals.js'

interface RecordRequest {
  readonly targets: readonly string[]
  readonly flags: RecordingWishes &
    SinkChoice & {
      readonly out: string
      readonly for?: number | undefined
      readonly 'keep-trying': boolean
      readonly site?: string | undefined
      readonly status?: string | undefined
      readonly json?: boolean | undefined
    }
  readonly around: Surroundings
  readonly stop: StopSignals
  readonly tool: string
  /** For people. */
  readonly mention: (text: string) => void
}

/** Records what was named until its time is over or somebody stops it, and lets others look after it meanwhile. */
export async function recordTargets(request: RecordRequest): Promise<{ readonly report: RoadReport; readonly summary: RecordingSummary }> {
  const { targets, flags, stop, tool } = request
  const line = process.stderr.isTTY && flags.json !== true ? new RecordingLine(process.stderr) : null
  const around = line === null ? request.around : { ...request.around, log: line.makingWay(request.around.log) }
  const mention = (text: string): void => {
    line?.clear()
    request.mention(text)
  }
  const folder = folderOfStart(flags.out, around.clock.now())
  const recording = await keepRecording(folder, flags, around)
  const beside = await sinksNamed(flags, around)
  const attended = await attendedTargets({ targets, flags, around, recording, stop, watched: line, say: mention })
  mention(`recording ${counted(attended.sensors.length, 'sensor')} into ${folder}${flags.for === undefined ? '; Ctrl-C ends it' : ''}`)
  const report = await acquire({
    ...attended,
    purpose: `record ${targets.join(' ')}`.trim(),
    tool,
    sinks: [recording.sink, ...beside],
    around,
    compareClock: clockComparison(flags.ntp, around),
    startUp: flags['keep-trying'] ? 'keep-trying' : 'fail-if-none',
    ...(flags.for === undefined ? {} : { durationMs: flags.for }),
  })
  return { report, summary: summaryOf(folder, { report, parts: recording.progress().parts }) }
}
