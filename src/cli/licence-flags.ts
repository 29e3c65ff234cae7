import { string } from '@oclif/core/flags'

export const LICENCE_SERVER = 'https://licensing.chatterfix.com'

/** Which licence server, and as whom. The key comes from the environment only: an argument would show in the list of processes. */
export const licenceFlags = {
  server: string({ description: 'the licence server', env: 'CHATTERFIX_LICENSE_SERVER', default: LICENCE_SERVER }),
  customer: string({ description: 'the customer, as the licence names it', env: 'CHATTERFIX_LICENSE_CUSTOMER', required: true }),
}

/** The licence key, or nothing. */
export function licenceToken(environment: NodeJS.ProcessEnv): string {
  return environment['CHATTERFIX_LICENSE_API_KEY'] ?? ''
}
