import { string as stringArg } from '@oclif/core/args'
import { string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { layoutFolder } from '../../cli/list-layouts.js'

interface ImportedLayout {
  readonly schema: 'chatterfix/layout-import/1'
  readonly name: string
  readonly kept: string
}

export default class LayoutsImport extends BaseCommand {
  static override readonly summary = 'keep a layout that somebody else made'
  static override readonly description =
    'Keeps it among your own, or with --site in a site file for everybody. One of the same name is replaced.'
  static override readonly examples = [
    '<%= config.bin %> layouts import night.json',
    '<%= config.bin %> layouts import night.json --site chatterfix.yaml',
  ]
  static override readonly args = { file: stringArg({ description: 'the file', required: true }) }
  static override readonly flags = { site: string({ description: 'keep it in this site file' }) }

  async run(): Promise<ImportedLayout> {
    const { args, flags } = await this.parse(LayoutsImport)
    const { keepLayout, layoutAt } = await import('../../layouts/layout-folder.js')
    const { keepInSite } = await import('../../layouts/site-layouts.js')
    const file = await layoutAt(args.file)
    if (flags.site !== undefined) await keepInSite(flags.site, file)
    const kept = flags.site ?? (await keepLayout(layoutFolder(), file))
    this.say(`kept as ${file.name} in ${kept}`)
    return { schema: 'chatterfix/layout-import/1', name: file.name, kept }
  }
}
