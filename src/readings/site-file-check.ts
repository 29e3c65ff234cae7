import type { z } from 'zod'
import type { Field } from './file-fields.js'
import { similar } from './similar.js'
import { fieldAt } from './site-file-fields.js'
import { describe, keyText, type SiteFileProblem } from './site-file-problem.js'
import { keysAt, type SiteFile } from './site-file-schema.js'

/** A problem that knows its place in the document, and not yet its line. */
export interface PlacedProblem extends Omit<SiteFileProblem, 'line'> {
  readonly path: readonly PropertyKey[]
}

/** How a kind of file words its mistakes. */
export interface FileWords {
  readonly fieldAt: (path: readonly PropertyKey[]) => Field
  /** The keys that may stand at a path, for "did you mean". */
  readonly keysAt: (path: readonly PropertyKey[]) => readonly string[]
}

const SHOWN_NAMES = 8

const SITE_WORDS: FileWords = { fieldAt, keysAt }

/** What the schema found, in the words of site-file-fields.ts or those of another kind of file. */
export function problemsOf(issue: z.core.$ZodIssue, file: unknown, words: FileWords = SITE_WORDS): PlacedProblem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...issue.path, key], words))
  const field = words.fieldAt(issue.path)
  const value = valueAt(file, issue.path)
  const meant = issue.code === 'invalid_value' && typeof value === 'string' ? didYouMean(value, issue.values.map(String)) : ''
  const said = issue.code === 'custom' ? (issue.params as { hint?: string; expected?: string } | undefined) : undefined
  const found = issue.code === 'invalid_key' ? JSON.stringify(String(issue.path.at(-1))) : `${describe(value)}${meant}`
  return [
    {
      path: issue.path,
      key: keyText(issue.path),
      expected: said?.expected ?? field.expected,
      found: said?.hint === undefined ? found : `${found} – ${said.hint}`,
      example: field.example,
    },
  ]
}

/** Names that nothing in the file carries. */
export function danglingReferences(file: SiteFile): PlacedProblem[] {
  const assets = Object.keys(file.assets ?? {})
  const sensors = Object.keys(file.sensors ?? {})
  return [
    ...Object.entries(file.assets ?? {}).flatMap(([key, asset]) => dangling(['assets', key, 'speed_sensor'], asset?.speed_sensor, sensors)),
    ...Object.entries(file.sensors ?? {}).flatMap(([key, sensor]) => dangling(['sensors', key, 'asset'], sensor.asset, assets)),
  ]
}

function dangling(path: readonly string[], name: string | undefined, known: readonly string[]): PlacedProblem[] {
  if (name === undefined || known.includes(name)) return []
  const [map, wanted] = path.at(-1) === 'asset' ? ['assets', 'an asset'] : ['sensors', 'a sensor']
  const meant = similar(name, known)
  const listed =
    known.length === 0 ? `it has no ${map}` : `${known.slice(0, SHOWN_NAMES).join(', ')}${known.length > SHOWN_NAMES ? ', …' : ''}`
  return [
    {
      path,
      key: keyText(path),
      expected: `${wanted} of this file (${listed})`,
      found: `${describe(name)}${didYouMean(name, known)}`,
      // An example must not be the very line that is wrong.
      example: meant === undefined ? `${wanted} ${name} under ${map}:` : `${String(path.at(-1))}: ${meant}`,
    },
  ]
}

function unknownKey(path: readonly PropertyKey[], words: FileWords): PlacedProblem {
  const known = words.keysAt(path.slice(0, -1))
  const name = String(path.at(-1))
  const meant = similar(name, known)
  return {
    path,
    key: keyText(path),
    expected: `a key of ${known.join(', ')}`,
    found: `${describe(name)}${didYouMean(name, known)}`,
    example: words.fieldAt([...path.slice(0, -1), meant ?? known[0] ?? '']).example,
  }
}

function didYouMean(name: string, known: readonly string[]): string {
  const meant = similar(name, known)
  return meant === undefined ? '' : ` – did you mean ${meant}?`
}

function valueAt(file: unknown, path: readonly PropertyKey[]): unknown {
  let value = file
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return value
}
