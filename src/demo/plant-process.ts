import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Fault, reasonOf } from '../faults/fault.js'
import { parseAddress } from '../readings/address.js'

const READY_WITHIN_MS = 20_000
const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** The embedded plant as its own process, as a real plant is. */
export interface PlantProcess extends AsyncDisposable {
  /** `modbus`, `mqtt`, `opcua`, `serial`: where it can be reached; null where it could not be started. */
  readonly addresses: Readonly<Record<string, string | null>>
}

/**
 * Starts `chatterfix simulate` and waits for its addresses.
 * @throws Fault DEMO_FAILED where it does not come up.
 */
export async function startPlantProcess({ seed, signal }: { readonly seed: number; readonly signal: AbortSignal }): Promise<PlantProcess> {
  // Its own process group: a Ctrl-C on the terminal is for the demo, which ends the plant in order.
  const child = spawn(process.execPath, [PROGRAM, 'simulate', '--seed', String(seed), '--with-parent', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000)
  })
  const stop = (): Promise<void> => end(child)
  try {
    const line = await firstLine(child, AbortSignal.any([signal, AbortSignal.timeout(READY_WITHIN_MS)]))
    const { addresses } = JSON.parse(line) as { readonly addresses: PlantProcess['addresses'] }
    return { addresses, [Symbol.asyncDispose]: stop }
  } catch (thrown) {
    await stop()
    if (signal.aborted) throw new Fault('INTERRUPTED', { message: 'the demo was stopped while its plant started' })
    throw new Fault('DEMO_FAILED', {
      message: 'the embedded plant did not start',
      because: complaint.trim() || reasonOf(thrown),
      advice: { command: 'chatterfix simulate' },
      cause: thrown,
    })
  }
}

/** The flags of `simulate` that give the plant these ports again, whichever were free this time. */
export function portFlags(addresses: PlantProcess['addresses']): string {
  return ['modbus', 'mqtt', 'opcua', 'line']
    .flatMap((server) => {
      const address = addresses[server]
      const { port } = address?.includes('://') ? parseAddress(address) : { port: null }
      return port === null ? [] : [` --${server} ${port}`]
    })
    .join('')
}

async function firstLine(child: ChildProcess, signal: AbortSignal): Promise<string> {
  if (!child.stdout) return ''
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([
    once(lines, 'line', { signal }),
    once(child, 'exit', { signal }).then(([code]) => [`exited with ${String(code)}`]),
  ])) as [string]
  // What it says later is not for us, but must not fill the pipe.
  child.stdout.resume()
  return line
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 3000)
  await gone
  clearTimeout(force)
}
