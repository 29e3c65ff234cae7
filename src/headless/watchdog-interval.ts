/**
 * How often a service must give a sign of life: half of what its manager waits for.
 * @param environment  of a service (sd_watchdog_enabled(3)).
 * @returns in milliseconds; undefined where nobody waits for one, or for one of another process.
 */
export function watchdogIntervalMs(environment: Readonly<Record<string, string | undefined>>, pid: number): number | undefined {
  const { WATCHDOG_USEC, WATCHDOG_PID } = environment
  if (!/^[1-9]\d{0,15}$/.test(WATCHDOG_USEC ?? '')) return undefined
  if (WATCHDOG_PID !== undefined && WATCHDOG_PID !== String(pid)) return undefined
  return Number(WATCHDOG_USEC) / 2000
}
