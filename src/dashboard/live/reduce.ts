import { rmsOf } from '../../output/waveform-rms.js'
import type { Batch, Freight, Gap, Happening, SensorKey, Waveform } from '../../readings/measurement.js'
import { isBad, isGood, QUALITY } from '../../readings/quality.js'
import { DEFAULT_PERIOD_MS } from '../../readings/sensor.js'
import type { EpochMicros } from '../../readings/time.js'
import { countReading } from '../history/statistics.js'
import { alarmOf, countCrossing, isQuiet } from './attention.js'
import { countDelivery, type Line } from './line-facts.js'
import { addSensor, EVENTS_KEPT, type LiveState, NEWS_KEPT } from './live-state.js'
import { loseLimits, settleSilent, watchLimits } from './watch-limits.js'

/** A new waveform replaces the drawn one at most this often: nobody reads faster, and every cell of the chart changes. */
const WAVEFORM_EVERY_MICROS = 1_000_000
/** A source clock further off than this would throw its trend off the chart, so the time of receipt places it. */
const CLOCK_TRUSTED_WITHIN_MICROS = 60_000_000
const LATE_WITHIN_MICROS = 10_000_000
const SETTLED_EVERY_MICROS = 250_000
const TEXT_KEPT = 300

/**
 * Writes freight into the state's columns: no clock, no I/O, no object per reading. The same freight in the same order always
 * gives the same state.
 */
export function reduceFreight(state: LiveState, freight: Freight): void {
  switch (freight.kind) {
    case 'batch':
      takeBatch(state, freight)
      break
    case 'waveform':
      takeWaveform(state, freight)
      break
    case 'gap':
      takeGap(state, freight)
      break
    case 'event':
      takeEvent(state, freight)
      break
  }
}

function takeBatch(state: LiveState, batch: Batch): void {
  const rows = rowsOf(state, batch.sensors)
  state.received += batch.value.length
  let valued = 0
  for (let item = 0; item < batch.value.length; item++) {
    const row = rows[batch.sensor[item] ?? -1] ?? -1
    if (row < 0) continue
    const measuredAt = batch.measuredAt[item] ?? batch.receivedAt
    // A late reading belongs into the trend, but never over a newer value; much earlier means that the source's clock was set back.
    const behind = (state.measuredAt[row] ?? 0) - measuredAt
    const isLatest = behind <= 0 || behind > LATE_WITHIN_MICROS
    const quality = batch.quality[item] ?? QUALITY.undecodable
    const value = batch.value[item] ?? Number.NaN
    if (!isBad(quality)) valued++
    if (isLatest) {
      setReading(state, row, quality, value, measuredAt, batch.receivedAt)
      state.texts[row] = isBad(quality) ? null : (batch.texts?.[item]?.slice(0, TEXT_KEPT) ?? null)
    }
    remember(state, row, quality, value, measuredAt, batch.receivedAt)
  }
  settle(state, batch.receivedAt)
  const first = rows[batch.sensor[0] ?? -1] ?? -1
  if (first < 0) return
  setLine(state, first, 'live', batch.receivedAt, '')
  countOn(state, first, {
    count: batch.value.length,
    valued,
    measuredAt: batch.measuredAt.at(-1) ?? batch.receivedAt,
    receivedAt: batch.receivedAt,
  })
}

function takeWaveform(state: LiveState, waveform: Waveform): void {
  const row = rowOf(state, waveform.sensor)
  state.received++
  if (row < 0) return
  const isUsable = !isBad(waveform.quality) && waveform.samples.length > 0
  const rms = isUsable ? rmsOf(waveform.samples) : Number.NaN
  setReading(state, row, waveform.quality, rms, waveform.startedAt, waveform.receivedAt)
  setLine(state, row, 'live', waveform.receivedAt, '')
  const { startedAt: measuredAt, receivedAt, quality } = waveform
  countOn(state, row, { count: 1, valued: isUsable ? 1 : 0, measuredAt, receivedAt })
  remember(state, row, quality, rms, measuredAt, receivedAt)
  if (!isUsable) {
    state.tapes.get(row)?.interrupt()
    return
  }
  state.tapes.get(row)?.push(waveform)
  const drawn = state.waveforms[row]
  if (!drawn || waveform.receivedAt - drawn.receivedAt >= WAVEFORM_EVERY_MICROS) state.waveforms[row] = waveform
}

function takeGap(state: LiveState, gap: Gap): void {
  state.gaps++
  const lines = new Set<Line>()
  for (const key of gap.sensors) {
    const row = rowOf(state, key)
    if (row < 0) continue
    state.histories[row]?.lose(gap.from / 1000, gap.to / 1000)
    state.tapes.get(row)?.interrupt()
    const line = state.lines[state.lineOf[row] ?? -1]
    if (line) lines.add(line)
    if (gap.to < (state.measuredAt[row] ?? 0)) continue
    lose(state, row, ownTime(state, row, gap.from))
    setQuality(state, row, QUALITY['no-response'])
    state.texts[row] = null
    setLine(state, row, 'lost', gap.to, gap.cause)
  }
  for (const line of lines) {
    line.gaps++
    line.gapMs += (gap.to - gap.from) / 1000
  }
  const seconds = Math.round((gap.to - gap.from) / 1e5) / 10
  keepEvent(state, {
    kind: 'event',
    at: gap.to,
    event: 'connection',
    severity: 'warning',
    text: `gap of ${seconds} s, ${gap.sensors.length} sensors: ${gap.cause}`,
    sensors: gap.sensors.slice(0, 1),
  })
}

