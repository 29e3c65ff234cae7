import { string } from '@oclif/core/args'
import { string as text } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { EXIT } from '../../faults/exit-code.js'
import { formatImportedMap } from '../../output/imported-map.js'
import type { ImportedMap } from '../../profiles/register-map/import-register-map.js'

const BASES = ['0', '1', '4xxxx'] as const

export default class ProfilesImport extends BaseCommand {
  static override readonly summary = 'turn a table of registers (CSV, Excel) into a device profile'
  static override readonly description =
    `Reads columns by their headings, or as --columns says; fields are address, name, description, as, order, scale, divisor, offset, unit, table, length.
Rows that cannot be understood are told by number and left out; the exit code is 1 then.`
  static override readonly examples = [
    '<%= config.bin %> profiles import map.csv --out profiles/mixer.yaml',
    '<%= config.bin %> profiles import map.xlsx --columns "address=Register,name=Description,as=Data type" --base 1 --out mixer.yaml',
  ]
  static override readonly args = { map: string({ description: 'a .csv or .xlsx file', required: true }) }
  static override readonly flags = {
    columns: text({ description: 'what the columns mean, as FIELD=HEADING,…' }),
    base: text({ description: 'the address of the first register in the map, or 4xxxx for register numbers', options: BASES }),
    sheet: text({ description: 'the sheet of a workbook (default the first)' }),
    out: text({ description: 'the profile to write', required: true }),
  }

  async run(): Promise<Omit<ImportedMap, 'text'> & { readonly schema: 'chatterfix/imported-map/1'; readonly file: string }> {
    const { args, flags } = await this.parse(ProfilesImport)
    const { importRegisterMap } = await import('../../profiles/register-map/import-register-map.js')
    const { writeNewFile } = await import('../../profiles/write-new-file.js')
    const base = BASES.find((known) => known === flags.base) ?? null
    const options = { columns: flags.columns ?? null, base, sheet: flags.sheet ?? null }
    const { text: profile, ...imported } = await importRegisterMap(args.map, options)
    await writeNewFile(flags.out, profile)
    this.say(formatImportedMap(imported, flags.out))
    if (imported.problems.length > 0) this.endWith(EXIT.no)
    return { schema: 'chatterfix/imported-map/1', file: flags.out, ...imported }
  }
}
