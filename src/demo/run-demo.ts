import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RoadReport } from '../acquisition/acquire.js'
import { EVERY_READING } from '../cli/recording-flags.js'
import type { ScreenWishes } from '../cli/screen-flags.js'
import { watchRecording } from '../cli/watch-recording.js'
import { type WatchOutput, watchRoad } from '../cli/watch-road.js'
import type { Surroundings } from '../drivers/contract.js'
import { Fault } from '../faults/fault.js'
import { formatRecordingSummary, type RecordingSummary, summaryOf } from '../output/recording-summary.js'
import { shellWord } from '../output/shell-word.js'
import type { Site } from '../readings/asset.js'
import { counted } from '../readings/counted.js'
import { saveSite } from '../site/save-site.js'
import { type Diagnosis, diagnose } from './diagnose.js'
import { findPlant, probePlant } from './find-plant.js'
import { portFlags, startPlantProcess } from './plant-process.js'
import { pushSite } from './push-site.js'
import type { Stage } from './stage.js'

export const DEMO_STEPS = 6

export interface DemoOptions {
  readonly folder: string
  readonly watchMs: number
  readonly seed: number
  readonly output: WatchOutput['output']
  readonly screen: ScreenWishes
  readonly around: Surroundings
  readonly stage: Stage
  readonly tool: string
}

/** `demo --json`. */
export interface DemoSummary {
  readonly schema: 'chatterfix/demo/1'
  readonly found: number
  readonly sensors: number
  readonly recording: RecordingSummary
  readonly diagnosis: Diagnosis
  readonly revision: number
  readonly folder: string
}

/**
 * The main job on the embedded plant, from discovery to the pushed configuration, with real servers on loopback.
 * @throws Fault of the step that failed.
 */
export async function runDemo(options: DemoOptions): Promise<DemoSummary> {
  const { folder, around, stage, seed } = options
  await mkdir(folder, { recursive: true })
  const goOn = (): void => unlessInterrupted(around.signal)
  stage.step('Start the embedded plant', [])
  await using plant = await startPlantProcess({ seed, signal: around.signal })
  stage.result(
    Object.entries(plant.addresses)
      .map(([name, address]) => `${name.padEnd(7)} ${address ?? 'not available here'}`)
      .join('\n'),
  )
  stage.byHand(`chatterfix simulate --seed ${seed}${portFlags(plant.addresses)}`)

  const findings = await findPlant(plant, options)
  goOn()
  const { site } = await probePlant(findings, { ...options, plant })
  goOn()
  const file = join(folder, 'chatterfix.yaml')
  await saveSite(file, site, { why: 'drafted by the demo; nameplates added by hand' })
  stage.result(`${counted(site.sensors.length, 'sensor')} written to ${file}`)

  const recording = await watchAndRecord(site, options)
  goOn()
  const diagnosis = await diagnose(recording.path, options)
  goOn()
  const revision = await pushSite(site, { ...options, folder: join(folder, 'licence-server') })
  return { schema: 'chatterfix/demo/1', found: findings.length, sensors: site.sensors.length, recording, diagnosis, revision, folder }
}

async function watchAndRecord(
  site: Site,
  { folder, watchMs, output, screen, around, stage, tool }: DemoOptions,
): Promise<RecordingSummary> {
  const path = join(folder, 'recording')
  stage.step(
    'Watch and record: live values, every one of them kept',
    `chatterfix watch --site ${shellWord(join(folder, 'chatterfix.yaml'))} --record ${shellWord(`${path}-by-hand`)} --for ${watchMs / 1000}s`,
  )
  const recording = await watchRecording(path, EVERY_READING, around)
  const report = await watchRoad(
    { sensors: site.sensors, assets: site.assets, site: site.name, purpose: 'demo', tool, around, durationMs: watchMs },
    { output, ...screen, recording },
  )
  unlessInterrupted(around.signal)
  const summary = summaryOf(path, { report, parts: recording.parts() })
  stage.result(formatRecordingSummary(summary))
  mustBalance(summary, report)
  return summary
}

function mustBalance({ produced, stored, dropped, path }: RecordingSummary, { endedBy }: RoadReport): void {
  if (produced > 0 && produced === stored + dropped && endedBy !== 'fault') return
  throw new Fault('DEMO_FAILED', {
    message: 'the recording does not account for everything that was produced',
    because: `produced ${produced}, stored ${stored}, dropped ${dropped}, ended by ${endedBy}`,
    advice: { command: `chatterfix recordings verify ${path}` },
  })
}

/** @throws Fault INTERRUPTED, so that half a step is not taken for a failed one. */
function unlessInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new Fault('INTERRUPTED', { message: 'the demo was stopped before its end' })
}
