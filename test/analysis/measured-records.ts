import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Public measurements that are not part of the repository; tests that need them skip where they are absent. */
export const MEASURED = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
export const hasMeasured = existsSync(`${MEASURED}bearing/mfpt`)

interface Description {
  readonly fs: number
  readonly rpm: number
  readonly label: string
  readonly sr2015?: { readonly best?: string }
  readonly geometry: { readonly rolling_elements: number; readonly ball_d_in: number; readonly pitch_d_in: number }
}

export interface MeasuredRecord {
  readonly name: string
  readonly set: 'cwru' | 'mfpt'
  readonly samples: Float32Array
  readonly sampleRateHz: number
  readonly shaftSpeedRpm: number
  readonly label: string
  /** Grade of the benchmark study: Y diagnosable, P partly, N not. */
  readonly grade: string | null
  readonly geometry: {
    readonly name: string
    readonly rollingElements: number
    readonly ballDiameterMm: number
    readonly pitchDiameterMm: number
    readonly contactAngleDeg: number
  }
}

const LABELS: Readonly<Record<string, string>> = { inner_race: 'inner-race', outer_race: 'outer-race', ball: 'ball', normal: 'healthy' }

export function* measuredRecords(): Generator<MeasuredRecord> {
  for (const set of ['cwru', 'mfpt'] as const) {
    const folder = `${MEASURED}bearing/${set}/`
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const about = JSON.parse(readFileSync(folder + file, 'utf8')) as Description
      const bytes = readFileSync(folder + file.replace('.json', '.f32'))
      yield {
        name: file.replace('.json', ''),
        set,
        samples: new Float32Array(new Uint8Array(bytes).buffer),
        sampleRateHz: about.fs,
        shaftSpeedRpm: about.rpm,
        label: LABELS[about.label] ?? about.label,
        grade: about.sr2015?.best ?? null,
        geometry: {
          name: 'as stated',
          rollingElements: about.geometry.rolling_elements,
          ballDiameterMm: about.geometry.ball_d_in * 25.4,
          pitchDiameterMm: about.geometry.pitch_d_in * 25.4,
          contactAngleDeg: 0,
        },
      }
    }
  }
}
