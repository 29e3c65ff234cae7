import { spawnSync } from 'node:child_process'
import process from 'node:process'

/**
 * Whether a program that others wrote can be used here. With REQUIRE_PEERS=1 a missing one is a failure, not a skip.
 * @param attempt a command that ends with 0 where the program is there.
 * @returns the reason to skip; null where it is there.
 * @throws where it is missing and required.
 */
export function missingPeer(name: string, attempt: readonly [string, ...string[]]): string | null {
  const [command, ...args] = attempt
  const { status, error } = spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 })
  if (!error && status === 0) return null
  const reason = `${name} is not installed (${[command, ...args].join(' ')})`
  if (process.env['REQUIRE_PEERS'] === '1') throw new Error(reason)
  return reason
}
