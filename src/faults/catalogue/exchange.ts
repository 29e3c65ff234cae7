import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const exchangeFaults = {
  EXCHANGE_FORMAT_UNKNOWN: {
    exitCode: EXIT.usage,
    meaning: 'the name of a file does not say a format that is written or read here',
    advice: ['chatterfix recordings export DIR --out FILE --format csv', 'chatterfix recordings import FILE --format csv --out DIR'],
  },
  EXPORT_EXISTS: {
    exitCode: EXIT.usage,
    meaning: 'an export would replace a file',
    advice: ['chatterfix recordings export … --out ANOTHER_FILE', 'chatterfix recordings export … --force'],
  },
  EXPORT_NOT_WRITABLE: {
    exitCode: EXIT.data,
    meaning: 'an export cannot be written (disk full, read-only, input/output error); nothing half-written is left',
    advice: ['df -h {folder}'],
  },
  EXPORT_IMPOSSIBLE: {
    exitCode: EXIT.usage,
    meaning: 'the recording does not fit into this format',
    advice: [
      'chatterfix recordings export {recording} --out {instead}',
      'chatterfix recordings export {recording} --out {file} --from {since}',
    ],
  },
  IMPORT_INVALID: {
    exitCode: EXIT.data,
    meaning: 'a file to be imported is damaged, or a cell of it is not what it should be; nothing was imported',
    advice: ['chatterfix recordings import {file} --missing TEXT --out DIR   # where TEXT stands for "no value"'],
  },
  IMPORT_UNCLEAR: {
    exitCode: EXIT.usage,
    meaning: 'a file to be imported leaves open what is never guessed: columns, time zone, sample rate, start',
    advice: ['chatterfix recordings import {file} {example} --out DIR'],
  },
  IMPORT_LIMIT: {
    exitCode: EXIT.data,
    meaning: 'reading a foreign file took more memory or time than it may; a hostile file does that on purpose',
    advice: ['chatterfix recordings import {file} --memory-mb 4096 --timeout 2h --out DIR   # where its origin is trusted'],
  },
} as const satisfies Record<string, CatalogueEntry>
