import { describe, expect, it } from 'vitest'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { targetsFor } from '../../../src/dashboard/screen/command-targets.js'
import { commandsFor } from '../../../src/dashboard/screen/commands.js'
import { pressed, typed } from '../pressed.js'
import { samplePicture } from '../sample-picture.js'

const names = (text: string): readonly string[] => targetsFor(text, samplePicture()).map(({ name }) => name)
const lastRow = (...keys: readonly string[]): string =>
  plainRow(pressed(samplePicture(), typed(...keys), { columns: 80, rows: 24 }).frame.rows.at(-1) ?? [])

describe('the command bar', () => {
  it('finds every command by its first letters and by the first letters of its words', () => {
    for (const { name } of commandsFor(samplePicture())) {
      const initials = name
        .split(/[- ]/)
        .map((word) => word[0])
        .join('')
      const found = (text: string) => targetsFor(text, samplePicture()).some((target) => target.name.startsWith(name))
      expect({ name, prefix: found(name.slice(0, 3)), initials: found(initials) }).toEqual({ name, prefix: true, initials: true })
    }
    expect(names('wri').slice(0, 2)).toEqual(['write', 'write-value VALUE'])
    expect(names('wv')[0]).toBe('write-value VALUE')
  })

  it('takes what follows a shortened command for its argument', () => {
    expect(names('fil pump')[0]).toBe('filter pump')
    expect(names('write-v 42')[0]).toBe('write-value 42')
  })

  it('shows behind the cursor what Tab makes of the text, and Tab does', () => {
    expect(lastRow(':dev')).toContain(':dev▏ices')
    expect(lastRow(':dvc')).toContain(':dvc▏ ⇥ devices')
    expect(lastRow(':wv', 'tab')).toContain(':write-value ▏VALUE')
    expect(lastRow(':devices')).toContain(':devices▏  ')
  })
})
