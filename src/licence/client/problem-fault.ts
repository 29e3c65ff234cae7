import { Fault } from '../../faults/fault.js'
import { SALES_ADDRESS, UPGRADE_URL } from '../decision.js'
import { problemSchema } from '../wire.js'
import { invalidAnswer, type LicenceLine, type LicenceReply } from './licence-line.js'

/** Where the question came from, for the error. */
export interface Asked extends LicenceLine {
  /** The site's name. */
  readonly siteName?: string
  /** The site file. */
  readonly file?: string
}

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly used?: number | undefined
  readonly limit?: number | null | undefined
  readonly needed?: number | undefined
  readonly upgrade_url?: string | undefined
  readonly contact_sales?: string | undefined
}

/** A reply that is no success, as a fault. */
export function problemFault(asked: Asked, { status, body }: LicenceReply): Fault {
  const read = problemSchema.safeParse(body)
  const problem = read.success ? read.data : undefined
  const detail = problem?.detail.slice(0, 500) ?? `status ${status}`
  const place = placeOf(asked)
  if (status === 401) {
    return new Fault('LICENCE_TOKEN_REJECTED', {
      message: `${asked.server} does not accept the licence key`,
      where: place,
      because: detail,
      advice: { sales: SALES_ADDRESS },
    })
  }
  if (status === 404 && problem?.code === 'NOT_FOUND') {
    return new Fault('CUSTOMER_UNKNOWN', {
      message: `no such customer: ${asked.customer}, as far as this licence key may know`,
      where: place,
      because: detail,
      advice: { server: asked.server },
    })
  }
  if (status === 403 && problem !== undefined) return refusalFault(asked, problem as unknown as Refusal)
  if (status === 409 || status === 410) return staleFault(asked, detail, problem?.['changes'])
  return invalidAnswer(asked, `status ${status}: ${detail}`)
}

/** A no of the licence: used, limit, needed and how to get more, in one message. */
export function refusalFault(asked: Asked, refusal: Refusal): Fault {
  const { used, limit, needed } = refusal
  const advice = {
    upgrade: refusal.upgrade_url ?? UPGRADE_URL,
    sales: refusal.contact_sales ?? SALES_ADDRESS,
    ...(asked.file === undefined ? {} : { file: asked.file }),
  }
  const counts = {
    ...(used === undefined ? {} : { used: String(used) }),
    ...(limit === undefined ? {} : { limit: limit === null ? 'unlimited' : String(limit) }),
    ...(needed === undefined ? {} : { needed: String(needed) }),
  }
  const how = `more: ${advice.upgrade} or ${advice.sales}`
  if (refusal.code !== 'SENSOR_LIMIT_EXCEEDED') {
    return new Fault('LICENCE_DENIED', {
      message: `${refusal.message} (${refusal.code}); ${how}`,
      where: { ...placeOf(asked), ...counts },
      because: refusal.code,
      advice,
    })
  }
  return new Fault('SENSOR_LIMIT_EXCEEDED', {
    message: `${needed} sensors are needed, the licence of ${asked.customer} allows ${limit}, and ${used} are used; ${how}`,
    where: { ...placeOf(asked), ...counts },
    because: refusal.message,
    advice,
  })
}

function staleFault(asked: Asked, detail: string, changes: unknown): Fault {
  const list = Array.isArray(changes)
    ? (changes as readonly { action?: unknown; name?: unknown; changes?: readonly { field?: unknown }[] }[])
    : []
  const changed = list.slice(0, 10).map(({ action, name, changes: fields = [] }, index) => {
    const what = fields.map((it) => String(it.field)).join(', ')
    return [`change ${index + 1}`, `${String(action)} ${String(name)}${what === '' ? '' : ` (${what})`}`] as const
  })
  return new Fault('PLAN_STALE', {
    message: `the site ${asked.siteName ?? ''} changed since the plan was made`,
    where: { ...placeOf(asked), ...Object.fromEntries(changed) },
    because: detail,
    advice: { server: asked.server, customer: asked.customer },
  })
}

function placeOf({ server, customer, siteName }: Asked): Record<string, string> {
  return { server, customer, ...(siteName === undefined ? {} : { site: siteName }) }
}
