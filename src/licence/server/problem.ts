import { SALES_ADDRESS, UPGRADE_URL } from '../decision.js'

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 422 | 428 | 500 | 503

/** An answer that says no, on its way to the client as problem+json (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: ProblemStatus
  readonly code: string
  readonly more: Readonly<Record<string, unknown>>

  constructor(status: ProblemStatus, code: string, detail: string, more: Readonly<Record<string, unknown>> = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.more = more
  }
}

/** A no of the licence, with the four keys that ChatterFix's own gates answer with. */
export function gate(code: string, detail: string, more: Readonly<Record<string, unknown>> = {}): Problem {
  const error = code === 'SENSOR_LIMIT_EXCEEDED' ? 'Sensor limit exceeded' : 'Feature not available'
  return new Problem(403, code, detail, {
    error,
    message: detail,
    upgrade_url: UPGRADE_URL,
    contact_sales: SALES_ADDRESS,
    success: false,
    upgrade_required: true,
    ...more,
  })
}

export function notFound(detail: string): Problem {
  return new Problem(404, 'NOT_FOUND', detail)
}

/** The body of a problem. */
export function problemBody({ status, code, message, more }: Problem): Record<string, unknown> {
  const slug = code.toLowerCase().replaceAll('_', '-')
  return {
    type: `https://chatterfix.com/problems/${slug}`,
    title: code.toLowerCase().replaceAll('_', ' '),
    status,
    detail: message,
    code,
    ...more,
  }
}
