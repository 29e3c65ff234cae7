import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Site } from '../../src/readings/asset.js'
import { loadSite } from '../../src/site/load-site.js'
import { saveSite } from '../../src/site/save-site.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-'))
})
afterEach(() => rm(folder, { recursive: true }))

const site = (name: string): Site => ({ name, assets: [{ key: 'pump' }], sensors: [] })

test('a saved site loads with its path', async () => {
  const path = join(folder, 'chatterfix.yaml')
  await saveSite(path, site('one'))
  expect(await loadSite(path)).toEqual({ ...site('one'), path })
})

test('a site file that exists is kept unless told otherwise', async () => {
  const path = join(folder, 'chatterfix.yaml')
  await saveSite(path, site('one'))
  await expect(saveSite(path, site('two'))).rejects.toMatchObject({ code: 'SITE_FILE_EXISTS' })
  expect((await loadSite(path)).name).toBe('one')
  await saveSite(path, site('two'), { existing: 'replace' })
  expect((await loadSite(path)).name).toBe('two')
  expect(await readdir(folder)).toEqual(['chatterfix.yaml'])
})

test('of ten who write a new file at once exactly one succeeds', async () => {
  const path = join(folder, 'chatterfix.yaml')
  const results = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => saveSite(path, site(`s${index}`))))
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  expect((await loadSite(path)).name).toMatch(/^s\d$/)
})

test('the reasons for a file stay at its head', async () => {
  const path = join(folder, 'chatterfix.yaml')
  await saveSite(path, site('one'), { why: 'found by discover' })
  await saveSite(path, site('two'), { existing: 'replace', why: 'probed\nagain: {' })
  expect((await readFile(path, 'utf8')).split('\n').slice(0, 2)).toEqual(['# why: found by discover', '# why: probed again: {'])
})

test('a missing file, a folder and a file that is no site each say so', async () => {
  await expect(loadSite(join(folder, 'none.yaml'))).rejects.toMatchObject({ code: 'SITE_FILE_MISSING' })
  await mkdir(join(folder, 'folder.yaml'))
  await expect(loadSite(join(folder, 'folder.yaml'))).rejects.toMatchObject({ code: 'SITE_FILE_MISSING' })
  await writeFile(join(folder, 'bad.yaml'), 'sit: x\n')
  await expect(loadSite(join(folder, 'bad.yaml'))).rejects.toMatchObject({ code: 'SITE_FILE_INVALID' })
})

test('a site that could not be read back is not written', async () => {
  const path = join(folder, 'chatterfix.yaml')
  await expect(saveSite(path, site('bell\u0007'))).rejects.toMatchObject({ code: 'SITE_FILE_INVALID' })
  expect(await readdir(folder)).toEqual([])
})

test('a bearing that is only named is looked up in the shipped catalogue; one it does not know is told with those it does', async () => {
  const path = join(folder, 'chatterfix.yaml')
  const named = (name: string) => writeFile(path, `site: s\nassets: { pump: { bearing: { name: ${name} } } }\n`)
  await named('SKF 6205')
  const [pump] = (await loadSite(path)).assets
  expect(pump?.bearing).toMatchObject({ name: 'SKF 6205', rollingElements: 9, source: expect.stringContaining('CWRU') as string })
  await named('SKF 9999')
  await expect(loadSite(path)).rejects.toMatchObject({
    code: 'SITE_FILE_INVALID',
    message: expect.stringContaining('6203-2RS JEM') as string,
  })
})
