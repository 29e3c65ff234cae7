import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter, type Pair } from 'yaml'
import type { FaultCode } from '../faults/catalogue.js'
import { Fault } from '../faults/fault.js'

/** Something wrong with a site file. */
export interface SiteFileProblem {
  readonly line: number
  /** `sensors › pump-247/speed › unit`; empty for the file itself. */
  readonly key: string
  readonly expected: string
  readonly found: string
  readonly example: string
}

const SHOWN_PROBLEMS = 20
const SHOWN_CHARACTERS = 80

/** All problems of a file as one fault: the first leads, the others follow by number. */
export function fileFault(code: FaultCode, fileName: string, problems: readonly SiteFileProblem[]): Fault {
  const sorted = problems.toSorted((a, b) => a.line - b.line)
  const first = sorted[0] ?? { line: 1, key: '', expected: 'a site file', found: 'something else', example: 'site: demo-plant' }
  const others = sorted.slice(1, SHOWN_PROBLEMS)
  const more = sorted.length - 1 - others.length
  return new Fault(code, {
    message: sentenceOf(fileName, first),
    where: {
      file: `${fileName}:${first.line}`,
      ...(first.key === '' ? {} : { key: first.key }),
      expected: first.expected,
      found: first.found,
      example: first.example,
      ...Object.fromEntries(others.map((problem, index) => [`problem ${index + 2}`, sentenceOf(fileName, problem)])),
    },
    because: `the file has ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}${more > 0 ? `; ${more} are not shown` : ''}`,
    advice: { file: fileName, example: first.example },
  })
}

function sentenceOf(fileName: string, { line, key, expected, found }: SiteFileProblem): string {
  return `${fileName}:${line}${key === '' ? '' : ` ${key}`}: expected ${expected}, found ${found}`
}

/** A value as a person would point at it, short. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'an empty value'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  const text = JSON.stringify(value)
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
}

export function keyText(path: readonly PropertyKey[]): string {
  const text = path.map(String).join(' › ')
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

/** The line of the key at a path, or of the nearest thing above it that exists. */
export function lineAt(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const step of path) {
    const pair: Pair | undefined = isMap(node) ? node.items.find((item) => keyOf(item) === String(step)) : undefined
    const item: unknown = isSeq(node) ? node.items[Number(step)] : pair?.value
    offset = startOf(pair?.key ?? item) ?? offset
    node = item
  }
  return lines.linePos(offset).line || 1
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key)
}
