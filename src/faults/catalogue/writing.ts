import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const writingFaults = {
  WRITE_NOT_LISTED: {
    exitCode: EXIT.permission,
    meaning: 'neither the site file nor a profile of the device lists the target as writable',
    advice: ['add to the sensor in {file}: writable: true, range: { low: …, high: … }', 'chatterfix profiles show {profile}'],
  },
  WRITE_NOT_ALLOWED: {
    exitCode: EXIT.permission,
    meaning: 'nothing is written without --allow-write',
    advice: ['chatterfix write {target} {value} --dry-run', 'chatterfix write {target} {value} --allow-write'],
  },
  WRITE_UNASKED: {
    exitCode: EXIT.permission,
    meaning: 'a write has to be confirmed, and there is no terminal to ask on',
    advice: ['chatterfix write {target} {value} --allow-write --confirm {hash}'],
  },
  WRITE_UNCONFIRMED: {
    exitCode: EXIT.permission,
    meaning: 'the write was not confirmed, or the confirmation is for another device, old or new value',
    advice: ['chatterfix write {target} {value} --dry-run'],
  },
  WRITE_OUT_OF_RANGE: {
    exitCode: EXIT.usage,
    meaning: 'the value lies outside what the site file or the profile of the device allows',
    advice: ['chatterfix read {target}'],
  },
  WRITE_IMPOSSIBLE: {
    exitCode: EXIT.usage,
    meaning: 'this place cannot be written, or it cannot hold that value',
    advice: ['chatterfix read {target}', 'write {nearest}'],
  },
  WRITE_OUTDATED: {
    exitCode: EXIT.no,
    meaning: 'another value stands there than the one that was confirmed; nothing was written',
    advice: ['chatterfix write {target} {value} --dry-run'],
  },
  WRITE_REFUSED: {
    exitCode: EXIT.unreachable,
    meaning: 'the device refused the write, or did not answer, and still holds its old value',
    advice: ['chatterfix read {target}'],
  },
  WRITE_MISMATCH: {
    exitCode: EXIT.no,
    meaning: 'after the write something else stands there than was written',
    advice: ['chatterfix read {target}', 'look at the machine: the state of the device is not what was meant'],
  },
  WRITE_UNRECORDED: {
    exitCode: EXIT.permission,
    meaning: 'the journal of writes cannot be kept, so nothing is written',
    advice: ['ls -ld {folder}'],
  },
} as const satisfies Record<string, CatalogueEntry>
