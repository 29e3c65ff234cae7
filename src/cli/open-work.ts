import { dirname } from 'node:path'
import process from 'node:process'
import { RecordingOnDemand } from '../acquisition/recording-on-demand.js'
import type { Recorder, WorkAbilities } from '../dashboard/actions/work-abilities.js'
import { standingAlarms } from '../dashboard/live/alarms.js'
import type { DashboardSink, RecordingState } from '../dashboard/store.js'
import { clipboardSequence } from '../dashboard/terminal/clipboard.js'
import type { Surroundings } from '../drivers/contract.js'
import { reasonOf } from '../faults/fault.js'
import { folderOfStart } from '../headless/folder-of-start.js'
import type { ReplayPace } from '../readings/replay-pace.js'
import type { LoadedSite } from '../site/load-site.js'
import { keepFile } from './keep-file.js'
import { keepRecording } from './keep-recording.js'
import { openLicenceDesk } from './licence-desk.js'
import { EVERY_READING, type RecordingWishes } from './recording-flags.js'
import { openRecordingShelf } from './recording-shelf.js'
import type { WatchRecording } from './watch-recording.js'
import { openWriteDesk } from './write-desk.js'

/** What a person before the screen may do in this run. */
export interface WorkWishes {
  readonly recording: WatchRecording | undefined
  /** How a recording that is begun at the screen is kept; every reading where nothing was said. */
  readonly recordingWishes?: RecordingWishes
  /** A replay that is steered. */
  readonly pace?: ReplayPace
  readonly writing?: 'allowed' | 'not-allowed'
  /** Where recordings lie; the working folder where nothing was said. */
  readonly recordingsFolder?: string
  readonly site?: LoadedSite | null
}

interface World {
  /** Asked for later only: the desk is opened before the sink. */
  readonly dashboard: () => DashboardSink
  readonly around: Surroundings
  readonly who: string
}

export interface OpenedWork {
  readonly work: WorkAbilities
  /** Takes what is recorded on demand; undefined where the run has a recording of its own, or is a replay. */
  readonly onDemand: RecordingOnDemand | undefined
  readonly recording: () => RecordingState | null
}

/** Recordings on demand, replay, licence, guarded write, clipboard and files: the edge of what the dashboard can have done. */
export function openWork(wishes: WorkWishes, world: World): OpenedWork {
  const { recording, pace, writing = 'not-allowed', site = null, recordingsFolder = recording ? dirname(recording.path) : '.' } = wishes
  const { dashboard, around, who } = world
  const wanted = wishes.recordingWishes ?? EVERY_READING
  const onDemand = recording || pace ? undefined : recorderSink(wanted, world)
  const desk = openWriteDesk({
    writing,
    site,
    around,
    who,
    addressOf: (sensor) => dashboard().store.live.sensors.find(({ key }) => key === sensor)?.address,
    written: (text, sensor) =>
      dashboard().store.tell({ kind: 'event', at: around.clock.now(), event: 'configuration', severity: 'note', text, sensors: [sensor] }),
  })
  return {
    onDemand,
    recording: () => {
      if (recording) return { path: recording.path, flushIntervalMs: recording.flushIntervalMs, tally: recording.sink.tally() }
      const current = onDemand?.current
      return current ? { path: current.folder, flushIntervalMs: wanted.flush, tally: current.tally } : null
    },
    work: {
      shelf: openRecordingShelf(recordingsFolder, around.clock),
      ...(onDemand && { recorder: recorderOf(onDemand, world) }),
      ...(pace ? { pace } : { writing: desk }),
      licence: openLicenceDesk(process.env, around.signal),
      copy: (text) => void process.stdout.write(clipboardSequence(text)),
      keep: keepFile,
    },
  }
}

function recorderSink(wishes: RecordingWishes, { dashboard, around }: World): RecordingOnDemand {
  const log = { note: () => undefined, warn: (text: string) => dashboard().log.warn(text) }
  return new RecordingOnDemand({
    clock: around.clock,
    make: async (folder) => (await keepRecording(folder, wishes, { ...around, log })).sink,
    standing: () => standingAlarms(dashboard().store.live, around.clock.now()),
    warn: log.warn,
  })
}

function recorderOf(onDemand: RecordingOnDemand, { dashboard, around: { clock } }: World): Recorder {
  return {
    get facts() {
      const made = onDemand.made.map(({ folder, tally: { stored, dropped } }) => ({ folder, stored, dropped }))
      return { proposal: folderOfStart('run-{start}', clock.now()), made }
    },
    async begin(folder) {
      try {
        await onDemand.begin(folder)
      } catch (thrown) {
        // A word in the key line is soon gone.
        dashboard().log.warn(reasonOf(thrown))
        throw thrown
      }
      return `recording into ${folder}`
    },
    async end() {
      const made = await onDemand.end()
      return made ? `recorded ${made.tally.stored} into ${made.folder}` : 'nothing was being recorded'
    },
  }
}
