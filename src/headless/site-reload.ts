import type { Resolved } from '../acquisition/resolve-sensors.js'
import type { RunningRoad } from '../acquisition/running-road.js'
import { describeChanges } from '../acquisition/sensor-changes.js'
import { Fault, reasonOf } from '../faults/fault.js'
import type { Clock } from '../readings/clock.js'
import type { Happening } from '../readings/measurement.js'

interface SiteReload {
  readonly road: RunningRoad
  /** As `FollowedSite` says. */
  readonly reload: () => Promise<Resolved | null>
  readonly clock: Clock
  /** For people. */
  readonly say: (text: string) => void
}

/** Reads the site file again and goes on with what it says; one that is wrong changes nothing. What became of it is told as an event and to people. */
export async function reloadSite({ road, reload, clock, say }: SiteReload): Promise<void> {
  const { severity, text } = await outcomeOf(road, reload)
  const event: Happening = { kind: 'event', at: clock.now(), event: 'configuration', severity, text, sensors: [] }
  say(text)
  await road.tell(event)
}

async function outcomeOf(road: RunningRoad, reload: SiteReload['reload']): Promise<Pick<Happening, 'severity' | 'text'>> {
  try {
    const wanted = await reload()
    if (wanted === null) return { severity: 'note', text: 'no site file is in use, so there is none to read again' }
    const changes = await road.reconfigure(wanted)
    const news = describeChanges(changes)
    const severity = changes.refused.length > 0 ? 'warning' : 'note'
    return { severity, text: `the site file was read again: ${news === '' ? 'no sensor changed' : news}` }
  } catch (thrown) {
    const because = thrown instanceof Fault && thrown.facts.because !== undefined ? ` (${thrown.facts.because})` : ''
    return { severity: 'warning', text: `the site file is not gone by, all goes on as before: ${reasonOf(thrown)}${because}` }
  }
}
