import type { SheetEntry } from '../../commissioning/sheet.js'
import type { SensorKey } from '../../readings/measurement.js'
import type { Shelvable } from '../live/attend.js'
import type { ShelvedAlarm } from '../live/attention.js'
import type { LayoutFile } from '../panes/saved-layout.js'
import type { LayoutPlace } from '../screen/layout-mode/layout-over.js'
import type { ViewId } from '../views/view-id.js'
import type { WorkWish } from './work-wish.js'

/** What a key or command wants done beyond the choices of the person: data, so that views stay pure. `perform-action.ts` does it. */
export type DashboardAction =
  | { readonly kind: 'quit' }
  | { readonly kind: 'suspend' }
  /** Everything is drawn afresh. */
  | { readonly kind: 'redraw' }
  /** A mark in the recording. */
  | { readonly kind: 'mark'; readonly text: string }
  /** A short word to the person, in the key line. */
  | { readonly kind: 'say'; readonly text: string }
  /** Goes to a view: to the pane that has it, else in the focused one. */
  | { readonly kind: 'show'; readonly view: ViewId }
  | { readonly kind: 'save-layout'; readonly file: LayoutFile; readonly into: LayoutPlace }
  /** A line into the commissioning sheet. */
  | { readonly kind: 'write-down'; readonly entry: SheetEntry }
  /** Whose response is looked for; null: nobody's. */
  | { readonly kind: 'arm'; readonly sensor: SensorKey | null }
  | { readonly kind: 'work'; readonly work: WorkWish }
  | { readonly kind: 'acknowledge'; readonly event: number }
  | { readonly kind: 'acknowledge-alarm'; readonly sensor: SensorKey }
  | { readonly kind: 'shelve'; readonly alarm: Shelvable; readonly shelved: Pick<ShelvedAlarm, 'until' | 'reason'> }
  | { readonly kind: 'unshelve'; readonly alarm: Shelvable }
