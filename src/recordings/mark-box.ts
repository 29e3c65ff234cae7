import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Fault } from '../faults/fault.js'
import { TEMPORARY_PREFIX } from '../readings/recording-layout.js'
import type { EpochMicros } from '../readings/time.js'
import type { RecordingView } from './open-recording.js'

/** A folder beside the parts: whoever wants a mark in a running recording leaves a file there, the recorder takes it within a second. */
const MARK_BOX = 'marks'
const MARK_FILE = /^mark-[0-9a-f-]{36}\.json$/
/** More at once, or larger ones, are left for the next second or refused: anybody who may write into the folder can leave them. */
const MAX_MARKS = 100
const MAX_MARK_BYTES = 64 * 1024
/** Beyond the recorder's flush interval. */
const PATIENCE_MS = 5000
const LOOK_EVERY_MS = 50

const MARK = z.strictObject({ at: z.number(), text: z.string().max(4096), sensors: z.array(z.string().max(1024)).max(1000) })

/** What an operator has to say about a moment. */
export interface Mark {
  readonly at: EpochMicros
  readonly text: string
  /** Empty where it concerns all. */
  readonly sensors: readonly string[]
}

/** A mark found in the box; `done` takes it out once it is on the disk. */
export interface BoxedMark extends Mark {
  readonly done: () => Promise<void>
}

/** What lies in the box of a recording, oldest first as far as the names tell; what is no mark is thrown out. */
export async function takeMarks(folder: string): Promise<BoxedMark[]> {
  const box = join(folder, MARK_BOX)
  const names = await readdir(box).catch((): string[] => [])
  const marks: BoxedMark[] = []
  for (const name of names.filter((found) => MARK_FILE.test(found)).slice(0, MAX_MARKS)) {
    const path = join(box, name)
    // One that cannot be taken out comes again with the next flush: rather twice than never.
    const done = () => rm(path, { force: true }).catch(() => {})
    const mark = await readMark(path)
    if (mark === null) await done()
    else marks.push({ ...mark, done })
  }
  return marks.toSorted((a, b) => a.at - b.at)
}

async function readMark(path: string): Promise<Mark | null> {
  try {
    if ((await stat(path)).size > MAX_MARK_BYTES) return null
    return MARK.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

/** Leaves a mark for the recorder and waits until it has it on the disk. @throws Fault RECORDING_BUSY where it does not, INTERRUPTED. */
export async function leaveMark(view: RecordingView, mark: Mark, signal: AbortSignal): Promise<void> {
  const box = join(view.folder, MARK_BOX)
  await mkdir(box, { recursive: true })
  const name = `mark-${crypto.randomUUID()}.json`
  await writeFile(join(box, `${TEMPORARY_PREFIX}${name}`), JSON.stringify(mark))
  await rename(join(box, `${TEMPORARY_PREFIX}${name}`), join(box, name))
  const patienceMs = view.manifest.start.flushIntervalMs + PATIENCE_MS
  const begunMs = performance.now()
  while (await exists(join(box, name))) {
    if (signal.aborted || performance.now() - begunMs > patienceMs) {
      await rm(join(box, name), { force: true })
      throw signal.aborted ? new Fault('INTERRUPTED', { message: 'no mark was left' }) : busy(view, patienceMs)
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

function busy({ folder, writer }: RecordingView, patienceMs: number): Fault {
  return new Fault('RECORDING_BUSY', {
    message: `process ${writer?.pid ?? '?'} records into ${folder} but did not take the mark`,
    where: { folder, pid: String(writer?.pid ?? '?') },
    because: `it lay in ${MARK_BOX} for ${patienceMs / 1000} s; it was taken out again`,
    advice: { folder },
  })
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
