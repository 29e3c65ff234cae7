import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { FaultCode } from '../faults/catalogue.js'
import { fileFault, type SiteFileProblem } from './site-file-problem.js'

const MAX_ALIASES = 100
const MAX_NESTING = 200

export interface YamlFile {
  readonly document: Document
  readonly lines: LineCounter
  readonly value: unknown
}

export interface YamlFileOptions {
  /** Only for the error. */
  readonly fileName: string
  readonly maxBytes: number
  /** The fault that this kind of file is refused with. */
  readonly code: FaultCode
  /** A line that is right. */
  readonly example: string
}

/**
 * Reads YAML that somebody else wrote: bounded in size, nesting and aliases.
 * @throws Fault of the given code, with the line.
 */
export function readYamlFile(text: string, options: YamlFileOptions): YamlFile {
  const { fileName, maxBytes, code, example } = options
  const refused = (problems: readonly Omit<SiteFileProblem, 'key' | 'example'>[]) =>
    fileFault(
      code,
      fileName,
      problems.map((problem) => ({ key: '', example, ...problem })),
    )
  const bytes = Buffer.byteLength(text)
  if (bytes > maxBytes) throw refused([{ line: 1, expected: `a file of at most ${sizeText(maxBytes)}`, found: `${bytes} bytes` }])
  const tooDeep = { line: 1, expected: 'a few levels of nesting', found: 'more than can be read' }
  if (mayNestDeeper(text, MAX_NESTING)) throw refused([tooDeep])
  const lines = new LineCounter()
  let document: Document
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, logLevel: 'error' })
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown
    throw refused([tooDeep])
  }
  if (document.errors.length > 0)
    throw refused(
      document.errors.map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        expected: 'YAML',
        found: error.message.replaceAll(/\s+/g, ' '),
      })),
    )
  visit(document, {
    Pair: (_, { key }) => {
      // zod's records pass over this key without a word.
      if (!isScalar(key) || key.value !== '__proto__') return
      throw refused([{ line: lines.linePos(key.range?.[0] ?? 0).line, expected: 'a key that names something', found: '"__proto__"' }])
    },
  })
  try {
    return { document, lines, value: document.toJS({ maxAliasCount: MAX_ALIASES }) }
  } catch (thrown) {
    // yaml throws ReferenceError for an alias bomb and RangeError where the nesting overflows the stack.
    if (!(thrown instanceof ReferenceError) && !(thrown instanceof RangeError)) throw thrown
    throw refused([{ line: 1, expected: `at most ${MAX_ALIASES} uses of aliases`, found: thrown.message }])
  }
}

function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`
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
