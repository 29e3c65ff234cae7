import { DeliveryError, type FarEnd } from './far-end.js'
import { type Parcel, sliceReadings } from './parcel.js'

export interface Unacceptable {
  readonly parcel: Parcel
  readonly reason: string
}

/**
 * Delivers parcels; where the far end takes exception to some, finds out by halves to which, and delivers the others.
 * @returns what it will never take, one reading or block each.
 * @throws what a far end throws that is unreachable or refuses altogether.
 */
export async function deliverByHalves(farEnd: FarEnd, parcels: readonly Parcel[], signal: AbortSignal): Promise<readonly Unacceptable[]> {
  try {
    await farEnd.deliver(parcels, signal)
    return []
  } catch (thrown) {
    if (!(thrown instanceof DeliveryError) || thrown.refusal === 'unreachable' || thrown.refusal === 'refused') throw thrown
    const halves = halvesOf(parcels)
    if (halves === null) return parcels.map((parcel) => ({ parcel, reason: thrown.message }))
    const first = await deliverByHalves(farEnd, halves[0], signal)
    return [...first, ...(await deliverByHalves(farEnd, halves[1], signal))]
  }
}

function halvesOf(parcels: readonly Parcel[]): readonly [readonly Parcel[], readonly Parcel[]] | null {
  const [only] = parcels
  if (only === undefined) return null
  if (parcels.length > 1) {
    const middle = Math.ceil(parcels.length / 2)
    return [parcels.slice(0, middle), parcels.slice(middle)]
  }
  if (only.kind !== 'readings' || only.at.length <= 1) return null
  const middle = Math.ceil(only.at.length / 2)
  return [[sliceReadings(only, 0, middle)], [sliceReadings(only, middle, only.at.length)]]
}
