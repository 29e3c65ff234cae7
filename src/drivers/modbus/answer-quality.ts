import type { FaultCode } from '../../faults/catalogue.js'
import { QUALITY, type QualityCode } from '../../readings/quality.js'
import { isAbsence, isIllegal } from './pdu.js'
import type { Answer } from './read-span.js'

/** What an answer without values means for a reading, and which fault describes it. */
export interface Verdict {
  readonly quality: QualityCode
  readonly code: FaultCode
}

export function verdictOf(answer: Exclude<Answer, { kind: 'values' }>): Verdict {
  switch (answer.kind) {
    case 'silence':
      return { quality: QUALITY['no-response'], code: 'MODBUS_NO_RESPONSE' }
    case 'malformed':
      return { quality: QUALITY.undecodable, code: 'MODBUS_MALFORMED' }
    case 'exception':
      if (isAbsence(answer.code)) return { quality: QUALITY['no-response'], code: 'MODBUS_UNIT_ABSENT' }
      if (isIllegal(answer.code)) return { quality: QUALITY['not-configured'], code: 'MODBUS_ADDRESS' }
      return { quality: QUALITY['device-fault'], code: 'MODBUS_EXCEPTION' }
  }
}
