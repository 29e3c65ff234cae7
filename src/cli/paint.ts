import { Chalk, type ChalkInstance } from 'chalk'

interface Painted {
  readonly isTTY?: boolean | undefined
}

/** Colours for a stream that is a terminal and whose owner did not ask for none (https://no-color.org). */
export function paintFor(stream: Painted, env: Readonly<Record<string, string | undefined>>): ChalkInstance {
  const isWanted = stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  return new Chalk({ level: isWanted ? 1 : 0 })
}
