import process from 'node:process'
import type { Hook } from '@oclif/core/hooks'
import { Fault } from '../faults/fault.js'
import { formatFault, reportFault } from '../output/fault-report.js'
import { jsonSafe } from '../output/json-safe.js'
import { similar } from '../readings/similar.js'

/** oclif's hook for words that are no command: the same form as every other fault. */
const commandNotFound: Hook<'command_not_found'> = async ({ id, argv = [], config }) => {
  const word = id.replaceAll(':', ' ')
  const close = similar(
    word,
    config.commandIDs.map((known) => known.replaceAll(':', ' ')),
  )
  const report = reportFault(
    new Fault('USAGE', {
      message: `there is no command '${word}'`,
      ...(close === undefined ? {} : { because: `perhaps you meant '${close}'` }),
      advice: { help: close === undefined ? 'chatterfix --help' : `chatterfix ${close} --help` },
    }),
  )
  if (argv.includes('--json')) process.stdout.write(`${jsonSafe({ schema: 'chatterfix/error/1', error: report }, 2)}\n`)
  else process.stderr.write(`${formatFault(report)}\n`)
  process.exitCode = report.exitCode
  await Promise.resolve()
}

// oclif takes a hook by its default export.
// eslint-disable-next-line no-restricted-syntax
export default commandNotFound
