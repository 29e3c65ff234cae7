import type { Surroundings } from '../drivers/contract.js'
import type { SpoolPolicy } from './spool/spool.js'

/** What a sink may know of the world around it. */
export interface SinkSurroundings extends Pick<Surroundings, 'clock' | 'log' | 'credentials' | 'timeoutMs' | 'stateFolder'> {
  /** A bearer's secret for a far end, from the environment; undefined where there is none. */
  readonly token?: (scheme: string) => string | undefined
  /** What waits for a far end waits here. */
  readonly spool: {
    readonly root: string
    readonly capBytes: number
    readonly policy: SpoolPolicy
  }
}
