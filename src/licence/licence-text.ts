import { terminalSafe } from '../output/terminal-safe.js'
import type { AppliedConfiguration, ConfigurationPlan } from './client/configuration-client.js'
import type { LicenceStatus } from './client/fetch-licence.js'
import type { Action } from './site-diff.js'
import { formatCents } from './tiers.js'

const SIGN = { create: '+', update: '~', delete: '-' } as const
const SHOWN_ACTIONS = 200

/** What a push would do, one line a sensor, then what it means for the licence. */
export function formatPlan(plan: ConfigurationPlan): string {
  const { actions, licence } = plan
  const count = (kind: Action['action']) => actions.filter(({ action }) => action === kind).length
  const delta = `${licence.costDeltaCents < 0 ? '' : '+'}${formatCents(licence.costDeltaCents)}`
  return [
    ...actions.slice(0, SHOWN_ACTIONS).flatMap(actionLines),
    ...(actions.length > SHOWN_ACTIONS ? [`  … and ${actions.length - SHOWN_ACTIONS} more`] : []),
    actions.length === 0
      ? `site ${terminalSafe(plan.site)} is as pushed: revision ${plan.baseRevision}`
      : `plan for site ${terminalSafe(plan.site)} on revision ${plan.baseRevision}: ${count('create')} to create, ${count('update')} to update, ${count('delete')} to delete`,
    `sensors: ${licence.used} used, ${licence.after} after, limit ${limitText(licence.limit)} (tier ${terminalSafe(licence.tier)})`,
    `cost: ${delta} a month, ${formatCents(licence.costAfterCents)} in all for sites and sensors`,
  ].join('\n')
}

/** What a push did. */
export function formatApplied({ site, revision, applied }: AppliedConfiguration): string {
  return `site ${terminalSafe(site)} is at revision ${revision}; ${applied} ${applied === 1 ? 'sensor' : 'sensors'} changed`
}

/** A licence for people. */
export function formatLicenceStatus({ customer, server, licence, sensors }: LicenceStatus): string {
  const trial = licence.is_trial ? ` (trial, ${licence.trial_days_remaining} days left)` : ''
  return [
    `customer  ${terminalSafe(customer)} at ${terminalSafe(server)}`,
    `tier      ${terminalSafe(licence.tier)}${trial}`,
    `until     ${terminalSafe(licence.expires_at ?? 'no end')}`,
    `sensors   ${sensors.used} used, limit ${limitText(sensors.limit)}`,
    `calls     ${licence.api_calls_per_month < 0 ? 'unlimited' : `${licence.api_calls_per_month.toLocaleString('en-US')} a month`}`,
    `features  ${terminalSafe(licence.features.join(', '))}`,
  ].join('\n')
}

function actionLines({ action, name, changes }: Action): string[] {
  const fields = changes.map(({ field, before, after }) => `      ${field}: ${short(before)} → ${short(after)}`)
  return [`  ${SIGN[action]} ${terminalSafe(name)}`, ...fields.map((line) => terminalSafe(line))]
}

function short(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function limitText(limit: number | null): string {
  return limit === null ? 'unlimited' : String(limit)
}
