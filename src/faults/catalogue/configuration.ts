import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const configurationFaults = {
  SITE_FILE_INVALID: {
    exitCode: EXIT.usage,
    meaning: 'the site file has a mistake',
    advice: ['write, for example: {example}', 'chatterfix config validate {file}'],
  },
  SITE_FILE_MISSING: {
    exitCode: EXIT.usage,
    meaning: 'there is no site file here',
    advice: ['chatterfix discover', 'chatterfix init localhost', '{command}'],
  },
  SITE_FILE_EXISTS: {
    exitCode: EXIT.usage,
    meaning: 'a site file would be overwritten',
    advice: ['chatterfix … --out OTHER-FILE', 'chatterfix … --replace'],
  },
  SENSOR_UNKNOWN: { exitCode: EXIT.usage, meaning: 'the site has no sensor of that name', advice: ['chatterfix config validate {file}'] },
} as const satisfies Record<string, CatalogueEntry>
