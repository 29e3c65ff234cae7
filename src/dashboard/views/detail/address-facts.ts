import { terminalSafe } from '../../../output/terminal-safe.js'
import { type Address, parseAddress } from '../../../readings/address.js'

/** A name of a fact and its text, safe for a terminal. */
export type Fact = readonly [name: string, text: string]

const LONGEST = 200
/** Said elsewhere on the screen. */
const KNOWN_ELSEWHERE = new Set(['unit', 'kind', 'every', 'name'])

/** An address in the words of its protocol: register, topic or node. One that cannot be read is told as it stands. */
export function addressFacts(text: string): readonly Fact[] {
  const whole: Fact = ['address', safe(text)]
  try {
    const address = parseAddress(text)
    return [...placeOf(address).map(([name, value]): Fact => [name, safe(value)]), whole]
  } catch {
    return [whole]
  }
}

function placeOf({ scheme, path, query }: Address): readonly Fact[] {
  const asked = [...query].filter(([name]) => !KNOWN_ELSEWHERE.has(name) && name !== 'node' && name !== 'field')
  const how = asked.map(([name, value]) => `${name} ${value}`).join(', ')
  const with_ = (name: string, place: string): Fact => [name, how === '' ? place : `${place}, ${how}`]
  if (scheme.startsWith('modbus')) {
    // A serial line's path begins with the device file.
    const [unit, table, register] = path.slice(-3)
    return unit === undefined || table === undefined || register === undefined
      ? []
      : [with_('register', `unit ${unit}, ${table} ${register} (counted from 0)`)]
  }
  if (scheme === 'mqtt' || scheme === 'mqtts') {
    const field = query.get('field')
    return [with_('topic', `${path.join('/')}${field === undefined ? '' : `  field ${field}`}`)]
  }
  const node = query.get('node')
  return scheme === 'opc.tcp' && node !== undefined ? [with_('node', node)] : []
}

function safe(text: string): string {
  return terminalSafe(text, { maxWidth: LONGEST })
}
