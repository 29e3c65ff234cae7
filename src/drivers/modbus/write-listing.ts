import type { Surroundings, WriteListing } from '../contract.js'
import { formatModbusAddress, type ModbusPoint } from './address.js'
import { chooseProfile } from './choose-profile.js'
import { identifyUnit } from './identify.js'
import { targetOf } from './medium.js'
import { withClient } from './probe.js'
import { describeOrigin, placeOnDevice } from './read-by-profile.js'
import { readSpan } from './read-span.js'

/**
 * What the profile of a unit says of a place. Only a profile that the device itself proves, or that somebody named, counts: likely values are no ground to write on.
 * @throws DriverFault as reading does.
 */
export async function listingByProfile(point: ModbusPoint, around: Surroundings): Promise<WriteListing> {
  const choice = await around.profiles?.()
  if (!choice) return notListed('no profiles of devices are at hand')
  const asking = { unit: point.unit, timeoutMs: around.timeoutMs }
  const chosen = await withClient(point, around, async (line) => {
    const self = await identifyUnit(line, asking)
    return await chooseProfile(choice, { self, read: (span) => readSpan(line, asking, span) })
  })
  if (!chosen) return notListed(`no profile is known for the device at unit ${point.unit}; --profile NAME says which one it is`)
  const { profile, confidence, why } = chosen
  const { key } = profile
  if (confidence < 1) return notListed(`profile ${key} is only likely (${why}); --profile ${key} says that it is one`)
  const there = profile.registers.filter(({ table, address }) => table === point.table && address === point.register)
  const [first] = there
  if (!first) return notListed(`profile ${key} knows nothing at ${point.table} ${point.register}`)
  const device = { ...targetOf(point), unit: point.unit }
  const meant = formatModbusAddress(point)
  const spelled = there.map((register) => ({ register, address: formatModbusAddress(placeOnDevice(device, register)) }))
  const writable = spelled.filter(({ register }) => register.writable !== null)
  if (writable.length === 0) return notListed(`profile ${key} does not list ${first.name} as writable`)
  const { register } = writable.find(({ address }) => address === meant) ?? {}
  if (!register?.writable) return notListed(`profile ${key} reads it otherwise: ${writable.map(({ address }) => address).join(', ')}`)
  return {
    kind: 'listed',
    bounds: register.writable,
    unit: register.unit,
    valueKind: register.kind,
    deviceName: `${key}/${point.unit}`,
    by: `profile ${key} (${describeOrigin(profile)})`,
  }
}

function notListed(because: string): WriteListing {
  return { kind: 'not-listed', because }
}
