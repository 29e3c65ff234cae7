import { readFile } from 'node:fs/promises'
import { integer, string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { counted } from '../../readings/counted.js'

export default class LicenceServe extends BaseCommand {
  static override readonly summary = 'run the reference licence server'
  static override readonly description =
    `Serves the customers of a YAML list of {id, tier, sensor_limit, expires_at, token}; keeps its state in SQLite below --data.
Listens on 127.0.0.1 unless --host says otherwise. Ends in order on Ctrl-C and SIGTERM.
With --json prints one line when it is ready: {"schema":"chatterfix/licence-server/1","url":"http://127.0.0.1:8787"}.`
  static override readonly examples = ['<%= config.bin %> licence serve --port 8787 --data licence-data --customers customers.yaml']
  static override readonly flags = {
    port: integer({ description: 'the port; 0 picks a free one', default: 8787, min: 0, max: 65_535 }),
    host: string({ description: 'the address to listen on', default: '127.0.0.1' }),
    data: string({ description: 'the folder of its state', required: true }),
    customers: string({ description: 'the YAML file of the customers', required: true }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(LicenceServe)
    const { parseCustomersFile } = await import('../../licence/server/customers-file.js')
    const { startLicenceServer } = await import('../../licence/server/start-licence-server.js')
    const customers = parseCustomersFile(await readFile(flags.customers, 'utf8'), flags.customers)
    const { clock, log, signal } = this.around()
    await using server = await startLicenceServer({ port: flags.port, host: flags.host, dataFolder: flags.data, customers, clock, log })
    if (this.jsonEnabled()) process.stdout.write(`${JSON.stringify({ schema: 'chatterfix/licence-server/1', url: server.url })}\n`)
    this.say(`${server.url} serves ${counted(customers.length, 'customer')}; Ctrl-C ends it`)
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  }

  /** The line at the start was all there is to say. */
  override logJson(json: unknown): void {
    if (json !== undefined) super.logJson(json)
  }
}
