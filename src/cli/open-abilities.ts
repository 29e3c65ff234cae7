import { resolve } from 'node:path'
import type { Abilities } from '../dashboard/actions/perform-action.js'
import type { WorkAbilities } from '../dashboard/actions/work-abilities.js'
import type { PaneLayout } from '../dashboard/panes/pane-tree.js'
import type { DashboardSink } from '../dashboard/store.js'
import type { Log } from '../drivers/contract.js'
import type { Clock } from '../readings/clock.js'
import type { LoadedSite } from '../site/load-site.js'
import { layoutFolder } from './list-layouts.js'
import type { WatchRecording } from './watch-recording.js'

interface Wanted {
  readonly layout?: string
  readonly site?: LoadedSite | null
  readonly recording: WatchRecording | undefined
}

/** What the dashboard can have done by the world outside, and the panes it begins with. */
export interface OpenedAbilities extends AsyncDisposable {
  readonly abilities: Abilities
  readonly layout?: PaneLayout
}

/**
 * Layouts, the commissioning desk, and the work of `openWork`. What is commissioned is kept beside the site file, else beside the recording, else nowhere.
 * @throws Fault LAYOUT_UNKNOWN, LAYOUT_INVALID, COMMISSIONING_INVALID, FILE_NOT_FOUND, FILE_PERMISSION.
 */
export async function openAbilities(
  { layout, site = null, recording }: Wanted,
  {
    dashboard,
    clock,
    log,
    work,
  }: { readonly dashboard: DashboardSink; readonly clock: Clock; readonly log: Log; readonly work: WorkAbilities },
): Promise<OpenedAbilities> {
  const { openShelf } = await import('../layouts/open-shelf.js')
  const { findLayout } = await import('../layouts/find-layout.js')
  const { CommissioningDesk } = await import('../commissioning/desk.js')
  const { journalPathOf } = await import('../commissioning/journal.js')
  const { neighbourRecords, stimulusRecord } = await import('../dashboard/commissioning/stimulus-record.js')
  const shelf = await openShelf(layoutFolder(), site)
  for (const { message, facts } of shelf.unread) log.note(message, { because: facts.because ?? '' })
  const shown = layout === undefined ? undefined : await findLayout(layout, shelf.saved())
  const path = site ? journalPathOf(site.path) : recording ? journalPathOf(resolve(recording.path)) : null
  const desk = await CommissioningDesk.open({
    path,
    clock,
    look: (sensor, since) => stimulusRecord(dashboard.store.live, sensor, since),
    neighbours: (sensor, since) => neighbourRecords(dashboard.store.live, sensor, since),
  })
  return {
    abilities: {
      layouts: shelf,
      commissioning: desk,
      work,
    },
    ...(shown === undefined ? {} : { layout: shown }),
    async [Symbol.asyncDispose]() {
      desk[Symbol.dispose]()
      await desk.settled()
    },
  }
}
