import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const recordingFaults = {
  RECORDING_UNREADABLE: {
    exitCode: EXIT.data,
    meaning: 'this is no recording, or one that is damaged',
    advice: ['chatterfix recordings verify {folder}', 'chatterfix recordings list {parent}'],
  },
  RECORDING_IN_USE: {
    exitCode: EXIT.permission,
    meaning: 'another program is recording into this folder',
    advice: ['chatterfix record … --out ANOTHER_FOLDER', 'chatterfix recordings show {folder}', 'kill -INT {pid}'],
  },
  RECORDING_EXISTS: {
    exitCode: EXIT.usage,
    meaning: 'the folder already holds something that a new recording would mix with',
    advice: ['chatterfix record … --out ANOTHER_FOLDER', 'chatterfix recordings show {folder}'],
  },
  RECORDING_NOT_WRITABLE: {
    exitCode: EXIT.data,
    meaning: 'the recording cannot be written (disk full, read-only, input/output error)',
    advice: ['df -h {folder}', 'chatterfix recordings verify {folder}'],
  },
  RECORDING_SENSOR_UNKNOWN: {
    exitCode: EXIT.usage,
    meaning: 'the recording has no such sensor',
    advice: ['chatterfix recordings show {folder}'],
  },
  RECORDING_BUSY: {
    exitCode: EXIT.unreachable,
    meaning: 'the program that records did not take what was left for it',
    advice: ['chatterfix recordings show {folder}'],
  },
  RECORDINGS_DIFFER: {
    exitCode: EXIT.usage,
    meaning: 'a sensor of one name means different things in recordings that are to become one',
    advice: ['{rename}', 'chatterfix recordings show {folder}'],
  },
  QUERY_INVALID: {
    exitCode: EXIT.usage,
    meaning: 'the SQL is wrong, or asks for more than reading the recording',
    advice: ['chatterfix query "select * from readings limit 5" --recording {folder}'],
  },
  QUERY_LIMIT: {
    exitCode: EXIT.usage,
    meaning: 'the query takes too long, too much memory or gives too many rows',
    advice: ['add a time range, a LIMIT or an aggregate to the query'],
  },
  QUERY_FILE_EXISTS: {
    exitCode: EXIT.usage,
    meaning: 'the result of a query would replace a file',
    advice: ['chatterfix query … --out ANOTHER_FILE', 'chatterfix query … --force'],
  },
} as const satisfies Record<string, CatalogueEntry>
