import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseSiteFile } from '../src/readings/site-file.js'

test('the site file that the README shows can be saved as it stands', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const shown = /```yaml\n(site:[\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const { assets, sensors } = parseSiteFile(shown, 'chatterfix.yaml')
  expect(sensors.map(({ key }) => key)).toContain(assets[0]?.speedSensor)
})
