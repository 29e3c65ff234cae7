import { batchOf } from '../../readings/batch.js'
import type { Batch, Gap, SensorKey } from '../../readings/measurement.js'
import { advance, dueMs, type Schedule, SHORTEST_PERIOD_MS, scheduleFrom } from '../../readings/sampling-schedule.js'
import type { Sensor } from '../../readings/sensor.js'
import type { EpochMicros } from '../../readings/time.js'
import type { Surroundings } from '../contract.js'
import { parseModbusPoint } from './address.js'
import type { ModbusLine } from './exchange.js'
import { PolledLine, type PolledPoints, type PollTimes, type Row } from './poll-line.js'

interface PeriodGroup {
  schedule: Schedule
  readonly points: PolledPoints
  readonly sensors: readonly SensorKey[]
}

/**
 * Polls sensors for ever: one batch per poll of those that share a period. Samples that could not be taken in time are told as a gap.
 * @param ended ends it quietly.
 * @throws DriverFault CONNECTION_LOST
 */
export async function* pollSensors(
  client: ModbusLine,
  sensors: readonly Sensor[],
  around: Surroundings,
  ended: AbortSignal,
): AsyncGenerator<Batch | Gap> {
  const { clock } = around
  const keys = sensors.map((sensor) => sensor.key)
  const groups = groupByPeriod(sensors, clock.monotonicMs())
  const units = new Set(groups.flatMap(({ points: { members } }) => members.map(({ point }) => point.unit)))
  const line = await PolledLine.begin(client, { keys, around, ended, company: units.size === 1 ? 'alone' : 'others' })
  const wake = AbortSignal.any([ended, client.gone])
  try {
    while (!ended.aborted) {
      const group = earliest(groups)
      if (!group) return
      const waitMs = dueMs(group.schedule) - clock.monotonicMs()
      if (waitMs > 0) await clock.sleep(waitMs, wake)
      if (ended.aborted) return
      const from = clock.now()
      const rows = await pollUnlessEnded(line, group.points, { ...timesOf(group, groups), ended })
      if (!rows) return
      const receivedAt = clock.now()
      const { schedule, skipped } = advance(group.schedule, clock.monotonicMs())
      group.schedule = schedule
      // Before the answers: they are later than what was missed.
      if (skipped > 0) yield overrun(group, { skipped, from, to: receivedAt })
      yield batchOf(keys, receivedAt, rows)
    }
  } finally {
    await line.end()
  }
}

async function pollUnlessEnded(
  line: PolledLine,
  points: PolledPoints,
  { ended, ...times }: PollTimes & { readonly ended: AbortSignal },
): Promise<readonly Row[] | undefined> {
  try {
    return await line.poll(points, times)
  } catch (thrown) {
    if (ended.aborted) return undefined
    throw thrown
  }
}

/** A poll has the line to itself until the next one is due, of its own group or of another. */
function timesOf(group: PeriodGroup, groups: readonly PeriodGroup[]): PollTimes {
  const { periodMs } = group.schedule
  const dues = groups.map((other) => (other === group ? dueMs(group.schedule) + periodMs : dueMs(other.schedule)))
  return { untilMs: Math.min(...dues), periodMs }
}

function groupByPeriod(sensors: readonly Sensor[], startMs: number): PeriodGroup[] {
  const groups = Map.groupBy(sensors.keys(), (index) => Math.max(SHORTEST_PERIOD_MS, sensors[index]?.periodMs ?? 0))
  return [...groups].map(([periodMs, indices]) => {
    const members = indices.flatMap((index) => {
      const sensor = sensors[index]
      return sensor ? [{ index, point: parseModbusPoint(sensor.address) }] : []
    })
    return {
      schedule: scheduleFrom(startMs, periodMs),
      points: { members, plan: [], plannedWith: '' },
      sensors: indices.flatMap((index) => sensors[index]?.key ?? []),
    }
  })
}

function earliest(groups: readonly PeriodGroup[]): PeriodGroup | undefined {
  return groups.reduce<PeriodGroup | undefined>(
    (best, group) => (best === undefined || dueMs(group.schedule) < dueMs(best.schedule) ? group : best),
    undefined,
  )
}

function overrun(group: PeriodGroup, missed: { readonly skipped: number; readonly from: EpochMicros; readonly to: EpochMicros }): Gap {
  const { skipped, from, to } = missed
  return {
    kind: 'gap',
    sensors: group.sensors,
    from,
    to,
    cause: `the line took longer than the period of ${group.schedule.periodMs} ms`,
    missing: skipped * group.sensors.length,
  }
}
