/** Panes are being arranged: what the next key means. */
export type LayoutOver =
  /** `arrows`: what they do with the focused pane. */
  | { readonly kind: 'layout'; readonly step: 'arrange'; readonly arrows: ArrowUse }
  /** Which view the focused pane shows; `chosen` counts into those that fit `text`. */
  | { readonly kind: 'layout'; readonly step: 'view'; readonly text: string; readonly chosen: number }
  /** The name to save under. */
  | { readonly kind: 'layout'; readonly step: 'name'; readonly text: string; readonly into: LayoutPlace }

export type ArrowUse = 'focus' | 'move' | 'size'

/** Where a layout is kept: in the person's own folder, or in the site file for everybody. */
export type LayoutPlace = 'user' | 'site'

export const ARRANGE: LayoutOver = { kind: 'layout', step: 'arrange', arrows: 'focus' }
