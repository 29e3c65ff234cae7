import { Fault } from '../../faults/fault.js'
import { type Address, parseAddress } from '../../readings/address.js'
import type { Site } from '../../readings/asset.js'
import type { Sensor, SensorKind } from '../../readings/sensor.js'
import type { Protocol, SensorConfiguration, SensorType } from '../sensor-configuration.js'

/** ChatterFix knows seven types; a kind goes to the one whose alarms and charts suit it. */
export const TYPE_OF_KIND: Readonly<Record<SensorKind, SensorType>> = {
  temperature: 'temperature',
  pressure: 'pressure',
  flow: 'flow',
  level: 'mechanical',
  speed: 'mechanical',
  current: 'electrical',
  voltage: 'electrical',
  power: 'electrical',
  energy: 'electrical',
  frequency: 'electrical',
  velocity: 'vibration',
  acceleration: 'vibration',
  displacement: 'vibration',
  humidity: 'environmental',
  state: 'mechanical',
  counter: 'mechanical',
  other: 'mechanical',
}

type Way = Pick<SensorConfiguration, 'connection_params' | 'data_mapping'>

interface Speech {
  readonly protocol: Protocol
  readonly port: number | null
  readonly way: (address: Address, port: number | null) => Way
}

const SPEECH_OF_SCHEME: Readonly<Record<string, Speech>> = {
  'modbus-tcp': { protocol: 'modbus_tcp', port: 502, way: modbusWay },
  mqtt: { protocol: 'mqtt', port: 1883, way: mqttWay },
  mqtts: { protocol: 'mqtt', port: 8883, way: mqttWay },
  'opc.tcp': { protocol: 'opc_ua', port: 4840, way: opcUaWay },
  http: { protocol: 'http_api', port: 80, way: httpWay },
  https: { protocol: 'http_api', port: 443, way: httpWay },
}

/** Where the traditional register numbers of a table begin. ChatterFix writes registers that way. */
const FIRST_NUMBER: Readonly<Record<string, number>> = { coil: 1, discrete: 10_001, input: 30_001, holding: 40_001 }

/**
 * The site's sensors as ChatterFix keeps them. `deadband` and `at_least_every` say how a recorder on this machine saves space and are not
 * pushed: a change of them is no change of the configuration. Nor are deadband and delays of limits, for which `alert_thresholds` has no word.
 * @throws Fault SENSOR_NOT_PUSHABLE where ChatterFix has no protocol for an address.
 */
export function configurationsOfSite(site: Site): SensorConfiguration[] {
  return site.sensors.map((sensor) => configurationOfSensor(sensor, site.name))
}

function configurationOfSensor(sensor: Sensor, siteName: string): SensorConfiguration {
  const address = parseAddress(sensor.address)
  const speech = SPEECH_OF_SCHEME[address.scheme]
  if (speech === undefined) {
    throw new Fault('SENSOR_NOT_PUSHABLE', {
      message: `ChatterFix cannot reach ${sensor.key}: it has no protocol for ${address.scheme}://`,
      where: { sensor: sensor.key, address: sensor.address },
      because: `it speaks ${[...new Set(Object.values(SPEECH_OF_SCHEME).map((it) => it.protocol))].join(', ')}`,
      advice: { scope: 'localhost', example: 'modbus-tcp://10.0.0.21:502/7/holding/100?as=float32' },
    })
  }
  const { connection_params, data_mapping } = speech.way(address, address.port ?? speech.port)
  const { warningLow, warningHigh, criticalLow, criticalHigh } = sensor.limits ?? {}
  return {
    name: sensor.key,
    sensor_type: TYPE_OF_KIND[sensor.kind],
    protocol: speech.protocol,
    connection_params,
    data_mapping: { ...data_mapping, unit: sensor.unit, kind: sensor.kind, address: sensor.address },
    sampling_interval: sensor.periodMs / 1000,
    alert_thresholds: stated({
      critical_low: criticalLow,
      warning_low: warningLow,
      warning_high: warningHigh,
      critical_high: criticalHigh,
    }),
    asset_id: sensor.asset ?? null,
    location: siteName,
  }
}

function modbusWay({ host, path, query }: Address, port: number | null): Way {
  const [unit = '1', table = '', offset] = path
  const pdu = Number(offset ?? Number.NaN)
  const first = FIRST_NUMBER[table]
  const number = first !== undefined && Number.isInteger(pdu) ? registerNumber(first, pdu) : Number(table)
  if (!(Number.isInteger(number) && number > 0 && Number.isInteger(Number(unit)))) {
    throw new Fault('ADDRESS_INVALID', {
      message: `modbus-tcp://${host}/${path.join('/')} names no register`,
      advice: { scope: 'localhost', example: 'modbus-tcp://10.0.0.21:502/7/holding/100?as=float32' },
    })
  }
  const register = {
    address: number,
    scale: Number(query.get('scale') ?? 1),
    offset: Number(query.get('offset') ?? 0),
    ...stated({ type: query.get('as'), order: query.get('order'), bit: query.get('bit'), length: query.get('length') }),
  }
  return { connection_params: { host, port, unit_id: Number(unit) }, data_mapping: { registers: [register] } }
}

/** `holding/100` is 40101; where five digits are too few, six: `holding/10000` is 410001. */
function registerNumber(first: number, pdu: number): number {
  const isBeyondFiveDigits = pdu > 9_998
  return isBeyondFiveDigits ? Math.floor(first / 10_000) * 100_000 + pdu + 1 : first + pdu
}

function mqttWay({ scheme, host, user, path, query }: Address, port: number | null): Way {
  const wanted = stated({ field: query.get('field'), metric: query.get('metric'), as: query.get('as') })
  return {
    connection_params: { host, port, tls: scheme === 'mqtts', ...stated({ username: user ?? undefined }) },
    data_mapping: { topic: path.join('/'), ...wanted },
  }
}

function opcUaWay({ host, user, path, query }: Address, port: number | null): Way {
  const endpoint = `opc.tcp://${bracketed(host)}:${port}/${path.map(encodeURIComponent).join('/')}`
  const wanted = stated({ node_id: query.get('node'), index: query.get('index'), as: query.get('as') })
  return { connection_params: { endpoint, ...stated({ username: user ?? undefined }) }, data_mapping: wanted }
}

function httpWay({ scheme, host, path, query }: Address, port: number | null): Way {
  const url = `${scheme}://${bracketed(host)}:${port}/${path.map(encodeURIComponent).join('/')}`
  return { connection_params: { url }, data_mapping: stated({ field: query.get('field') }) }
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** Without what nobody stated. */
function stated<T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
