import { string as stringArg } from '@oclif/core/args'
import { string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { layoutFolder, siteIfAny } from '../../cli/list-layouts.js'
import type { LayoutFile } from '../../dashboard/panes/saved-layout.js'

export default class LayoutsExport extends BaseCommand {
  static override readonly summary = 'a layout as a file for somebody else'
  static override readonly description =
    'Writes it to stdout, or with --out to a new file. They show it by watch --layout FILE, or keep it by layouts import.'
  static override readonly examples = [
    '<%= config.bin %> layouts export night --out night.json',
    '<%= config.bin %> layouts export executive',
  ]
  static override readonly args = { name: stringArg({ description: 'a name from layouts list', required: true }) }
  static override readonly flags = {
    out: string({ description: 'the file; must not exist', helpValue: 'FILE' }),
    site: string({ description: 'the site file (default chatterfix.yaml, where there is one)' }),
  }

  async run(): Promise<LayoutFile> {
    const { args, flags } = await this.parse(LayoutsExport)
    const { openShelf } = await import('../../layouts/open-shelf.js')
    const { findLayout } = await import('../../layouts/find-layout.js')
    const { saveLayout } = await import('../../dashboard/panes/saved-layout.js')
    const shelf = await openShelf(layoutFolder(), await siteIfAny(flags.site))
    const file = saveLayout(args.name, await findLayout(args.name, shelf.saved()))
    const text = JSON.stringify(file, null, 2)
    if (flags.out === undefined) {
      this.say(text)
      return file
    }
    const { writeNewFile } = await import('../../profiles/write-new-file.js')
    await writeNewFile(flags.out, `${text}\n`)
    this.say(`written: ${flags.out}`)
    return file
  }
}
