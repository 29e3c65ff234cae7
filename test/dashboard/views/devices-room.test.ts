import { expect, it } from 'vitest'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { alone, pressed } from '../pressed.js'
import { samplePicture } from '../sample-picture.js'

function drawn(rows: number): string[] {
  return pressed(samplePicture({ screen: alone('devices') }), [], { columns: 80, rows }).frame.rows.map(plainRow)
}

it('a low pane of the devices gives its rows to devices before it explains columns, and says what it leaves out', () => {
  const roomy = drawn(24).join('\n')
  expect(roomy).toContain('silent: no sound answer')
  const heights = Array.from({ length: 12 }, (_, i) => drawn(4 + i).join('\n'))
  const lowest = heights.find((frame) => frame.includes('opc.tcp'))
  expect(lowest).not.toContain('silent: no sound answer')
  const lower = heights.filter((frame) => frame.includes('modbus-tcp') && !frame.includes('opc.tcp'))
  expect(lower.length).toBeGreaterThan(0)
  for (const frame of lower) expect(frame).toMatch(/devices 3 {2}1–[12]/)
})
