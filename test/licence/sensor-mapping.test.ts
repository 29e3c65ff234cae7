import { expect, test } from 'vitest'
import { configurationsOfSite, TYPE_OF_KIND } from '../../src/licence/client/sensor-mapping.js'
import { SENSOR_TYPES, sensorConfigurationSchema } from '../../src/licence/sensor-configuration.js'
import { SENSOR_KINDS, type Sensor } from '../../src/readings/sensor.js'

const configurationOf = (address: string, more: Partial<Sensor> = {}) =>
  configurationsOfSite({
    name: 'demo-plant',
    assets: [],
    sensors: [{ key: 'pump-247/t', address, kind: 'temperature', unit: '°C', periodMs: 500, asset: 'pump-247', ...more }],
  })[0]

test('a Modbus sensor becomes what ChatterFix expects', () => {
  const address = 'modbus-tcp://10.0.0.21/7/holding/0?as=int16&scale=0.1'
  expect(configurationOf(address, { limits: { warningHigh: 80, criticalHigh: 95 } })).toEqual({
    name: 'pump-247/t',
    sensor_type: 'temperature',
    protocol: 'modbus_tcp',
    connection_params: { host: '10.0.0.21', port: 502, unit_id: 7 },
    data_mapping: { registers: [{ address: 40_001, scale: 0.1, offset: 0, type: 'int16' }], unit: '°C', kind: 'temperature', address },
    sampling_interval: 0.5,
    alert_thresholds: { warning_high: 80, critical_high: 95 },
    asset_id: 'pump-247',
    location: 'demo-plant',
  })
})

test('how a recorder here saves space is not pushed', () => {
  const address = 'modbus-tcp://10.0.0.21/7/holding/0?as=int16'
  expect(configurationOf(address, { deadband: 0.2, atLeastEveryMs: 60_000 })).toEqual(configurationOf(address))
})

test.each([
  ['coil/0', 1],
  ['discrete/9', 10_010],
  ['input/100', 30_101],
  ['holding/9998', 49_999],
  ['holding/9999', 410_000],
  ['holding/65535', 465_536],
  ['input/10000', 310_001],
  ['40101', 40_101],
])('register %s is number %i', (path, number) => {
  const registers = configurationOf(`modbus-tcp://h/1/${path}`)?.data_mapping['registers'] as { address: number }[]
  expect(registers[0]?.address).toBe(number)
})

test.each([
  [
    'mqtt://10.0.0.5/plant/pump/t?field=/value',
    'mqtt',
    { host: '10.0.0.5', port: 1883, tls: false },
    { topic: 'plant/pump/t', field: '/value' },
  ],
  ['mqtts://me@b:8884/a', 'mqtt', { host: 'b', port: 8884, tls: true, username: 'me' }, { topic: 'a' }],
  ['opc.tcp://10.0.0.9/?node=ns=2;s=P.T', 'opc_ua', { endpoint: 'opc.tcp://10.0.0.9:4840/' }, { node_id: 'ns=2;s=P.T' }],
  ['opc.tcp://[::1]:4841/UA/Srv?node=ns=2;i=7', 'opc_ua', { endpoint: 'opc.tcp://[::1]:4841/UA/Srv' }, { node_id: 'ns=2;i=7' }],
  ['https://h/api/t?field=/v', 'http_api', { url: 'https://h:443/api/t' }, { field: '/v' }],
])('%s is spoken as %s', (address, protocol, connection, mapping) => {
  const configuration = configurationOf(address)
  expect(configuration).toMatchObject({ protocol, connection_params: connection, data_mapping: mapping })
  expect(sensorConfigurationSchema.parse(configuration)).toEqual(configuration)
})

test('every kind has one of ChatterFix’s seven types', () => {
  for (const kind of SENSOR_KINDS) expect(SENSOR_TYPES).toContain(TYPE_OF_KIND[kind])
})

test('a simulated sensor cannot be pushed', () => {
  expect(() => configurationOf('simulator://pump-set/a')).toThrow(expect.objectContaining({ code: 'SENSOR_NOT_PUSHABLE' }))
  expect(() => configurationOf('modbus-tcp://h/1')).toThrow(expect.objectContaining({ code: 'ADDRESS_INVALID' }))
})
