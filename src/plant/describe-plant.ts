import type { Plant, PlantOptions } from './start-plant.js'

/** The line that a program reads when the plant is ready. */
export interface PlantLine {
  readonly schema: 'chatterfix/plant/1'
  readonly addresses: Plant['addresses']
  readonly seed: number
  readonly faults: readonly string[]
}

export function plantLine(plant: Plant, { seed, faults }: PlantOptions): PlantLine {
  return { schema: 'chatterfix/plant/1', addresses: plant.addresses, seed, faults }
}

/** What a person sees when the plant is ready: where it is and what to try; 80 columns hold it. */
export function plantScreen(plant: Plant, { seed, faults, plainSensors }: PlantOptions): string {
  const { modbus, mqtt, opcua, line, serial } = plant.addresses
  const plain = plainSensors.count > 0 ? `, ${plainSensors.count} plain sensors at ${plainSensors.rateHz} Hz` : ''
  const servers = [
    { name: 'Modbus TCP', address: modbus, holds: 'units 1 pump, 2 power meter, 3 fan' },
    { name: 'MQTT', address: mqtt, holds: `JSON, Sparkplug B, waveforms${plain}` },
    { name: 'OPC UA', address: opcua, holds: 'pump-247, fan-112, waveforms' },
    { name: 'Modbus RTU', address: line, holds: 'units 11, 12; 13 has a bad CRC' },
    { name: 'serial', address: serial, holds: 'a flow meter: MEAS? asks it' },
  ].map(({ name, address, holds }) => `  ${name.padEnd(11)}${(address ?? 'not on this system').padEnd(33)}${holds}`)
  const tries = [
    'chatterfix discover localhost',
    ...(modbus ? [`chatterfix probe ${modbus}/1`] : []),
    ...(mqtt ? [`chatterfix watch ${mqtt}`] : []),
    ...(opcua ? [`chatterfix probe ${opcua}`] : []),
    ...(line ? [`chatterfix discover ${line}`] : []),
    ...(serial ? [`chatterfix probe '${serial}'`] : []),
  ].map((command) => `  ${command}`)
  const state = faults.length > 0 ? `faults: ${faults.join(', ')}` : 'pump-247 has a worn bearing, fan-112 is healthy'
  return [`The plant runs (seed ${seed}); ${state}.`, '', ...servers, '', 'Try in another terminal:', ...tries, '', 'Ctrl-C ends it.'].join(
    '\n',
  )
}
