import type { ConfigurationPlan, PlanRequest } from './configuration-client.js'
import { refusalFault } from './problem-fault.js'

/** @throws Fault SENSOR_LIMIT_EXCEEDED or LICENCE_DENIED where the licence would refuse the plan. */
export function refuseViolations(request: PlanRequest, { violations }: ConfigurationPlan): void {
  const [first] = violations
  if (first !== undefined) throw refusalFault({ ...request, siteName: request.site.name }, first)
}
