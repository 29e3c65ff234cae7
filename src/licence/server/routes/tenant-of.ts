import type { Tenant } from '../../customer.js'
import { notFound } from '../problem.js'
import type { LicenceContext } from '../server-parts.js'

/** The customer that the path or body names, if it is the token's; everybody else's things do not exist. */
export function tenantOf(context: LicenceContext, customer: string): Tenant {
  const tenant = context.get('tenant')
  if (tenant.id !== customer) throw notFound('there is no such customer')
  return tenant
}
