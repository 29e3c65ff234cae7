import { z } from 'zod'
import { durationEntry } from './duration-entry.js'

/** Alarm limits as people write them, and what keeps alarms from chattering about them. */
export const limitsEntry = z
  .strictObject({
    critical_low: z.number().optional(),
    warning_low: z.number().optional(),
    warning_high: z.number().optional(),
    critical_high: z.number().optional(),
    deadband: z.number().nonnegative().optional(),
    on_delay: durationEntry.optional(),
    off_delay: durationEntry.optional(),
  })
  .refine((it) => isAscending([it.critical_low, it.warning_low, it.warning_high, it.critical_high]))
  .superRefine((it, context) => {
    const { deadband = 0, critical_low, warning_low, warning_high, critical_high } = it
    const band = (warning_high ?? critical_high ?? Number.POSITIVE_INFINITY) - (warning_low ?? critical_low ?? Number.NEGATIVE_INFINITY)
    if (deadband === 0 || deadband < band) return
    const hint = `between the low and the high limit there are ${band}: no value would end an alarm`
    context.addIssue({ code: 'custom', path: ['deadband'], params: { hint } })
  })

export type LimitsEntry = z.infer<typeof limitsEntry>

function isAscending(values: readonly (number | undefined)[]): boolean {
  const stated = values.filter((value) => value !== undefined)
  return stated.every((value, index) => index === 0 || (stated[index - 1] ?? value) <= value)
}
