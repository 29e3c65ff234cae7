import { string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { type LayoutList, listLayouts } from '../../cli/list-layouts.js'
import { formatTable } from '../../output/table.js'
import { terminalSafe } from '../../output/terminal-safe.js'

export default class LayoutsList extends BaseCommand {
  static override readonly summary = 'the layouts of the dashboard: the site’s, your own, ours'
  static override readonly description =
    'Any of them is shown by watch --layout NAME, and in the dashboard by :layout NAME. L in the dashboard makes one.'
  static override readonly examples = ['<%= config.bin %> layouts list', '<%= config.bin %> watch --layout executive']
  static override readonly flags = { site: string({ description: 'the site file (default chatterfix.yaml, where there is one)' }) }

  async run(): Promise<LayoutList> {
    const { flags } = await this.parse(LayoutsList)
    const list = await listLayouts(flags.site)
    this.say(
      formatTable(
        ['LAYOUT', 'FROM', 'VIEWS'],
        list.layouts.map(({ name, from, views }) => [name, from, views.join(', ')]),
      ),
    )
    for (const note of list.notes) this.mention(`note: ${terminalSafe(note)}`)
    return list
  }
}
