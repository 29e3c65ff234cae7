import type { WriteDesk } from '../dashboard/actions/work-abilities.js'
import type { WriteFacts } from '../dashboard/work-facts.js'
import type { Surroundings } from '../drivers/contract.js'
import { formatFault, reportFault } from '../output/fault-report.js'
import { formatDraft } from '../output/write-report.js'
import type { SensorKey } from '../readings/measurement.js'
import type { LoadedSite } from '../site/load-site.js'
import { DEFAULT_SITE_FILE } from '../site/load-site.js'
import { type PreparedWrite, performWrite, prepareWrite } from '../writing/guarded-write.js'
import { faultOf } from './fault-of.js'

interface WriteDeskParts {
  readonly writing: 'allowed' | 'not-allowed'
  /** Null: only the profile of a device may list what is writable. */
  readonly site: LoadedSite | null
  readonly around: Surroundings
  readonly who: string
  readonly addressOf: (sensor: SensorKey) => string | undefined
  /** What was written, as an event says it. */
  readonly written: (text: string, sensor: SensorKey) => void
}

/** The guarded write of `write`, step by step for a screen: one at a time, and a draft is good for one confirmation. */
export function openWriteDesk(parts: WriteDeskParts): WriteDesk {
  let facts: WriteFacts = { phase: parts.writing === 'allowed' ? 'idle' : 'not-allowed' }
  let prepared: PreparedWrite | undefined
  const failed = (sensor: SensorKey, thrown: unknown): void => {
    facts = { phase: 'failed', sensor, deviceName: '', lines: formatFault(reportFault(faultOf(thrown, 'write'))).split('\n') }
  }
  const isBusy = (): boolean => facts.phase === 'reading' || facts.phase === 'writing' || facts.phase === 'not-allowed'
  return {
    get facts() {
      return facts
    },
    async draft(sensor, value) {
      if (isBusy()) return
      facts = { phase: 'reading', sensor }
      try {
        prepared = await prepareWrite(wishOf(parts, sensor, value))
        facts = { phase: 'drafted', sensor, deviceName: prepared.target.deviceName, lines: formatDraft(prepared).split('\n') }
      } catch (thrown) {
        failed(sensor, thrown)
      }
    },
    async confirm(typed) {
      const write = prepared
      if (!write || facts.phase !== 'drafted') return
      const { sensor } = facts
      facts = { phase: 'writing', sensor }
      prepared = undefined
      try {
        const { sensor: named, draft, readBack } = await performWrite(write, { by: 'name', text: typed })
        const text = `${named} is ${readBack}, it was ${draft.old}`
        facts = { phase: 'written', sensor, deviceName: write.target.deviceName, lines: [text, 'kept in writes.jsonl in the state folder'] }
        parts.written(`written by ${parts.who}: ${text}`, named)
      } catch (thrown) {
        failed(sensor, thrown)
      }
    },
    drop() {
      if (isBusy()) return
      prepared = undefined
      facts = { phase: 'idle' }
    },
  }
}

/** As `write SENSOR VALUE` would have it; a sensor that the site does not name is meant by its address. */
function wishOf({ site, around, who, addressOf }: WriteDeskParts, sensor: SensorKey, value: number): Parameters<typeof prepareWrite>[0] {
  const known = site ?? { name: '', assets: [], sensors: [], path: DEFAULT_SITE_FILE }
  const target = known.sensors.some(({ key }) => key === sensor) ? sensor : (addressOf(sensor) ?? sensor)
  return { target, value, site: known, siteFile: known.path, who, around }
}
