import { type FileHandle, open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Fault } from '../faults/fault.js'
import { jsonSafe } from '../output/json-safe.js'
import type { ResultLine } from './batch-result.js'

/** Results as JSON Lines that grow file by file. What a killed run left half written is cut off when it is opened again. */
export class ResultFile implements AsyncDisposable {
  readonly #file: FileHandle
  /** Keys of files whose results are all there. */
  readonly done: ReadonlySet<string>
  /** Appends wait for each other: lines of one file lie together. */
  #last: Promise<void> = Promise.resolve()

  private constructor(file: FileHandle, state: { readonly end: number; readonly done: ReadonlySet<string> }) {
    this.#file = file
    this.done = state.done
  }

  static async open(path: string): Promise<ResultFile> {
    const file = await open(path, 'a+')
    try {
      const state = await readBack(path)
      await file.truncate(state.end)
      return new ResultFile(file, state)
    } catch (thrown) {
      await file.close()
      throw thrown
    }
  }

  /** All lines of one file. */
  append(lines: readonly ResultLine[]): Promise<void> {
    const text = lines.map((line) => `${jsonSafe(line)}\n`).join('')
    this.#last = this.#last.then(() => this.#file.appendFile(text))
    return this.#last
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close()
  }
}

/** Where the last whole file ends, and which files are there. A line that no run of ours wrote is left where it is. */
async function readBack(path: string): Promise<{ readonly end: number; readonly done: ReadonlySet<string> }> {
  await using file = await open(path, 'r')
  const { size } = await file.stat()
  const done = new Set<string>()
  let [at, end, left, current] = [0, 0, 0, '']
  const lines = createInterface({
    input: file.createReadStream({ autoClose: false, encoding: 'utf8' }),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  for await (const line of lines) {
    if (at === 0 && !/^(vibration|failure)$/.test(parsed(line).type ?? '')) throw strange(path)
    at += Buffer.byteLength(line) + 1
    // The last line of a torn write has no line break.
    if (at > size) break
    const { key = '', type, channels = 1 } = parsed(line)
    if (type !== 'vibration') end = at
    else {
      if (key !== current || left === 0) [current, left] = [key, channels]
      left--
      if (left > 0) continue
      done.add(key)
      end = at
    }
  }
  return { end, done }
}

function strange(path: string): Fault {
  return new Fault('USAGE', {
    message: `${path} is there and holds no results of analyze vibration`,
    where: { file: path },
    because: 'its first line is none of theirs, and they would be written behind it',
    advice: { help: '--out results.jsonl' },
  })
}

function parsed(line: string): { readonly key?: string; readonly type?: string; readonly channels?: number } {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
