import { type Document, isScalar, LineCounter, parseDocument, stringify, visit } from 'yaml'
import type { Site } from './asset.js'
import { danglingReferences, type PlacedProblem, problemsOf } from './site-file-check.js'
import { fileFault, lineAt, type SiteFileProblem } from './site-file-problem.js'
import { siteFileSchema } from './site-file-schema.js'
import { assetEntry, assetOf, sensorEntry, sensorOf } from './site-file-words.js'

export const MAX_SITE_FILE_BYTES = 1024 * 1024
const MAX_ALIASES = 100
const MAX_NESTING = 200

/**
 * Reads a site file.
 * @param fileName  only for the error.
 * @throws Fault SITE_FILE_INVALID that lists every problem with line, key, what was expected, what was found and a good example.
 */
export function parseSiteFile(text: string, fileName: string): Site {
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_SITE_FILE_BYTES)
    throw fileFault('SITE_FILE_INVALID', fileName, [fileProblem(1, 'a file of at most 1 MiB', `${bytes} bytes`)])
  const { document, lines, value } = readYaml(text, fileName)
  const read = siteFileSchema.safeParse(value)
  const problems = read.success ? danglingReferences(read.data) : read.error.issues.flatMap((issue) => problemsOf(issue, value))
  if (problems.length > 0 || !read.success) throw fileFault('SITE_FILE_INVALID', fileName, problems.map(placeIn(document, lines)))
  return {
    name: read.data.site,
    assets: Object.entries(read.data.assets ?? {}).map(([key, entry]) => assetOf(key, entry ?? {})),
    sensors: Object.entries(read.data.sensors ?? {}).map(([key, entry]) => sensorOf(key, entry)),
  }
}

/** Prints a site so that `parseSiteFile` gives the same one back. */
export function formatSiteFile(site: Site): string {
  const file = {
    site: site.name,
    assets: Object.fromEntries(site.assets.map((asset) => [asset.key, assetEntry(asset)])),
    sensors: Object.fromEntries(site.sensors.map((sensor) => [sensor.key, sensorEntry(sensor)])),
  }
  return stringify(file, { lineWidth: 0, aliasDuplicateObjects: false })
}

function readYaml(text: string, fileName: string): { document: Document; lines: LineCounter; value: unknown } {
  if (mayNestDeeper(text, MAX_NESTING))
    throw fileFault('SITE_FILE_INVALID', fileName, [fileProblem(1, 'a few levels of nesting', 'more than can be read')])
  const lines = new LineCounter()
  let document: Document
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, logLevel: 'error' })
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown
    throw fileFault('SITE_FILE_INVALID', fileName, [fileProblem(1, 'a few levels of nesting', 'more than can be read')])
  }
  if (document.errors.length > 0) {
    throw fileFault(
      'SITE_FILE_INVALID',
      fileName,
      document.errors.map((error) => fileProblem(lines.linePos(error.pos[0]).line, 'YAML', error.message.replaceAll(/\s+/g, ' '))),
    )
  }
  visit(document, {
    Pair: (_, { key }) => {
      // zod's records pass over this key without a word.
      if (!isScalar(key) || key.value !== '__proto__') return
      throw fileFault('SITE_FILE_INVALID', fileName, [
        fileProblem(lines.linePos(key.range?.[0] ?? 0).line, 'a key that names something', '"__proto__"'),
      ])
    },
  })
  try {
    return { document, lines, value: document.toJS({ maxAliasCount: MAX_ALIASES }) }
  } catch (thrown) {
    // yaml throws ReferenceError for an alias bomb and RangeError where the nesting overflows the stack.
    if (!(thrown instanceof ReferenceError) && !(thrown instanceof RangeError)) throw thrown
    throw fileFault('SITE_FILE_INVALID', fileName, [fileProblem(1, `at most ${MAX_ALIASES} uses of aliases`, thrown.message)])
  }
}

/** A cheap bound, before the parser recurses: brackets left open, or indicators (`- - -`, `? ? ?`) in a row. */
function mayNestDeeper(text: string, levels: number): boolean {
  let open = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1)
    if (open > levels) return true
  }
  return new RegExp(`(?:[-?:][ \\t]+){${levels}}|^ {${levels * 2}}`, 'm').test(text)
}

function placeIn(document: Document, lines: LineCounter): (problem: PlacedProblem) => SiteFileProblem {
  return ({ path, ...problem }) => ({ ...problem, line: lineAt(document, lines, path) })
}

function fileProblem(line: number, expected: string, found: string): SiteFileProblem {
  return { line, key: '', expected, found, example: 'site: demo-plant' }
}
