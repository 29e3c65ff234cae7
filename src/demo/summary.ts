import { terminalSafe } from '../output/terminal-safe.js'
import { counted } from '../readings/counted.js'
import type { DemoSummary } from './run-demo.js'

/** The last screen of the demo. */
export function formatDemoSummary({ found, sensors, recording, diagnosis, revision, folder }: DemoSummary): string {
  const { produced, stored, dropped, gaps, path } = recording
  return [
    '',
    'Summary',
    `  found      ${counted(found, 'device')} with ${counted(sensors, 'sensor')}`,
    `  recorded   produced ${produced} = stored ${stored} + dropped ${dropped}; gaps ${gaps}`,
    ...diagnosis.verdicts.map(({ sensor, verdict }) => `  verdict    ${terminalSafe(sensor)}: ${verdict}`),
    `  trend      ${terminalSafe(diagnosis.trend.sensor)}: ${diagnosis.trend.text}`,
    `  pushed     revision ${revision}`,
    `  files      ${folder}: chatterfix.yaml, recording/, licence-server/`,
    '',
    `  next       chatterfix query "select sensor, count(*) n from readings group by sensor" --recording ${path}`,
    `             chatterfix recordings verify ${path}`,
  ].join('\n')
}
