import type { ProbeReport } from '../drivers/probe-report.js'
import type { Clock } from '../readings/clock.js'
import { profileFromProbe } from './profile-from-probe.js'
import { writeNewFile } from './write-new-file.js'

/**
 * Writes what a probe saw as a skeleton of a profile.
 * @throws Fault OUTPUT_EXISTS, FILE_PERMISSION, or USAGE where the probe met no registers.
 */
export async function saveProbedProfile(report: ProbeReport, path: string, clock: Clock): Promise<void> {
  const date = new Date(clock.now() / 1000).toISOString().slice(0, 10)
  await writeNewFile(path, profileFromProbe(report, date))
}
