/** Slewing rings turn once in an hour or two, a dental turbine 400,000 times a minute: beyond these no shaft turns. */
const SLOWEST_RPM = 0.001
const FASTEST_RPM = 1_000_000

/** Why no shaft can turn so, in words; null where one can. */
export function whyNoSpeed(rpm: number): string | null {
  if (Number.isFinite(rpm) && rpm >= SLOWEST_RPM && rpm <= FASTEST_RPM) return null
  return `shafts turn between ${SLOWEST_RPM} and ${FASTEST_RPM.toLocaleString('en-GB')} times a minute`
}
