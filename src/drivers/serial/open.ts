import type { Sensor } from '../../readings/sensor.js'
import { openSerialLine } from '../../serial-line/open-serial-line.js'
import type { Connection, Surroundings } from '../contract.js'
import { deviceAddress, invalid, parseSerialAddress } from './address.js'
import { detectSettings } from './detect-settings.js'
import { mergeSettings, settingsOf } from './port-options.js'
import { SerialConnection } from './serial-connection.js'

/** Opens the port that all these sensors share. */
export async function openSerial(sensors: readonly Sensor[], around: Surroundings): Promise<Connection> {
  const members = sensors.map((sensor, index) => ({ sensor, index, address: parseSerialAddress(sensor.address) }))
  const [first] = members
  if (!first) return { measurements: async function* () {}, [Symbol.asyncDispose]: async () => {} }
  const { path, framing } = first.address
  const device = members.find(({ address }) => address.wanted === null)
  if (device) throw invalid(device.sensor.address, 'it says of no value which one; probe it, or add key=, column=, match=…')
  const stray = members.find(({ address }) => address.path !== path)
  if (stray) throw invalid(stray.sensor.address, `it is another port than ${path}`)
  const { merged, contradiction } = mergeSettings(members.map(({ address }) => address))
  if (contradiction !== null) throw invalid(deviceAddress(path), `sensors of one port contradict each other in ${contradiction}`)

  const { signal, adapters } = around
  const question = members.find(({ address }) => address.question !== null)?.address.question ?? null
  const settings = merged.baud === 'auto' ? (await detectSettings(path, { merged, question, around })).settings : settingsOf(merged)
  const line = await openSerialLine({ path, ...settings, signal, adapters })
  return new SerialConnection({ line, members, framing, around })
}
