import { string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { commissionedSite } from '../../cli/commissioned-site.js'
import type { CommissioningReport } from '../../commissioning/commissioning-report.js'
import { commissioningMarkdown } from '../../output/commissioning-markdown.js'
import { loadSite } from '../../site/load-site.js'

export default class CommissioningReportCommand extends BaseCommand {
  static override readonly summary = 'the commissioning sheet: as found, as left, checks, who signed'
  static override readonly description =
    `Reads what was written down in the dashboard (watch --layout commissioning), which is kept beside the site file.
Markdown to stdout, or with --out to a new file: .html makes a page that needs nothing else, anything else Markdown.`
  static override readonly examples = [
    '<%= config.bin %> commissioning report',
    '<%= config.bin %> commissioning report --site plant.yaml --out sheet.html',
  ]
  static override readonly flags = {
    site: string({ description: 'the site file (default chatterfix.yaml)' }),
    out: string({ description: 'the file; must not exist', helpValue: 'FILE' }),
  }

  async run(): Promise<CommissioningReport> {
    const { flags } = await this.parse(CommissioningReportCommand)
    const madeAt = new Date(this.around().clock.now() / 1000).toISOString()
    const report = await commissionedSite(await loadSite(flags.site), { tool: `chatterfix ${this.config.version}`, madeAt })
    if (flags.out === undefined) {
      this.say(commissioningMarkdown(report).trimEnd())
      return report
    }
    const { writeNewFile } = await import('../../profiles/write-new-file.js')
    const { commissioningPage } = await import('../../reports/commissioning-page.js')
    await writeNewFile(flags.out, /\.html?$/i.test(flags.out) ? commissioningPage(report) : commissioningMarkdown(report))
    this.say(`written: ${flags.out}`)
    return report
  }
}
