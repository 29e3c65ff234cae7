import { realpath } from 'node:fs/promises'

/** Whether a path leads to a pseudo-terminal, which has neither speed nor parity. */
export async function isPseudoTerminal(path: string): Promise<boolean> {
  return (await realpath(path).catch(() => path)).startsWith('/dev/pts/')
}
