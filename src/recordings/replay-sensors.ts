import { resolve, sep } from 'node:path'
import { formatAddress } from '../readings/address.js'
import type { Asset } from '../readings/asset.js'
import type { Sensor } from '../readings/sensor.js'
import { type EpochMicros, formatMicros } from '../readings/time.js'
import { openRecording } from './open-recording.js'

export interface ReplayedSite {
  readonly sensors: readonly Sensor[]
  readonly assets: readonly Asset[]
  readonly site: string | null
}

export interface ReplayWishes {
  /** Recorded seconds per second, or `max`. */
  readonly speed: number | 'max'
  /** [from, to) of recorded time. */
  readonly from?: EpochMicros | undefined
  readonly to?: EpochMicros | undefined
}

/**
 * The sensors of a recording with all that is known of them, at addresses that replay it.
 * @throws Fault FILE_NOT_FOUND, RECORDING_UNREADABLE
 */
export async function replaySensors(folder: string, { speed, from, to }: ReplayWishes): Promise<ReplayedSite> {
  const { manifest } = await openRecording(folder)
  const path = resolve(folder)
    .split(sep)
    .filter((part) => part !== '')
  const addressOf = (key: string): string =>
    formatAddress({
      scheme: 'recording',
      user: null,
      host: '',
      port: null,
      path,
      query: new Map([
        ['sensor', key],
        ['speed', String(speed)],
        ...(from === undefined ? [] : [['from', formatMicros(from)] as const]),
        ...(to === undefined ? [] : [['to', formatMicros(to)] as const]),
      ]),
    })
  return {
    sensors: manifest.sensors.map((sensor) => ({ ...sensor, address: addressOf(sensor.key) })),
    assets: manifest.assets,
    site: manifest.start.site,
  }
}
