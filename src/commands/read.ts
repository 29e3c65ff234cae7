import process from 'node:process'
import { string } from '@oclif/core/flags'
import { readOnce } from '../acquisition/read-once.js'
import { resolveSensors } from '../acquisition/resolve-sensors.js'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { targetArgs } from '../cli/target-args.js'
import { EXIT } from '../faults/exit-code.js'
import { locatedAt } from '../faults/fault.js'
import { answersDocument, formatAnswers } from '../output/answers.js'
import { isBad } from '../readings/quality.js'
import type { Sensor } from '../readings/sensor.js'
import { loadSite } from '../site/load-site.js'

export default class Read extends BaseCommand {
  static override readonly summary = 'one reading each of sensors or addresses'
  static override readonly description = 'Reads each sensor once and ends. The exit code is 3 when one of them gave no value.'
  static override readonly examples = [
    "<%= config.bin %> read 'modbus-tcp://10.0.0.21:502/7/holding/100?as=float32&unit=bar'",
    '<%= config.bin %> read pump-247/drive-end-temperature --json',
  ]
  static override readonly strict = false
  static override readonly args = targetArgs
  static override readonly flags = {
    site: string({ description: 'the site file (default chatterfix.yaml)' }),
    timeout: durationFlag({ description: 'how long to wait for each value', default: 5000 }),
  }

  async run(): Promise<ReturnType<typeof answersDocument>> {
    const { argv, flags } = await this.parse(Read)
    // Two requests fit into the waiting time, so that a silent device is told from a silent broker.
    const around = this.around({ timeoutMs: Math.min(flags.timeout / 2, 2000) })
    const { sensors } = await resolveSensors(argv as string[], { site: () => loadSite(flags.site), around })
    const answers = await readOnce(sensors, { around, waitMs: flags.timeout })
    const [only, another] = answers
    if (only?.fault && !another && !this.stop.signal.aborted) throw locatedAt(only.fault, placeOf(only.sensor))
    this.say(formatAnswers(answers, process.stdout.columns))
    if (answers.some(({ quality }) => isBad(quality))) this.endWith(EXIT.unreachable)
    this.endInterrupted()
    return answersDocument(answers)
  }
}

function placeOf({ key, address }: Sensor): Record<string, string> {
  return key === address ? { address } : { sensor: key, address }
}
