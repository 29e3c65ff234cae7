import { boolean, string } from '@oclif/core/flags'
import { durationFlag } from './duration-flag.js'
import { DEFAULT_FLUSH_MS, flushFlag } from './flush-flag.js'

/** How a recording is kept; the same for `record` and `watch --record`. */
export const recordingFlags = {
  flush: flushFlag({ description: 'how often to write to the disk: at most so much is lost by a kill or a power cut' }),
  'on-change': boolean({
    description: 'record a reading only where it changed, or left the deadband that the site file states for its sensor',
  }),
  'at-least-every': durationFlag({
    description: 'with a deadband: a reading is recorded at the latest after so long',
    default: 3_600_000,
    defaultHelp: () => Promise.resolve('1h'),
  }),
  ntp: string({
    description:
      'a time server (host or host:port) to compare this machine’s clock with, at the start and every hour; none asks nobody (default: those that the machine is set up with)',
    env: 'CHATTERFIX_NTP',
    helpValue: 'HOST',
  }),
}

/** Everything is kept, and no time server is asked. */
export const EVERY_READING: RecordingWishes = { flush: DEFAULT_FLUSH_MS, 'on-change': false, 'at-least-every': 3_600_000, ntp: 'none' }

/** The parsed values of `recordingFlags`. */
export interface RecordingWishes {
  /** In milliseconds. */
  readonly flush: number
  readonly 'on-change': boolean
  readonly 'at-least-every': number
  readonly ntp?: string | undefined
}
