import { Fault } from '../faults/fault.js'
import { schemeOf } from '../readings/address.js'

/** What may be asked of a search on a serial line. */
export interface LineWishes {
  /** Other settings of the line too. */
  readonly sweep: 'asked' | 'not-asked'
  readonly listenMs: number | undefined
}

const LINES = new Set(['modbus-rtu', 'modbus-ascii', 'modbus-rtu-tcp'])

/**
 * Scopes with the wishes written into them.
 * @throws Fault USAGE where a scope is no serial line: a search that was told to listen must not begin to talk.
 */
export function withLineWishes(scopes: readonly string[], { sweep, listenMs }: LineWishes): readonly string[] {
  const wishes = [...(sweep === 'asked' ? ['sweep'] : []), ...(listenMs === undefined ? [] : [`listen=${listenMs}ms`])]
  if (wishes.length === 0) return scopes
  const stranger = scopes.find((scope) => !LINES.has(schemeOf(scope) ?? ''))
  if (stranger !== undefined) {
    throw new Fault('USAGE', {
      message: `--sweep and --listen go with a serial line, and '${stranger}' is none`,
      because: `they know ${[...LINES].join(', ')}`,
      advice: { help: "chatterfix discover 'modbus-rtu:///dev/ttyUSB0' --listen 10s" },
    })
  }
  return scopes.map((scope) => `${scope}${scope.includes('?') ? '&' : '?'}${wishes.join('&')}`)
}
