import { countOf, type Freight, type Gap } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'
import type { Drop } from '../contract.js'

/** Of these many stretches the details are kept; the count goes on. */
const MAX_DROPS = 1000

/** What could not be kept, as stretches with a cause each. */
export class DropCount {
  total = 0
  private readonly ended: Drop[] = []
  /** The stretch going on, and the sensors that it touches. */
  private open: { count: number; from: EpochMicros; to: EpochMicros; cause: string; sensors: Set<string> } | null = null

  get stretches(): readonly Drop[] {
    if (this.open === null || this.open.count === 0) return this.ended
    const { count, from, to, cause } = this.open
    return [...this.ended, { count, from, to, cause }]
  }

  add(freight: Freight, cause: string): void {
    const count = countOf(freight)
    const { from, to, sensors } = extentOf(freight)
    this.open ??= { count: 0, from, to, cause, sensors: new Set() }
    this.open.count += count
    this.open.from = Math.min(this.open.from, from)
    this.open.to = Math.max(this.open.to, to)
    for (const sensor of sensors) this.open.sensors.add(sensor)
    this.total += count
  }

  /** Counts what was lost as a whole, without freight at hand. */
  addStretch(drop: Drop): void {
    if (drop.count === 0) return
    this.total += drop.count
    if (this.ended.length < MAX_DROPS) this.ended.push(drop)
  }

  /** Ends the stretch; gives it as a gap to record, or null where nothing was dropped. */
  endStretch(): Gap | null {
    if (this.open === null) return null
    const { count, from, to, cause, sensors } = this.open
    this.open = null
    if (count > 0 && this.ended.length < MAX_DROPS) this.ended.push({ count, from, to, cause })
    return { kind: 'gap', sensors: [...sensors], from, to, cause, missing: count }
  }
}

function extentOf(freight: Freight): { from: EpochMicros; to: EpochMicros; sensors: readonly string[] } {
  switch (freight.kind) {
    case 'batch': {
      let from = freight.receivedAt
      let to = freight.receivedAt
      for (const at of freight.measuredAt) {
        if (at < from) from = at
        if (at > to) to = at
      }
      return { from, to, sensors: freight.sensors }
    }
    case 'waveform':
      return { from: freight.startedAt, to: freight.receivedAt, sensors: [freight.sensor] }
    case 'gap':
      return { from: freight.from, to: freight.to, sensors: freight.sensors }
    case 'event':
      return { from: freight.at, to: freight.at, sensors: freight.sensors }
  }
}
