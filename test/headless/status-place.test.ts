import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStatusPlace } from '../../src/headless/open-status-place.js'
import { type StatusDocument, statusDocument } from '../../src/headless/status-document.js'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'status-'))
})
afterAll(() => rm(root, { recursive: true }))

function status(stored: number): StatusDocument {
  const sensors = { total: 1, silent: 0, bad: 0 }
  const recording = { folder: 'run', stored, buffered: 0, dropped: 0, lastFlushAt: null, trouble: null }
  return statusDocument({ startedAt: 0, produced: stored, gaps: 0, sensors, lines: [], sinks: [] }, { pid: 1, now: 1_000_000, recording })
}

const refusal = { code: 'STATUS_PLACE_UNUSABLE' }
const quiet = (): void => undefined

describe('a status file', () => {
  it('always holds one whole document, is taken away at the end, and leaves nothing beside it', async () => {
    const path = join(root, 'status.json')
    const place = await openStatusPlace(path, quiet)
    for (let stored = 0; stored < 20; stored++) {
      await place.tell(status(stored))
      expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ schema: 'chatterfix/status/1', recording: { stored } })
    }
    await place.close()
    expect(await readdir(root)).toEqual([])
  })

  it('takes the place of one that a dead recorder left, and of nothing else', async () => {
    const path = join(root, 'left.json')
    await writeFile(path, JSON.stringify(status(1)))
    await (await openStatusPlace(path, quiet)).close()
    await writeFile(path, 'site: my-plant')
    await expect(openStatusPlace(path, quiet)).rejects.toMatchObject(refusal)
    expect(await readFile(path, 'utf8')).toBe('site: my-plant')
    await rm(path)
  })

  it('in a folder that is not there is refused at the start', async () => {
    await expect(openStatusPlace(join(root, 'none/status.json'), quiet)).rejects.toMatchObject(refusal)
  })
})

describe('a status socket', () => {
  it('says the latest to whoever connects, belongs to its owner alone, and goes at the end', async () => {
    const path = join(root, 'status.sock')
    const place = await openStatusPlace(`unix:${path}`, quiet)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    for (const stored of [1, 2]) {
      await place.tell(status(stored))
      expect(JSON.parse(await text(connect(path)))).toMatchObject({ recording: { stored } })
    }
    await place.close()
    expect(await readdir(root)).toEqual([])
  })

  it('is refused where another listens, and where a file stands', async () => {
    const path = join(root, 'taken.sock')
    const place = await openStatusPlace(`unix:${path}`, quiet)
    await expect(openStatusPlace(`unix:${path}`, quiet)).rejects.toMatchObject(refusal)
    await place.close()
    await writeFile(path, 'mine')
    await expect(openStatusPlace(`unix:${path}`, quiet)).rejects.toMatchObject(refusal)
    expect(await readFile(path, 'utf8')).toBe('mine')
    await rm(path)
  })

  it('does not wait at the end for a reader that does not read', async () => {
    const path = join(root, 'slow.sock')
    const place = await openStatusPlace(`unix:${path}`, quiet)
    await place.tell(status(1))
    const reader = connect({ path, allowHalfOpen: true })
    reader.pause()
    await new Promise((resolve) => reader.once('connect', resolve))
    await place.close()
    reader.destroy()
  })
})
