import { dirname } from 'node:path'
import { Fault } from '../faults/fault.js'
import type { StatusDocument } from './status-document.js'

/** Where a recorder's state can be asked for. */
export interface StatusPlace {
  /** Never rejects: what cannot be told now can be told a second later. */
  readonly tell: (status: StatusDocument) => Promise<void>
  /** Takes it away. */
  readonly close: () => Promise<void>
}

export function unusable(place: string, because: string): Fault {
  return new Fault('STATUS_PLACE_UNUSABLE', {
    message: `the status cannot be given at ${place}`,
    where: { file: place },
    because,
    advice: { folder: dirname(place) },
  })
}
