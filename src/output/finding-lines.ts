import type { Finding } from '../drivers/contract.js'
import { formatTable } from './table.js'

/** Findings as a table for people. */
export function formatFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'nothing found'
  return formatTable(
    ['ADDRESS', 'WHAT', 'ACCESS', 'SURE', 'FOUND BY'],
    findings.map(({ address, description, access, confidence, evidence }) => [
      address,
      description,
      access,
      `${Math.round(confidence * 100)} %`,
      evidence,
    ]),
  )
}
