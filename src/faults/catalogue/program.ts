import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const programFaults = {
  USAGE: { exitCode: EXIT.usage, meaning: 'the words of the command are off', advice: ['{help}'] },
  INTERRUPTED: { exitCode: EXIT.interrupted, meaning: 'somebody pressed Ctrl-C or ended the program', advice: [] },
  FILE_NOT_FOUND: { exitCode: EXIT.usage, meaning: 'a named file does not exist', advice: ['ls {folder}'] },
  FILE_PERMISSION: { exitCode: EXIT.permission, meaning: 'a file may not be read or written', advice: ['ls -l {file}'] },
  DEMO_FAILED: { exitCode: EXIT.no, meaning: 'a step of the demo did not give what it should', advice: ['{command}'] },
  BUG: { exitCode: EXIT.bug, meaning: 'a bug of ours', advice: ['run it again with DEBUG=chatterfix and report what it prints'] },
} as const satisfies Record<string, CatalogueEntry>
