import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const exchangeFaults = {
  EXCHANGE_FORMAT_UNKNOWN: {
    exitCode: EXIT.usage,
    meaning: 'the name of a file does not say a format that is written or read here',
    advice: ['chatterfix recordings export DIR --to FILE --format csv', 'chatterfix recordings import FILE --format csv --out DIR'],
  },
  EXPORT_EXISTS: {
    exitCode: EXIT.usage,
    meaning: 'an export would replace a file',
    advice: ['chatterfix recordings export … --to ANOTHER_FILE', 'chatterfix recordings export … --force'],
  },
  EXPORT_NOT_WRITABLE: {
    exitCode: EXIT.data,
    meaning: 'an export cannot be written (disk full, read-only, input/output error); nothing half-written is left',
    advice: ['df -h {folder}'],
  },
  EXPORT_IMPOSSIBLE: {
    exitCode: EXIT.usage,
    meaning: 'the recording does not fit into this format',
    advice: ['chatterfix recordings export {recording} --to {instead}'],
  },
} as const satisfies Record<string, CatalogueEntry>
