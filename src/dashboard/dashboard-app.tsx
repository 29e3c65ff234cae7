import { type Key, useInput, useStdin } from 'ink'
import { useLayoutEffect } from 'react'
import type { KeyPress, SpecialKey } from './keys/key-press.js'
import type { Row } from './rows/style.js'

export interface DashboardAppProps {
  /** As many as the screen has, each as wide. */
  readonly rows: readonly Row[]
  /** Puts them on the screen; for why Ink does not, see README.md. */
  readonly paint: (rows: readonly Row[]) => void
  readonly onKey: (key: KeyPress) => void
}

/** Props in, frame out; keys go up. */
export function DashboardApp({ rows, paint, onKey }: DashboardAppProps): null {
  const { isRawModeSupported } = useStdin()
  useInput(
    (input, key) => {
      for (const press of keyPresses(input, key)) onKey(press)
    },
    { isActive: isRawModeSupported },
  )
  useLayoutEffect(() => {
    paint(rows)
  }, [rows, paint])
  return null
}

const SPECIAL: readonly (readonly [flag: keyof Key, name: SpecialKey, shifted?: SpecialKey])[] = [
  ['upArrow', 'up', 'shift-up'],
  ['downArrow', 'down', 'shift-down'],
  ['leftArrow', 'left', 'shift-left'],
  ['rightArrow', 'right', 'shift-right'],
  ['tab', 'tab', 'shift-tab'],
  ['pageUp', 'page-up'],
  ['pageDown', 'page-down'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
]
const LETTER = /^[a-z]$/

/** Ink's words for a key in ours. Several letters arrive at once where somebody types faster than we read, or pastes. */
export function keyPresses(input: string, key: Key): readonly KeyPress[] {
  const special = SPECIAL.find(([flag]) => key[flag])
  if (special) return [{ name: (key.shift ? special[2] : undefined) ?? special[1] }]
  if (key.ctrl) return LETTER.test(input) ? [{ name: `ctrl-${input}` }] : []
  return [...input].flatMap(pressOf)
}

/** One character of a run of keys. */
function pressOf(character: string): readonly KeyPress[] {
  if (character === '\r' || character === '\n') return [{ name: 'enter' }]
  if (character === '\u007f' || character === '\b') return [{ name: 'backspace' }]
  if (character === '\t') return [{ name: 'tab' }]
  if (character === '\u0003') return [{ name: 'ctrl-c' }]
  if (character === '\u001b') return [{ name: 'escape' }]
  return character < ' ' ? [] : [{ name: 'text', text: character }]
}
