import { counted } from '../../readings/counted.js'
import type { Sensor } from '../../readings/sensor.js'
import { openDuckdb } from '../../recordings/duckdb-session.js'
import type { RecordingView } from '../../recordings/open-recording.js'
import { readRecording } from '../../recordings/read-recording.js'
import { tableSql, waveformsSql } from '../../recordings/recording-tables.js'
import { unreadablePart } from '../../recordings/unreadable-part.js'
import { countsOf } from '../../recordings/verify-recording.js'
import type { Point, ProbeReport } from '../probe-report.js'
import { formatRecordingAddress, type RecordingAddress } from './address.js'

/** A probe is cheap: it looks into the last parts of each kind, not into days of them. */
const PARTS_LOOKED_AT = 30

interface LastSeen {
  readonly type: 'float64' | 'string' | 'waveform'
  readonly value: number | string | null
  readonly sampleRateHz: number | null
}

/** What a recording offers: its sensors, with the last value of each. */
export async function probeRecording(address: RecordingAddress): Promise<ProbeReport> {
  return await readRecording(address.folder, (view) => reportOf(view, address))
}

async function reportOf(view: RecordingView, address: RecordingAddress): Promise<ProbeReport> {
  const seen = await lastSeen(view)
  const { start, stop, sensors } = view.manifest
  const { stored, dropped, gaps } = countsOf(view)
  const asked = sensors.filter((sensor) => address.sensor === null || sensor.key === address.sensor)
  const warnings = view.state === 'interrupted' ? ['the recording was interrupted; all that was flushed is there'] : []
  if (view.missing.length > 0) warnings.push(`${counted(view.missing.length, 'part')} missing`)
  return {
    device: {
      address: formatRecordingAddress({ ...address, sensor: null }),
      identity: { maker: 'ChatterFix', model: start.tool, revision: null },
      description: `recording of ${counted(sensors.length, 'sensor')}${start.site === null ? '' : ` of ${start.site}`}`,
      facts: {
        state: view.state,
        started: start.startedAt,
        until: stop?.at ?? view.journal.entries.at(-1)?.at ?? start.startedAt,
        'recorded by': `${start.who} on ${start.host}`,
        stored: String(stored),
        dropped: String(dropped),
        gaps: String(gaps),
      },
    },
    points: asked.map((sensor) => pointOf(sensor, address, seen.get(sensor.key))),
    warnings,
  }
}

function pointOf(sensor: Sensor, address: RecordingAddress, seen: LastSeen | undefined): Point {
  return {
    address: formatRecordingAddress({ ...address, sensor: sensor.key }),
    name: sensor.key,
    kind: sensor.kind,
    type: seen?.type ?? 'float64',
    order: null,
    scale: 1,
    unit: sensor.unit,
    value: seen?.value ?? null,
    confidence: 1,
    alternatives: [],
    ...(seen === undefined || seen.sampleRateHz === null ? {} : { sampleRateHz: seen.sampleRateHz }),
    evidence: `recorded from ${sensor.address}`,
  }
}

async function lastSeen(view: RecordingView): Promise<Map<string, LastSeen>> {
  const recent = {
    ...view,
    parts: ['readings', 'waveforms', 'waveforms64'].flatMap((table) =>
      view.parts.filter((part) => part.table === table).slice(-PARTS_LOOKED_AT),
    ),
  }
  const session = await openDuckdb({ memoryLimitMb: 512 })
  try {
    const { connection } = session
    const seen = new Map<string, LastSeen>()
    const readings = await connection.runAndReadAll(
      `SELECT sensor, arg_max(value, time), arg_max(text, time) FROM ${tableSql(recent, 'readings')} WHERE quality < 128 GROUP BY sensor`,
    )
    for (const [sensor, value, text] of readings.getRows()) {
      const type = text === null ? 'float64' : 'string'
      seen.set(String(sensor), { type, value: text === null ? (value as number | null) : String(text), sampleRateHz: null })
    }
    const waveforms = await connection.runAndReadAll(
      `SELECT sensor, sum(sample_count)::DOUBLE / nullif(count(*) FILTER (fragment = 0), 0), max(sample_rate_hz)
       FROM ${waveformsSql(recent)} GROUP BY sensor`,
    )
    for (const [sensor, samples, rate] of waveforms.getRows()) {
      seen.set(String(sensor), { type: 'waveform', value: samples as number | null, sampleRateHz: rate as number | null })
    }
    return seen
  } catch (thrown) {
    throw await unreadablePart(recent, thrown)
  } finally {
    session.close()
  }
}
