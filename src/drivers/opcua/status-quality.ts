import { QUALITY, type QualityCode } from '../../readings/quality.js'

/** Status codes that say more than their class (OPC 10000-6, A.2; OPC 10000-8, 6.3.2). The lower 16 bits are flags. */
const KNOWN: ReadonlyMap<number, QualityCode> = new Map([
  [0x80310000, QUALITY['no-response']], // BadNoCommunication
  [0x80050000, QUALITY['no-response']], // BadCommunicationError
  [0x800a0000, QUALITY['no-response']], // BadTimeout
  [0x80320000, QUALITY['no-response']], // BadWaitingForInitialData
  [0x808a0000, QUALITY['device-fault']], // BadNotConnected
  [0x808b0000, QUALITY['device-fault']], // BadDeviceFailure
  [0x808c0000, QUALITY['device-fault']], // BadSensorFailure
  [0x808d0000, QUALITY['device-fault']], // BadOutOfService
  [0x80340000, QUALITY['not-configured']], // BadNodeIdUnknown
  [0x80330000, QUALITY['not-configured']], // BadNodeIdInvalid
  [0x80350000, QUALITY['not-configured']], // BadAttributeIdInvalid
  [0x80360000, QUALITY['not-configured']], // BadIndexRangeInvalid
  [0x80370000, QUALITY['not-configured']], // BadIndexRangeNoData
  [0x80890000, QUALITY['not-configured']], // BadConfigurationError
  [0x803a0000, QUALITY['not-configured']], // BadNotReadable
  [0x801f0000, QUALITY['not-configured']], // BadUserAccessDenied
  [0x80060000, QUALITY.undecodable], // BadEncodingError
  [0x80070000, QUALITY.undecodable], // BadDecodingError
  [0x408f0000, QUALITY.stale], // UncertainNoCommunicationLastUsableValue
  [0x40900000, QUALITY.stale], // UncertainLastUsableValue
  [0x40940000, QUALITY['out-of-range']], // UncertainEngineeringUnitsExceeded
])

/** Our quality for a status code. A bad one stays bad, whatever the table says of its reason. */
export function qualityOfStatus(statusCode: number): QualityCode {
  const code = (statusCode & 0xffff0000) >>> 0
  const isBadStatus = code >= 0x80000000
  const known = KNOWN.get(code)
  if (isBadStatus) return known !== undefined && known >= 128 ? known : QUALITY['device-fault']
  if (code >= 0x40000000) return known ?? QUALITY['device-uncertain']
  return QUALITY.good
}

/** OPC 10000-4, 7.39.1: InfoType DataValue (bit 10) with the Overflow bit (7) says that values were lost in the server's queue. */
export function hasOverflow(statusCode: number): boolean {
  return (statusCode & 0x0480) === 0x0480
}

/** BadNodeIdUnknown or BadNodeIdInvalid: the address names nothing. */
export function isNodeUnknown(statusCode: number): boolean {
  const code = (statusCode & 0xffff0000) >>> 0
  return code === 0x80340000 || code === 0x80330000
}
