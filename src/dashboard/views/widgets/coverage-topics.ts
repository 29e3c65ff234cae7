import type { Sensor, SensorKind } from '../../../readings/sensor.js'
import { assetOf } from '../../live/asset-of.js'
import type { LiveState } from '../../live/live-state.js'

export const AUDIENCES = ['technician', 'operations', 'executive'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Something that people of this kind look for: how far the data at hand supports it, and what would help where it does not. */
export interface Topic {
  readonly name: string
  readonly supported: 'all' | 'some' | 'none'
  readonly says: string
}

/** What an audience looks for, in their order. Says nothing of values, only whether there is something to judge them by. */
export function coverageTopics(live: Pick<LiveState, 'sensors' | 'assets'>, audience: Audience): readonly Topic[] {
  return TOPICS[audience].map((topic) => topic(live))
}

type Plant = Pick<LiveState, 'sensors' | 'assets'>

const stated =
  (name: string, has: (sensor: Sensor) => boolean, help: string) =>
  ({ sensors }: Plant): Topic => {
    const count = sensors.filter(has).length
    const supported = count === 0 ? 'none' : count === sensors.length ? 'all' : 'some'
    return { name, supported, says: `${count} of ${sensors.length} sensors${supported === 'all' ? '' : `; ${help}`}` }
  }

const measured =
  (name: string, kinds: readonly SensorKind[], help: string) =>
  ({ sensors }: Plant): Topic => {
    const count = sensors.filter(({ kind }) => kinds.includes(kind)).length
    return { name, supported: count === 0 ? 'none' : 'all', says: count === 0 ? help : `${count} ${count === 1 ? 'sensor' : 'sensors'}` }
  }

const described =
  (name: string, has: (asset: Plant['assets'][number]) => boolean, help: string) =>
  ({ assets }: Plant): Topic => {
    if (assets.length === 0) return { name, supported: 'none', says: 'no asset is described; assets: in the site file' }
    const count = assets.filter(has).length
    const supported = count === 0 ? 'none' : count === assets.length ? 'all' : 'some'
    return { name, supported, says: `${count} of ${assets.length} assets${supported === 'all' ? '' : `; ${help}`}` }
  }

const untold = (name: string, because: string) => (): Topic => ({ name, supported: 'none', says: because })

const LIMITS = stated('alarm limits', ({ limits }) => limits !== undefined, 'limits: in the site file')
const CONDITION = measured(
  'machine vibration',
  ['velocity', 'acceleration', 'displacement'],
  'no sensor of velocity, acceleration or displacement',
)

const TOPICS: Readonly<Record<Audience, readonly ((plant: Plant) => Topic)[]>> = {
  technician: [
    stated('units', ({ unit }) => unit !== null, 'unit: in the site file'),
    stated('ranges', ({ range }) => range !== undefined, 'range: in the site file'),
    LIMITS,
    stated('linked assets', (sensor) => assetOf(sensor) !== undefined, 'asset: in the site file'),
    described('bearing geometry', ({ bearing }) => bearing !== undefined, 'bearing: of the asset, for fault lines'),
    described(
      'shaft speed',
      ({ speedSensor, ratedSpeedRpm }) => speedSensor !== undefined || ratedSpeedRpm !== undefined,
      'speed_sensor or rated_speed_rpm: of the asset',
    ),
  ],
  operations: [
    LIMITS,
    CONDITION,
    measured('flow and level', ['flow', 'level'], 'no sensor of flow or level'),
    measured('running or not', ['state', 'speed'], 'no sensor of state or speed'),
    untold('setpoints', 'nothing says which value is wanted; limits stand in for it'),
    untold('shifts and orders', 'no source of them is connected'),
  ],
  executive: [
    described('machines by class', (asset) => asset.class !== undefined, 'class: of the asset'),
    CONDITION,
    measured('energy', ['energy', 'power'], 'no sensor of energy or power'),
    measured('output', ['counter'], 'no counter of pieces, tonnes or cubic metres'),
    untold('cost and targets', 'no source of prices or targets is connected, so no money is shown'),
    untold('before this run', 'the dashboard knows its own run; recordings hold the rest'),
  ],
}
