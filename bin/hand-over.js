import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const OLDEST = [22, 13]
const FIRST_UNFIT_MAJOR = 26
const CHILD = 'CHATTERFIX_HANDED_OVER'

/**
 * Under a Node that this program does not run on, starts the Node that the repository carries, where it is present.
 * @returns whether somebody else does the work (or nobody can, and that was said).
 */
export function handOverToNewerNode() {
  if (isFit()) {
    if (process.env[CHILD]) dieWithParent()
    return false
  }
  const carried = carriedNode()
  if (!carried || process.env[CHILD]) {
    process.stderr.write(
      `chatterfix needs Node ${OLDEST.join('.')} or newer and below ${FIRST_UNFIT_MAJOR}; this is ${process.versions.node}. Install Node 24 and try again.\n`,
    )
    process.exitCode = 2
    return true
  }
  const child = spawn(carried, [fileURLToPath(new URL('./run.js', import.meta.url)), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [CHILD]: '1' },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 70
    else process.kill(process.pid, signal)
  })
  return true
}

function isFit() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major < FIRST_UNFIT_MAJOR && (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]))
}

/** Whoever kills the parent outright means this process. */
function dieWithParent() {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  process.channel?.unref()
  delete process.env[CHILD]
}

function carriedNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    return [join(folder, 'bin', 'node'), join(folder, 'bin', 'node.exe')].find((file) => existsSync(file))
  } catch {
    return undefined
  }
}
