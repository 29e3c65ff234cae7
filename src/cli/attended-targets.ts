import process from 'node:process'
import type { RoadRequest } from '../acquisition/acquire.js'
import type { Resolved } from '../acquisition/resolve-sensors.js'
import type { Surroundings } from '../drivers/contract.js'
import { attendRecording } from '../headless/attend-recording.js'
import { followSite } from '../headless/followed-site.js'
import { openStatusPlace } from '../headless/open-status-place.js'
import { serviceNotifier } from '../headless/service-notifier.js'
import type { StatusPlace } from '../headless/status-place.js'
import { watchdogIntervalMs } from '../headless/watchdog-interval.js'
import { loadSite } from '../site/load-site.js'
import type { KeptRecording } from './keep-recording.js'
import { bothPlaces } from './recording-line.js'
import type { StopSignals } from './stop-signals.js'

interface AttendanceParts {
  readonly targets: readonly string[]
  readonly flags: { readonly site?: string | undefined; readonly status?: string | undefined }
  readonly around: Surroundings
  readonly recording: KeptRecording
  readonly stop: StopSignals
  /** Where a person looks on meanwhile; null where nobody does. */
  readonly watched: StatusPlace | null
  /** For people. */
  readonly say: (text: string) => void
}

/** What is recorded, and who looks after it meanwhile: systemd is told, `--status` is kept, SIGHUP reads the site file again. */
export async function attendedTargets(parts: AttendanceParts): Promise<Resolved & Required<Pick<RoadRequest, 'attend'>>> {
  const { targets, flags, around, recording, stop, watched, say } = parts
  const site = followSite(targets, { load: () => loadSite(flags.site), around })
  const resolved = await site.resolve()
  const kept = flags.status === undefined ? null : await openStatusPlace(flags.status, (text) => around.log.warn(text))
  const attend = attendRecording({
    clock: around.clock,
    log: around.log,
    pid: process.pid,
    notifier: serviceNotifier(process.env, around.log),
    watchdogMs: watchdogIntervalMs(process.env, process.pid),
    monotonicMicros: () => process.hrtime.bigint() / 1000n,
    status: bothPlaces(watched, kept),
    recording: recording.progress,
    reload: site.reload,
    onReloadWish: (wish) => stop.onReload(wish),
    say,
  })
  return { ...resolved, attend }
}
