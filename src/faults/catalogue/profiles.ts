import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const profileFaults = {
  PROFILE_INVALID: {
    exitCode: EXIT.usage,
    meaning: 'a device profile has a mistake',
    advice: ['write, for example: {example}', 'chatterfix profiles validate {file}'],
  },
  PROFILE_UNKNOWN: { exitCode: EXIT.usage, meaning: 'there is no device profile of that name', advice: ['chatterfix profiles list'] },
  REGISTER_MAP_INVALID: {
    exitCode: EXIT.data,
    meaning: 'a table of registers cannot be turned into a profile',
    advice: ['chatterfix profiles import {file} --columns "address=Register,name=Description" --base 0'],
  },
  CLONE_INVALID: { exitCode: EXIT.data, meaning: 'a file is no clone of a device', advice: ['chatterfix clone {address} {file}'] },
  CLONE_MISMATCH: {
    exitCode: EXIT.usage,
    meaning: 'a capture cannot be resumed: the file is of another device',
    advice: ['chatterfix probe {address}', 'name another file'],
  },
  OUTPUT_EXISTS: {
    exitCode: EXIT.usage,
    meaning: 'a file would be overwritten',
    advice: ['mv {file} {file}.old', 'name another file'],
  },
} as const satisfies Record<string, CatalogueEntry>
