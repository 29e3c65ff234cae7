import type { LicenceDesk } from '../dashboard/actions/work-abilities.js'
import type { LicenceFacts } from '../dashboard/work-facts.js'
import { formatFault, reportFault } from '../output/fault-report.js'
import { faultOf } from './fault-of.js'
import { LICENCE_SERVER, licenceToken } from './licence-flags.js'

/** Asks the licence server when a person wants it, never by itself. */
export function openLicenceDesk(environment: NodeJS.ProcessEnv, signal: AbortSignal): LicenceDesk {
  const server = environment['CHATTERFIX_LICENSE_SERVER'] || LICENCE_SERVER
  let facts: LicenceFacts = { server, customer: environment['CHATTERFIX_LICENSE_CUSTOMER'] ?? '', answer: { phase: 'unasked' } }
  return {
    get facts() {
      return facts
    },
    async ask(customer) {
      if (facts.answer.phase === 'asking') return
      facts = { server, customer, answer: { phase: 'asking' } }
      try {
        const { fetchLicenceStatus } = await import('../licence/client/fetch-licence.js')
        const { formatLicenceStatus } = await import('../licence/licence-text.js')
        const status = await fetchLicenceStatus({ server, customer, token: licenceToken(environment), signal })
        const { used, limit } = status.sensors
        facts = { server, customer, answer: { phase: 'answered', facts: factsOf(formatLicenceStatus(status)), used, limit } }
      } catch (thrown) {
        const because = formatFault(reportFault(faultOf(thrown, 'licence status'))).split('\n')
        facts = { server, customer, answer: { phase: 'failed', because } }
      }
    },
  }
}

/** `tier      iot_advanced` → name and text. */
function factsOf(text: string): readonly (readonly [string, string])[] {
  return text.split('\n').map((line) => {
    const [, name = '', rest = line] = /^(\S+)\s+(.*)$/.exec(line) ?? []
    return [name, rest] as const
  })
}
