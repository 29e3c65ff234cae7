#!/usr/bin/env node
// Starts the CLI. Plain JavaScript that old Nodes understand: the two commonest questions are answered before anything heavy is loaded.
import { readFileSync } from 'node:fs'
import process from 'node:process'

const words = process.argv.slice(2)
const [word] = words

if (words.length === 1 && (word === '--version' || word === '-v')) {
  const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  process.stdout.write(`${name} ${version}\n`)
} else if (words.length === 0 || (words.length === 1 && (word === '--help' || word === '-h' || word === 'help'))) {
  const { rootHelp } = await import('./root-help.js')
  process.stdout.write(rootHelp())
} else {
  const { handOverToNewerNode } = await import('./hand-over.js')
  if (!handOverToNewerNode()) {
    const { startCommand } = await import('./start-command.js')
    await startCommand()
  }
}
