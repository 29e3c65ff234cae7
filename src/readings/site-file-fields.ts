import { type Field, type Fields, fieldIn, VALUE_FIELDS } from './file-fields.js'
import { MACHINE_KINDS } from './machine-facts.js'

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
    expected: 'name and geometry of a rolling-element bearing, or a name that the catalogue knows',
    example: 'bearing: { name: SKF 6205, rolling_elements: 9, ball_diameter_mm: 7.94, pitch_diameter_mm: 39.04, contact_angle_deg: 0 }',
  },
  machine: { expected: `one of ${MACHINE_KINDS.join(', ')}`, example: 'machine: pump' },
  line_frequency_hz: { expected: 'mains frequency at the motor, a positive number up to 1000, in Hz', example: 'line_frequency_hz: 50' },
  poles: { expected: 'an even whole number from 2 to 200', example: 'poles: 4' },
  rotor_bars: { expected: 'a whole number from 3 to 1000', example: 'rotor_bars: 28' },
  gears: {
    expected: 'a list of wheels: teeth, mating_teeth where known, speed_ratio of a shaft that is not the measured one',
    example: 'gears: [{ teeth: 23, mating_teeth: 61 }]',
  },
  teeth: { expected: 'a whole number from 3 to 5000', example: 'teeth: 23' },
  mating_teeth: { expected: 'a whole number from 3 to 5000', example: 'mating_teeth: 61' },
  speed_ratio: { expected: 'a positive number up to 1000', example: 'speed_ratio: 0.377' },
  blades: { expected: 'blades or vanes: a whole number from 1 to 500', example: 'blades: 5' },
  belt: {
    expected: 'pulley_diameter_mm and the longer length_mm of the belt, other_pulley_diameter_mm where known',
    example: 'belt: { pulley_diameter_mm: 140, length_mm: 1600, other_pulley_diameter_mm: 200 }',
  },
  pulley_diameter_mm: { expected: 'a positive number, in mm', example: 'pulley_diameter_mm: 140' },
  length_mm: { expected: 'a positive number, more than half round both pulleys, in mm', example: 'length_mm: 1600' },
  other_pulley_diameter_mm: { expected: 'a positive number, in mm', example: 'other_pulley_diameter_mm: 200' },
  machine_group: { expected: '1 (large) or 2 (medium-sized), the group of ISO 20816-3', example: 'machine_group: 2' },
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
