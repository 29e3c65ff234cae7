import { join } from 'node:path'
import process from 'node:process'
import { option, string } from '@oclif/core/flags'
import type { Surroundings } from '../drivers/contract.js'
import { Fault } from '../faults/fault.js'
import type { Sink } from '../sinks/contract.js'
import { tokenFrom } from './credentials.js'
import { positiveNumberFlag } from './positive-number-flag.js'
import { secretEnvironment } from './secret-environment.js'

const DEFAULT_SPOOL_MB = 256

/** Where measurements go beside the recording or the screen. */
export const sinkFlags = {
  to: string({
    description: 'send everything there as well (influx, mqtt, postgres, prometheus); may be repeated',
    helpValue: '<influx://host/db>',
    multiple: true,
    multipleNonGreedy: true,
    default: [],
    defaultHelp: () => Promise.resolve(''),
  }),
  'spool-mb': positiveNumberFlag({ description: 'what may wait on the disk for each --to that is away, in MB', default: DEFAULT_SPOOL_MB }),
  'spool-policy': option({
    description: 'what goes when that is full',
    options: ['drop-oldest', 'drop-newest'] as const,
    default: 'drop-oldest' as const,
  })(),
}

export interface SinkChoice {
  readonly to: readonly string[]
  readonly 'spool-mb': number
  readonly 'spool-policy': 'drop-oldest' | 'drop-newest'
}

/**
 * The sinks that `--to` names; nothing is loaded where it names none.
 * @throws Fault SINK_ADDRESS_INVALID, SINK_SECRET_IN_ADDRESS, USAGE
 */
export async function sinksNamed(flags: SinkChoice, around: Surroundings): Promise<readonly Sink[]> {
  if (flags.to.length === 0) return []
  const { createSink } = await import('../sinks/registry.js')
  const spool = { root: join(around.stateFolder, 'spool'), capBytes: flags['spool-mb'] * 1e6, policy: flags['spool-policy'] }
  const sinks: Sink[] = []
  for (const address of flags.to) {
    const sink = await createSink(address, { ...around, token: tokenFrom(secretEnvironment(process.env)), spool })
    if (sinks.some(({ name }) => name === sink.name)) {
      throw new Fault('USAGE', { message: `--to ${sink.name} stands there twice`, advice: { help: `--to ${sink.name}` } })
    }
    sinks.push(sink)
  }
  return sinks
}
