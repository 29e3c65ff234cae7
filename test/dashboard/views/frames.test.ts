import { describe, expect, it } from 'vitest'
import { reduceFreight } from '../../../src/dashboard/live/reduce.js'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { composeFrame } from '../../../src/dashboard/screen/compose-frame.js'
import { VIEW_IDS } from '../../../src/dashboard/views/view-id.js'
import { alone } from '../pressed.js'
import { START, samplePicture } from '../sample-picture.js'

const SIZES = [
  [60, 20],
  [80, 24],
  [140, 30],
] as const
const frames = VIEW_IDS.flatMap((view) => SIZES.map(([columns, rows]) => ({ view, columns, rows })))

describe('every view', () => {
  it.each(frames)('$view looks like this at $columns × $rows', async ({ view, columns, rows }) => {
    const picture = samplePicture({ screen: alone(view) })
    const at = START + 20e6
    reduceFreight(picture.live, { kind: 'gap', sensors: ['tank-3/level'], from: at - 5e6, to: at, cause: 'ECONNRESET', missing: null })
    picture.live.log.push({ at, level: 'warning', text: 'mqtt://10.0.0.5:1883 gave an answer that nobody asked for' })
    const text = composeFrame({ ...picture, screen: { ...picture.screen, selected: 'pump-247/drive-end-velocity' } }, { columns, rows })
      .rows.map((row) => plainRow(row).trimEnd())
      .join('\n')
    await expect(`${text}\n`).toMatchFileSnapshot(`../../frames/views/${view}-${columns}x${rows}.txt`)
  })
})
