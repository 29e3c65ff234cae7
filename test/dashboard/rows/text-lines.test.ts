import { describe, expect, it } from 'vitest'
import { textLines } from '../../../src/dashboard/rows/text-lines.js'
import { displayWidth } from '../../../src/output/display-width.js'

describe('a text in lines', () => {
  it('breaks at blanks where it can, and inside a word that fits no line', () => {
    expect(textLines('short', 10)).toEqual(['short'])
    expect(textLines('the bus is silent', 10)).toEqual(['the bus is', 'silent'])
    expect(textLines('mqtt://127.0.0.1:1883', 10)).toEqual(['mqtt://127', '.0.0.1:188', '3'])
  })

  it('loses nothing and is nowhere wider than asked, wide characters included', () => {
    const lines = textLines('温度传感器温度传感器', 7)
    expect(lines.join('')).toBe('温度传感器温度传感器')
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(7)
  })
})
