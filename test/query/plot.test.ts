import { expect, test } from 'vitest'
import { timeAxis } from '../../src/output/time-axis.js'
import { printAnswer } from '../../src/query/answer-query.js'
import { plotWriter } from '../../src/query/write-plot.js'
import { recorded } from '../recordings/material.js'

const plain = (text: string) => text

async function drawn(sql: string, dots: 'braille' | 'ascii' = 'ascii'): Promise<string[]> {
  let text = ''
  const write = plotWriter({ columns: 80, rows: 16, dots, paint: { curve: plain, label: plain } })
  await printAnswer({ folders: [await recorded([], [])], sql }, write, {
    write(more) {
      text += more
      return Promise.resolve(true)
    },
  })
  return text.split('\n')
}

const RAMP = `SELECT TIMESTAMP '2026-11-22 00:00:00' + INTERVAL (range) SECOND AS time, 'a' AS sensor, range::DOUBLE AS value, 'bar' AS unit FROM range(3600)`

test('a ramp goes from the lower left to the upper right, under its name, over whole hours and minutes', async () => {
  const lines = await drawn(RAMP)
  expect(lines.every((line) => line.length <= 80)).toBe(true)
  expect(lines[0]).toBe('a  min 0  max 3599  last 3599 bar')
  expect(lines[1]?.trimEnd()).toMatch(/^ +4000 \| *$/)
  const columns = lines
    .slice(1, -5)
    .map((line) => line.slice(11).search(/\S/))
    .filter((column) => column >= 0)
  expect(columns).toEqual(columns.toSorted((a, b) => b - a))
  expect(columns.at(-1)).toBe(0)
  expect(lines.at(-4)).toMatch(/00:10 +00:20 +00:30 +00:40 +00:50/)
  expect(lines.at(-3)).toContain('2026-11-22 00:00:00 to 2026-11-22 00:59:59 UTC')
})

test('a gap stays a gap, whether nothing was there or it said so', async () => {
  const withoutMiddle = await drawn(`SELECT * FROM (${RAMP}) WHERE second(time) >= 0 AND NOT (value BETWEEN 1200 AND 2400)`)
  const ofNothing = await drawn(`SELECT time, CASE WHEN value BETWEEN 1200 AND 2400 THEN NULL ELSE 5 END AS value FROM (${RAMP})`)
  for (const lines of [withoutMiddle, ofNothing]) {
    const curve = lines.slice(1, -5).map((line) => line.slice(11))
    const isEmpty = (column: number) => curve.every((line) => (line[column] ?? ' ') === ' ')
    expect([...Array(69).keys()].filter(isEmpty)).toEqual([...Array(69).keys()].filter((column) => column > 22 && column < 46))
  }
})

test('a single peak among many thousand readings is seen', async () => {
  const lines = await drawn(
    `SELECT TIMESTAMP '2026-11-22 00:00:00' + INTERVAL (range) SECOND AS time, CASE WHEN range = 50000 THEN 100 ELSE 0 END AS value FROM range(86400)`,
  )
  const top = lines.slice(1).find((line) => /[.:']/.test(line.slice(11)))
  expect(top?.trim().startsWith('100')).toBe(true)
  expect(top?.slice(11).search(/[.:']/)).toBe(Math.floor((50_000 / 86_399) * 69))
})

test('sensors are drawn under each other, aggregates from their lowest to their highest; more than eight are counted', async () => {
  const many = await drawn(`SELECT r.time, s.range::VARCHAR AS sensor, r.value FROM (${RAMP}) r, range(10) s`)
  expect(many.filter((line) => /^\d {2}min/.test(line))).toHaveLength(8)
  expect(many.at(-2)).toBe('36000 rows; 2 more curves are not shown: WHERE sensor = … chooses')
  const hours = await drawn(
    `SELECT date_trunc('minute', time) AS time, min(value) AS min, max(value) + 7000 AS max FROM (${RAMP}) GROUP BY 1`,
  )
  expect(hours[0]).toBe('min 0  max 10599  last 10599')
})

test('rows without a time or a number are refused, no rows are no chart', async () => {
  await expect(drawn('SELECT 1 AS value')).rejects.toMatchObject({ code: 'QUERY_INVALID' })
  await expect(drawn("SELECT now() AS time, 'x' AS value")).rejects.toMatchObject({ code: 'QUERY_INVALID' })
  expect(await drawn(`${RAMP} WHERE false`)).toEqual(['no rows, nothing to draw', ''])
})

test('an axis of time has labels that do not touch, from microseconds to years', () => {
  for (let span = 10; span < 1e15; span *= 7) {
    const { rule, labels } = timeAxis({ from: 1_795_359_600_123_456, to: 1_795_359_600_123_456 + span }, 69)
    expect(rule).toHaveLength(69)
    expect(labels.length).toBeLessThanOrEqual(69)
    expect(labels.trim().split(/ +/).length).toBeGreaterThanOrEqual(2)
  }
})
