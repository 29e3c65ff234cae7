import { string } from '@oclif/core/flags'
import { durationFlag } from './duration-flag.js'

/** What every command that takes targets understands. */
export const targetFlags = {
  site: string({ description: 'the site file (default chatterfix.yaml)' }),
  timeout: durationFlag({ description: 'how long one question may take', default: 1000 }),
}