function takeEvent(state: LiveState, happening: Happening): void {
  // A note is what somebody did about it.
  const isCrossing = happening.severity !== 'note'
  if (isCrossing) countCrossing(state.attention, alarmOf(happening))
  if (!isCrossing || !isQuiet(state.attention, happening)) keepEvent(state, happening)
  if (happening.event !== 'connection') return
  for (const key of happening.sensors) {
    const row = state.indexOf.get(key)
    if (row === undefined) continue
    const isUp = happening.severity === 'note'
    if (!isUp) {
      lose(state, row, ownTime(state, row, happening.at))
      setQuality(state, row, QUALITY['no-response'])
      state.texts[row] = null
    }
    setLine(state, row, isUp ? 'live' : 'lost', happening.at, isUp ? '' : happening.text)
  }
}

function setReading(state: LiveState, row: number, quality: number, value: number, measuredAt: EpochMicros, receivedAt: EpochMicros): void {
  setQuality(state, row, quality)
  state.measuredAt[row] = measuredAt
  state.receivedAt[row] = receivedAt
  if (measuredAt > state.newestAt) state.newestAt = measuredAt
  if (isBad(quality)) {
    lose(state, row, measuredAt)
    return
  }
  state.value[row] = value
  if (!Number.isFinite(value)) return
  if (Math.abs(value) > (state.magnitude[row] ?? 0)) state.magnitude[row] = Math.abs(value)
  if (!Number.isInteger(value)) state.fractional[row] = 1
  if (state.sensors[row]?.limits === undefined) return
  for (const news of watchLimits(state, { row, value, at: measuredAt, receivedAt })) tellNews(state, news)
}

function setQuality(state: LiveState, row: number, quality: number): void {
  const had = state.seen[row] === 1 && !isBad(state.quality[row] ?? QUALITY['no-response'])
  state.seen[row] = 1
  state.quality[row] = quality
  const line = state.lines[state.lineOf[row] ?? -1]
  if (line) line.valued += Number(!isBad(quality)) - Number(had)
}

/** A time of ours by the clock that stamped the sensor's last reading. */
function ownTime(state: LiveState, row: number, at: EpochMicros): EpochMicros {
  return (state.measuredAt[row] ?? 0) + Math.max(0, at - (state.receivedAt[row] ?? 0))
}

/** There is no value any more, which neither raises an alarm nor ends one. */
function lose(state: LiveState, row: number, at: EpochMicros): void {
  for (const news of loseLimits(state, row, at)) tellNews(state, news)
}

/** Ends the delays of sensors that said nothing since; often enough for people. */
function settle(state: LiveState, receivedAt: EpochMicros): void {
  if (state.steady.size === 0 || Math.abs(receivedAt - state.settledAt) < SETTLED_EVERY_MICROS) return
  state.settledAt = receivedAt
  for (const news of settleSilent(state, receivedAt)) tellNews(state, news)
}

/** Into the events while nobody put the alarm aside, and always to whoever keeps them; what is replayed has told its own. */
export function tellNews(state: LiveState, happening: Happening): void {
  if (state.readings === 'of-then') return
  if (!isQuiet(state.attention, happening)) keepEvent(state, happening)
  if (state.news.length < NEWS_KEPT) state.news.push(happening)
  else if (state.news.length === NEWS_KEPT)
    state.news.push({ ...happening, severity: 'warning', text: 'more alarms changed at once than are written down', sensors: [] })
}

/** Into the sensor's past and its statistics. */
function remember(state: LiveState, row: number, quality: number, value: number, measuredAt: EpochMicros, receivedAt: EpochMicros): void {
  const grade = isBad(quality) ? 'bad' : isGood(quality) ? 'good' : 'uncertain'
  const known = grade === 'bad' ? Number.NaN : value
  const at = Math.abs(measuredAt - receivedAt) > CLOCK_TRUSTED_WITHIN_MICROS ? receivedAt : measuredAt
  state.histories[row]?.push(at / 1000, known, grade)
  countReading(state.statistics, row, known, grade)
  const line = state.lines[state.lineOf[row] ?? -1]
  if (grade === 'bad' && line) line.bad++
}

function countOn(state: LiveState, row: number, delivery: Parameters<typeof countDelivery>[1]): void {
  const line = state.lines[state.lineOf[row] ?? -1]
  if (line) countDelivery(line, delivery)
}

function setLine(state: LiveState, row: number, now: 'live' | 'lost', at: EpochMicros, cause: string): void {
  const line = state.lines[state.lineOf[row] ?? -1]
  if (!line) return
  line.cause = cause.slice(0, TEXT_KEPT)
  if (line.state === now) return
  if (now === 'lost') line.losses++
  line.state = now
  line.since = at
}

function keepEvent(state: LiveState, happening: Happening): void {
  const number = state.eventCount++
  state.events.push({ ...happening, number, text: happening.text.slice(0, TEXT_KEPT), sensors: happening.sensors.slice(0, 1) })
  if (state.events.length <= EVENTS_KEPT) return
  const oldest = state.events.shift()
  if (oldest) state.attention.acknowledged.delete(oldest.number)
}

function rowOf(state: LiveState, key: SensorKey): number {
  return state.indexOf.get(key) ?? addSensor(state, { key, address: key, kind: 'other', unit: null, periodMs: DEFAULT_PERIOD_MS })
}

/** Batches of one connection share one list of sensors, so the look-up happens once for each list. */
function rowsOf(state: LiveState, sensors: readonly SensorKey[]): Int32Array {
  const known = state.rowsOf.get(sensors)
  if (known && known.length === sensors.length) return known
  const rows = Int32Array.from(sensors, (key) => rowOf(state, key))
  state.rowsOf.set(sensors, rows)
  return rows
}
