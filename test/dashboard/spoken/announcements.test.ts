import { describe, expect, it } from 'vitest'
import { announce, NOTHING_SAID } from '../../../src/dashboard/spoken/announcements.js'
import { answerLine } from '../../../src/dashboard/spoken/answer-line.js'
import { samplePicture } from '../sample-picture.js'

const { live, moment } = samplePicture()

describe('the dashboard in sentences', () => {
  it('says once what is out of order, and nothing while nothing changes', () => {
    const first = announce(NOTHING_SAID, live, moment)
    expect(first.lines.some((line) => /drive-end-velocity: [\d.]+ mm\/s, (critical )?high/.test(line))).toBe(true)
    expect(first.lines).toContain('warning: velocity above 4.5 mm/s')
    expect(first.lines.some((line) => line.startsWith('pump-247/drive-end-temperature'))).toBe(false)
    expect(announce(first.said, live, moment).lines).toEqual([])
  })

  it('says when something is in order again', () => {
    const { said } = announce(NOTHING_SAID, live, moment)
    const better = { ...said, sensors: said.sensors.with(0, 'bad timeout null') }
    expect(announce(better, live, moment).lines).toEqual([expect.stringMatching(/^pump-247\/drive-end-temperature: [\d.]+ °C$/)])
  })

  it('answers a part of a name with values, Enter with an overview, and says what it does not know', () => {
    expect(answerLine('TANK', live, moment)).toEqual([expect.stringContaining('tank-3/level: ')])
    expect(answerLine('', live, moment)[0]).toMatch(/^6 sensors: /)
    expect(answerLine('nowhere', live, moment)).toEqual(['no sensor has that in its name; 6 sensors are known'])
  })
})
