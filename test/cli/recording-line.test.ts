import { describe, expect, test } from 'vitest'
import { bothPlaces, RecordingLine, recordingLine } from '../../src/cli/recording-line.js'
import type { StatusDocument } from '../../src/headless/status-document.js'

const DOCUMENT: StatusDocument = {
  schema: 'chatterfix/status/1',
  pid: 1,
  startedAt: '2026-01-01T00:00:00.000000Z',
  at: '2026-01-01T01:02:03.500000Z',
  recording: { folder: 'run-1', stored: 1230, buffered: 4, dropped: 0, lastFlushAt: null, trouble: null },
  lines: [
    { name: 'a', state: 'open', because: null, sinceMs: 0, traffic: null },
    { name: 'b', state: 'broken', because: 'ECONNRESET', sinceMs: 0, traffic: null },
  ],
  sinks: [],
  sensors: { total: 58, silent: 2, bad: 1 },
  produced: 1234,
  gaps: 3,
}

describe('the line of a recording on a terminal', () => {
  test('tells how long, what became of the readings, and what is wrong', () => {
    expect(recordingLine(DOCUMENT)).toBe(
      '1:02:03  1230 stored + 4 in flight + 0 dropped  gaps 3  1 of 2 lines open  2 of 58 sensors silent  1 bad',
    )
    const full = { ...DOCUMENT, recording: { ...DOCUMENT.recording, trouble: 'no space\u001b[2J left' } }
    expect(recordingLine(full)).toMatch(/^1:02:03 {2}no space[^\u001b]*left {2}1230 stored/)
  })

  test('is written over, never wraps, makes way for warnings, and leaves nothing behind', async () => {
    const written: string[] = []
    const line = new RecordingLine({ columns: 40, write: (text: string) => written.push(text) > 0 })
    const log = line.makingWay({ note: () => {}, warn: (text) => void written.push(`warning ${text}\n`) })
    await line.tell(DOCUMENT)
    log.warn('lost')
    await bothPlaces(line, null)?.tell(DOCUMENT)
    await line.close()
    await line.close()
    expect(written[0]).toMatch(/^\r\u001b\[K1:02:03 {2}1230 stored[^\n]{1,30}$/)
    expect(written[0]?.length).toBeLessThanOrEqual(4 + 39)
    expect(written.slice(1)).toEqual(['\r\u001b[K', 'warning lost\n', written[0], '\r\u001b[K'])
  })
})
