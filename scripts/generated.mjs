// Writes a generated file, or with --check says whether the committed one is still what would be written.
import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'

/** @param {string} file @param {string} text @param {string} remedy the command that makes it current */
export function writeOrCheck(file, text, remedy) {
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text)
    process.stdout.write(`wrote ${file}\n`)
    return
  }
  if (readFileSync(file, 'utf8') === text) return
  process.stderr.write(`${file} is not current: ${remedy}\n`)
  process.exitCode = 1
}
