import type { SheetEntry } from '../../commissioning/sheet.js'
import { reasonOf } from '../../faults/fault.js'
import type { Happening, SensorKey } from '../../readings/measurement.js'
import { attendAlarm, attendEvent, shelveAlarm, unshelveAlarm } from '../live/attend.js'
import type { LayoutFile } from '../panes/saved-layout.js'
import type { CommissioningFacts } from '../picture.js'
import type { Frame } from '../screen/compose-frame.js'
import type { LayoutPlace } from '../screen/layout-mode/layout-over.js'
import type { DashboardStore } from '../store.js'
import type { DashboardAction } from './dashboard-action.js'
import { performWork } from './perform-work.js'
import type { WorkAbilities } from './work-abilities.js'

/** Where layouts are kept. */
export interface LayoutShelf {
  /** Those that can be shown now; the site's before the person's own. */
  saved(): readonly LayoutFile[]
  /** @returns a word to the person. */
  save(file: LayoutFile, into: LayoutPlace): Promise<string>
}

/** Where sensors are commissioned. */
export interface Desk extends CommissioningFacts {
  arm(sensor: SensorKey | null): void
  /** Never rejects: what could not be kept is its `trouble`. */
  add(entry: SheetEntry): Promise<void>
}

/** What the world outside can do for the dashboard; what is left out is not possible in this run, and is said to be so. */
export interface Abilities {
  readonly layouts?: LayoutShelf
  readonly commissioning?: Desk
  readonly work?: WorkAbilities
}

interface ActionWorld {
  readonly store: DashboardStore
  readonly abilities: Abilities
  /** For what becomes known later. */
  readonly say: (text: string) => void
  /** What the screen shows now. */
  readonly frame?: () => Frame
}

/** An action that needs no terminal. @returns a short word to the person; null where there is nothing to say. */
export function performAction(
  action: Exclude<DashboardAction, { readonly kind: 'quit' | 'suspend' | 'redraw' | 'show' }>,
  { store, abilities, say, frame }: ActionWorld,
): string | null {
  const { live, clock, who } = store
  const attendance = { at: clock.now(), who }
  switch (action.kind) {
    case 'mark':
      if (!store.recording?.()) return 'no recording to mark'
      return kept({ kind: 'event', at: clock.now(), event: 'mark', severity: 'note', text: action.text, sensors: [] }, store) ?? 'mark set'
    case 'work':
      return performWork(action.work, { work: abilities.work, say, ...(frame && { frame }) })
    case 'save-layout':
      if (!abilities.layouts) return 'layouts are not kept in this run'
      void abilities.layouts.save(action.file, action.into).then(say, (thrown: unknown) => say(reasonOf(thrown)))
      return null
    case 'write-down':
      void abilities.commissioning?.add(action.entry)
      return abilities.commissioning ? null : 'this run keeps no commissioning sheet'
    case 'arm':
      abilities.commissioning?.arm(action.sensor)
      return null
    case 'say':
      return action.text
    case 'acknowledge':
      return kept(attendEvent(live, action.event, attendance), store)
    case 'acknowledge-alarm':
      return kept(attendAlarm(live, live.indexOf.get(action.sensor) ?? -1, attendance), store)
    case 'shelve':
      return kept(shelveAlarm(live, action.alarm, action.shelved, attendance), store)
    case 'unshelve':
      return kept(unshelveAlarm(live, action.alarm, attendance), store)
  }
}

/** What somebody did about an alarm is an event itself. */
function kept(happening: Happening | null, store: DashboardStore): string | null {
  if (happening) store.tell(happening)
  return happening ? null : 'nothing to do there'
}
