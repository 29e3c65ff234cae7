import { Fault } from '../faults/fault.js'
import { parseAddress } from '../readings/address.js'
import { similar } from '../readings/similar.js'
import { UNITS, unitOf } from '../readings/unit.js'

/** A unit that an address states is one of the table, as in a site file. @throws Fault ADDRESS_INVALID with the one that was probably meant. */
export function refuseUnknownUnit(address: string): void {
  const unit = parseAddress(address).query.get('unit')
  if (unit === undefined || unitOf(unit) !== undefined) return
  const near = similar(
    unit,
    UNITS.flatMap(({ symbol, aliases }) => [symbol, ...aliases]),
  )
  throw new Fault('ADDRESS_INVALID', {
    message: `'${unit}' is no unit`,
    where: { address },
    because:
      near === undefined ? 'it is not in the table of units; an address without unit= is read all the same' : `perhaps you meant ${near}`,
    advice: { example: address.replace(/([?&]unit=)[^&]*/, `$1${near ?? 'bar'}`) },
  })
}
