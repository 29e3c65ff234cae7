import { glob, readdir, stat } from 'node:fs/promises'
import { extname, join, relative, resolve, sep } from 'node:path'
import { Fault } from '../faults/fault.js'
import { WAVEFORM_ENDINGS } from '../waveform-files/open-waveform-file.js'
import { isRecording } from './is-recording.js'

/** A waveform file or a recording that is to be analysed. */
export interface BatchFile {
  /** As it is opened. */
  readonly path: string
  /** Below the folder that was asked for, with `/`: the same wherever that folder is mounted. */
  readonly name: string
  readonly size: number
  /** The latest change of the file and of the description beside it. */
  readonly changedMs: number
  /** Somebody said this very file; others lay in a folder or were like a pattern. */
  readonly isNamed: boolean
}

/** Deeper nobody keeps waveforms; a link to above would go round for ever. */
const DEEPEST = 32
const ENDINGS: ReadonlySet<string> = new Set(WAVEFORM_ENDINGS)
const RAW: ReadonlySet<string> = new Set(['.f32', '.f64', '.i16'])

/**
 * All waveform files and recordings below folders, behind patterns and as named; each once, in the order of their names.
 *
 * @param options.except  absolute paths that are none.
 * @throws Fault USAGE where there are none; the file system's own.
 */
export async function findWaveformFiles(
  targets: readonly string[],
  options: { readonly except?: ReadonlySet<string> } = {},
): Promise<BatchFile[]> {
  const found = new Map<string, BatchFile>()
  for (const target of targets)
    for await (const file of filesOf(target))
      if (file.isNamed || options.except?.has(resolve(file.path)) !== true) found.set(file.path, file)
  if (found.size > 0) return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  throw new Fault('USAGE', {
    message: `${targets.join(' ')} holds no waveform files`,
    because: `no file there ends in ${WAVEFORM_ENDINGS.join(', ')}, and no folder is a recording`,
    where: { folder: targets.join(' ') },
    advice: { help: `'/data/**/*.wav'` },
  })
}

async function* filesOf(target: string): AsyncGenerator<BatchFile> {
  const there = await stat(target).catch(() => null)
  if (there?.isDirectory() === true) {
    if (await isRecording(target)) yield { ...(await described(target, target)), isNamed: true }
    else yield* below(target, target, 0)
    return
  }
  if (there !== null || !/[*?[\]{}]/.test(target)) {
    yield { ...(await described(target, target)), isNamed: true }
    return
  }
  let matches = 0
  for await (const path of glob(target)) {
    matches++
    const isFolder = (await stat(path)).isDirectory()
    if (!isFolder || (await isRecording(path))) yield await described(path, path)
    else yield* below(path, path, 0)
  }
  if (matches === 0)
    throw new Fault('USAGE', {
      message: `nothing is called like ${target}`,
      because: 'no file or folder matches the pattern',
      advice: { help: `'**/*.wav'` },
    })
}

async function* below(root: string, folder: string, depth: number): AsyncGenerator<BatchFile> {
  if (depth > DEEPEST) return
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (await isRecording(path)) yield await described(root, path)
      else yield* below(root, path, depth + 1)
    } else if (ENDINGS.has(extname(entry.name).toLowerCase()) && (await stat(path).catch(() => null))?.isFile() === true)
      yield await described(root, path)
  }
}

async function described(root: string, path: string): Promise<BatchFile> {
  const { size, mtimeMs } = await stat(path)
  const extension = extname(path)
  const beside = RAW.has(extension.toLowerCase()) ? await stat(`${path.slice(0, -extension.length)}.json`).catch(() => null) : null
  const name = root === path ? path : relative(root, path)
  return { path, name: name.split(sep).join('/'), size, changedMs: Math.max(mtimeMs, beside?.mtimeMs ?? 0), isNamed: false }
}
