import { type Field, type Fields, fieldIn, VALUE_FIELDS } from './file-fields.js'

const degrees = { expected: 'a number of degrees from 0 to 60', example: 'contact_angle_deg: 0' }

/** Every key of the site file. A new key comes here and into site-file-schema.ts. */
const FIELDS: Fields = {
  ...VALUE_FIELDS,
  site: { expected: 'the plant’s name: printable text of at most 128 characters', example: 'site: demo-plant' },
  assets: { expected: 'a map from asset to its nameplate', example: 'assets: { pump-247: { class: centrifugal pump } }' },
  sensors: {
    expected: 'a map from sensor (asset/name) to its address, kind and unit',
    example:
      'sensors: { pump-247/temperature: { address: "modbus-tcp://10.0.0.21/7/holding/100?as=float32", kind: temperature, unit: °C } }',
  },
  layouts: {
    expected: 'a map from name (printable, at most 60 characters) to a tree of panes, as the dashboard saves it',
    example: 'layouts: { night: { view: sensors } }',
  },
  class: { expected: 'the equipment class in words', example: 'class: centrifugal pump' },
  description: { expected: 'text of at most 500 characters', example: 'description: drive end, horizontal' },
  rated_speed_rpm: { expected: 'a positive number, in rpm', example: 'rated_speed_rpm: 1485' },
  rated_power_kw: { expected: 'a positive number, in kW', example: 'rated_power_kw: 45' },
  support: { expected: 'rigid or flexible', example: 'support: rigid' },
  speed_sensor: { expected: 'a sensor of this file', example: 'speed_sensor: pump-247/speed' },
  bearing: {
    expected: 'name and geometry of a rolling-element bearing',
    example: 'bearing: { name: SKF 6205, rolling_elements: 9, ball_diameter_mm: 7.94, pitch_diameter_mm: 39.04, contact_angle_deg: 0 }',
  },
  name: { expected: 'the bearing’s designation', example: 'name: SKF 6205' },
  rolling_elements: { expected: 'a whole number from 3 to 500', example: 'rolling_elements: 9' },
  ball_diameter_mm: { expected: 'a positive number smaller than the pitch diameter, in mm', example: 'ball_diameter_mm: 7.94' },
  pitch_diameter_mm: { expected: 'a positive number, in mm', example: 'pitch_diameter_mm: 39.04' },
  contact_angle_deg: degrees,
  address: {
    expected: 'an address: scheme://host[:port]/path?name=value',
    example: 'address: modbus-tcp://10.0.0.21:502/7/holding/100?as=float32&order=cdab',
  },
  every: { expected: 'a duration from 1ms to 1d', example: 'every: 1s' },
  writable: { expected: 'true or false; true needs a range', example: 'writable: true' },
  deadband: { expected: 'a number from 0, in the sensor’s unit; 0 records every change', example: 'deadband: 0.2' },
  at_least_every: { expected: 'a duration from 1ms to 1d', example: 'at_least_every: 10m' },
  asset: { expected: 'an asset of this file', example: 'asset: pump-247' },
}

const ASSET_ENTRY: Field = {
  expected: 'an asset key (printable, at most 128 characters) and its nameplate',
  example: 'pump-247: { class: centrifugal pump, rated_speed_rpm: 1485 }',
}

const SENSOR_ENTRY: Field = {
  expected: 'a sensor key asset/name (printable, at most 128 characters) with address and kind',
  example: 'pump-247/temperature: { address: "mqtt://10.0.0.5/plant/pump-247/temperature", kind: temperature, unit: °C }',
}

const FILE: Field = { expected: 'a site file: site, assets, sensors, layouts', example: 'site: demo-plant' }

/** What stands at a path such as ['sensors', 'pump-247/speed', 'unit'] wants. */
export function fieldAt(path: readonly PropertyKey[]): Field {
  if (path.length === 2) return path[0] === 'assets' ? ASSET_ENTRY : SENSOR_ENTRY
  return fieldIn(FIELDS, FILE, path)
}
