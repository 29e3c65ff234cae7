import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Two pseudo-terminals that are wired to each other, as two ends of a serial cable. */
export interface PtyPair {
  readonly near: string
  readonly far: string
  /** The cable is pulled; both ends are gone. */
  stop(): Promise<void>
}

/** Why there can be none; null where there can. */
export const missingSocat: string | null = spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0 ? null : 'socat is not installed'

export async function startPtyPair(folder = mkdtempSync(join(tmpdir(), 'modbus-line-'))): Promise<PtyPair> {
  const [near, far] = [join(folder, 'near'), join(folder, 'far')]
  const child = spawn('socat', [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`], { stdio: 'ignore' })
  for (let tries = 0; tries < 500 && !(existsSync(near) && existsSync(far)); tries++) await new Promise((resolve) => setTimeout(resolve, 5))
  return {
    near,
    far,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit')
        child.kill()
        await exited
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
