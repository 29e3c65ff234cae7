import type { CompareClock } from '../acquisition/clock-reference.js'
import type { Surroundings } from '../drivers/contract.js'

/** One attempt of three: a run that keeps nothing waits no longer than that for a time server. */
const ATTEMPT_MS = 500

/**
 * Who is asked how good this machine's clock is: the server named with `--ntp`, else those that the machine's own configuration names,
 * one after the other until one answers. `none` asks nobody.
 */
export function clockComparison(named: string | undefined, { clock }: Surroundings): CompareClock {
  return async (signal) => {
    if (named === 'none') return { server: null, offsetMs: null, because: 'nobody was to be asked (--ntp none)' }
    // Loaded here: most runs of the program never get this far.
    const [{ askSntp }, { systemTimeServers }] = await Promise.all([
      import('../sntp/ask-sntp.js'),
      import('../sntp/system-time-servers.js'),
    ])
    const servers = named === undefined ? await systemTimeServers() : [named]
    let because = 'this machine names no time server; --ntp names one'
    for (const server of servers) {
      const comparison = await askSntp({ server, timeoutMs: ATTEMPT_MS, clock, signal })
      if (comparison.offsetMs !== null) return comparison
      because = `${server}: ${comparison.because}`
    }
    return { server: servers.at(-1) ?? null, offsetMs: null, because }
  }
}
