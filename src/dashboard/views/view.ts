import type { SensorKey } from '../../readings/measurement.js'
import type { DashboardAction } from '../actions/dashboard-action.js'
import type { KeyBinding } from '../keys/key-binding.js'
import type { KeyPress } from '../keys/key-press.js'
import type { Picture } from '../picture.js'
import type { Row } from '../rows/style.js'
import type { ViewId } from './view-id.js'

/** In cells, without the heading, which the frame of the pane draws. */
export interface PaneSize {
  readonly columns: number
  readonly rows: number
}

/** What a view may look at when a key is pressed: the picture of the last frame, and how large its pane was then. */
export interface PaneMoment {
  readonly picture: Picture
  readonly size: PaneSize
}

/** What a key did. */
export interface ViewOutcome<State> {
  readonly state: State
  /** The sensor that every view is about from now on; left out: as before. */
  readonly selected?: SensorKey
  readonly action?: DashboardAction
}

/** A pane as it is drawn. */
export interface ViewContent<State> {
  /** Behind number and title in the heading: counts, range, filter. */
  readonly heading: Row
  /** Whatever the frame does not cut or fill up itself: any number of rows of any width. */
  readonly rows: readonly Row[]
  /** The state as it came to fit what there is (a window that follows its cursor); left out: as it was. */
  readonly state?: State
  /** As in `ViewOutcome`, e.g. where the filter left the selected sensor out. */
  readonly selected?: SensorKey | null
}

/**
 * One way to look at the plant: a row of `registry.ts`. Pure throughout: no clock, no I/O, nothing kept between calls but `State`, which is plain
 * JSON, so that it can be saved in a layout. Methods, so that views of different states fit into one table; only the view itself looks into its state.
 */
export interface View<State = unknown> {
  readonly id: ViewId
  readonly title: string
  /** What it is good for, for help and command bar. */
  readonly about: string
  /** Keys that mean something here. None of `screen/screen-keys.ts`, which come first. */
  readonly keys: readonly ViewKey<State>[]
  /** What is chosen before anybody chose. */
  first(): State
  /** Its state out of a file that somebody may have edited; what is not understood is as in `first`. */
  restore(saved: unknown): State
  compose(picture: Picture, pane: { readonly state: State; readonly size: PaneSize }): ViewContent<State>
  /** While it takes text (a filter, a reason) every key but Ctrl ones comes here, and none of `keys` holds; undefined while it does not. */
  typing?(state: State): ((key: KeyPress, at: PaneMoment) => ViewOutcome<State>) | undefined
  /** What keys do meanwhile, for the key line, what matters most first; left out: Enter goes on, Esc leaves it. */
  typingHints?(state: State): readonly (readonly [shown: string, hint: string])[]
  /** How many rows it can use at this width, without the heading; left out where more is always better. */
  rowsWanted?(picture: Picture, pane: { readonly state: State; readonly columns: number }): number
}

export interface ViewKey<State> extends Omit<KeyBinding<unknown>, 'act'> {
  act(state: State, at: PaneMoment): ViewOutcome<State>
}
