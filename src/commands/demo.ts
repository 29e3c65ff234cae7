import { join } from 'node:path'
import process from 'node:process'
import { integer, string } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.js'
import { durationFlag } from '../cli/duration-flag.js'
import { screenFlags, screenWishes } from '../cli/screen-flags.js'
import type { DemoSummary } from '../demo/run-demo.js'
import { chooseOutput } from '../output/choose-output.js'

export default class Demo extends BaseCommand {
  static override readonly summary = 'the whole road on an embedded plant: discover, probe, watch, record, analyse, push'
  static override readonly description =
    `Starts a plant that speaks Modbus TCP and RTU, MQTT, Sparkplug B and OPC UA on this machine, and does with it what an engineer would do.
Each step names the command that repeats it by hand. Needs no network and no terminal.`
  static override readonly examples = ['<%= config.bin %> demo', '<%= config.bin %> demo --for 1m --out my-demo']
  static override readonly flags = {
    for: durationFlag({ description: 'how long to watch and record (default 20s on a terminal, 8s without one)' }),
    out: string({ description: 'a folder for the files; each run gets one of its own below it', default: 'chatterfix-demo' }),
    seed: integer({ description: 'the same seed gives the same plant', default: 7 }),
    ...screenFlags,
  }

  async run(): Promise<DemoSummary> {
    const { flags } = await this.parse(Demo)
    const { runDemo, DEMO_STEPS } = await import('../demo/run-demo.js')
    const { numberedStage } = await import('../demo/stage.js')
    const { formatDemoSummary } = await import('../demo/summary.js')
    const around = this.around({ timeoutMs: 3000 })
    const output = chooseOutput({ stdout: process.stdout, env: process.env, asked: 'nothing' })
    const summary = await runDemo({
      folder: join(flags.out, new Date().toISOString().slice(0, 19).replaceAll(':', '-')),
      watchMs: flags.for ?? (output === 'dashboard' ? 20_000 : 8000),
      seed: flags.seed,
      output: this.jsonEnabled() ? 'nothing' : output,
      screen: screenWishes(flags),
      around,
      stage: numberedStage(DEMO_STEPS, (text) => this.say(text)),
      tool: `chatterfix ${this.config.version}`,
    })
    this.say(formatDemoSummary(summary))
    this.endInterrupted()
    return summary
  }
}
