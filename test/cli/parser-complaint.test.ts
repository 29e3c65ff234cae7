import { expect, test } from 'vitest'
import { parserComplaint } from '../../src/cli/parser-complaint.js'

const words = { id: 'record', flags: ['out', 'for', 'json'] }
const complained = (message: string, more: object = {}) =>
  parserComplaint(Object.assign(new Error(`${message}\nSee more help with --help`), more), words).facts

test.each([
  ['Nonexistent flag: --ouut', { flags: ['--ouut'] }, 'there is no flag --ouut here', 'perhaps you meant --out'],
  ['The following error occurred:\n  Missing required flag out', {}, '--out is missing', undefined],
  [
    'Missing 1 required arg:\naddress  the device\n\nNote: --hint allows multiple values.',
    { args: [{ name: 'address', description: 'the device' }] },
    'ADDRESS is missing',
    'ADDRESS: the device',
  ],
  ['Unexpected argument: b', { args: ['b'] }, 'too many words: b', undefined],
  ['Expected --kind=velocit to be one of: psd, velocity', {}, '--kind velocit is none of psd, velocity', 'perhaps you meant velocity'],
  ['Flag --rate expects a value', {}, 'Flag --rate expects a value', undefined],
])('%j is said in words that can be typed', (text, more, message, because) => {
  const facts = complained(text, more)
  expect([facts.message, facts.because]).toEqual([message, because])
  expect(facts.advice).toEqual({ help: 'chatterfix record --help' })
})
