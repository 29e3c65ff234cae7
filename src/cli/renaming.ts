import { Fault } from '../faults/fault.js'
import type { Renaming } from '../recordings/merge-sources.js'

/**
 * Reads `RECORDING:SENSOR=NEW-NAME`. A sensor may be an address with `:` and `=` in it, so the recording is one of those given, and the last
 * `=` divides.
 * @throws Fault USAGE
 */
export function parseRenaming(text: string, folders: readonly string[]): Renaming {
  const folder = folders.filter((one) => text.startsWith(`${one}:`)).toSorted((a, b) => b.length - a.length)[0]
  const [, from = '', to = ''] = /^(.+)=([^=]+)$/.exec(text.slice((folder ?? '').length + 1)) ?? []
  if (folder !== undefined && from !== '' && to.trim() !== '') return { folder, from, to: to.trim() }
  throw new Fault('USAGE', {
    message: `--rename ${text} is no renaming`,
    because:
      folder === undefined ? `it does not begin with one of the recordings: ${folders.join(', ')}` : 'expected RECORDING:SENSOR=NEW-NAME',
    advice: { help: `--rename '${folders.at(-1) ?? 'run-2'}:pump/speed=pump/speed-2'` },
  })
}
