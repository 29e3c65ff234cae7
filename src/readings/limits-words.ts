import type { LimitsEntry } from './limits-entry.js'
import type { Limits } from './sensor.js'
import { stated } from './stated.js'
import { formatDurationMs, parseDurationMs } from './time.js'

/** Limits out of their entry in a file. */
export function limitsOf(entry: LimitsEntry): Limits {
  return stated({
    criticalLow: entry.critical_low,
    warningLow: entry.warning_low,
    warningHigh: entry.warning_high,
    criticalHigh: entry.critical_high,
    deadband: entry.deadband,
    onDelayMs: durationOf(entry.on_delay),
    offDelayMs: durationOf(entry.off_delay),
  })
}

/** Their entry in a file. */
export function limitsEntryOf(limits: Limits): LimitsEntry {
  return stated({
    critical_low: limits.criticalLow,
    warning_low: limits.warningLow,
    warning_high: limits.warningHigh,
    critical_high: limits.criticalHigh,
    deadband: limits.deadband,
    on_delay: limits.onDelayMs === undefined ? undefined : formatDurationMs(limits.onDelayMs),
    off_delay: limits.offDelayMs === undefined ? undefined : formatDurationMs(limits.offDelayMs),
  })
}

function durationOf(entry: LimitsEntry['on_delay']): number | undefined {
  return entry === undefined ? undefined : parseDurationMs(String(entry))
}
