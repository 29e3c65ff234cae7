import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the first page of help fits 80 columns and lists every command', () => {
  const page = execFileSync(process.execPath, [fileURLToPath(new URL('../bin/run.js', import.meta.url)), '--help'], { encoding: 'utf8' })
  expect(page.split('\n').filter((line) => line.length > 80)).toEqual([])
  const manifest = JSON.parse(readFileSync(new URL('../oclif.manifest.json', import.meta.url), 'utf8')) as {
    readonly commands: Readonly<Record<string, { readonly hidden?: boolean }>>
  }
  const listed = new Set([...page.matchAll(/^ {2}([a-z]+) /gm)].map(([, word]) => word))
  const words = Object.entries(manifest.commands).flatMap(([id, { hidden }]) => (hidden ? [] : [id.split(':')[0]]))
  expect(words.filter((word) => !listed.has(word))).toEqual([])
})
