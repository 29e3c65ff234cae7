import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pid as ownPid } from 'node:process'

/** A program that has a port open. */
export interface PortHolder {
  /** 0 for the kernel. */
  readonly pid: number
  /** `minicom`, `python3`…; empty where the system does not tell. */
  readonly program: string
  /** How that is known, e.g. `has it open`, `locked it`, `left a lock file`. */
  readonly evidence: string
}

/** Where programs that follow the old UUCP convention say that a port is theirs. */
const LOCK_FOLDERS = ['/run/lock', '/var/lock', '/var/spool/locks']

/**
 * Who has a port open, as far as the system tells, without opening the port (that would raise DTR and reset some devices).
 * Looks at lock files, the kernel's table of locks, and the open files of processes (of other users' only as root).
 */
export async function portHolderOf(path: string): Promise<PortHolder | null> {
  const real = await realpath(path).catch(() => path)
  return (await consoleHolder(real)) ?? (await lockFileHolder(real)) ?? (await flockHolder(real)) ?? (await openFileHolder(real))
}

/** What the kernel prints would get between a device and us, and the other way round. */
async function consoleHolder(path: string): Promise<PortHolder | null> {
  const consoles = await readFile('/sys/class/tty/console/active', 'utf8').catch(() => '')
  if (!consoles.trim().split(/\s+/).includes(basename(path)) || path.startsWith('/dev/pts/')) return null
  return { pid: 0, program: 'the kernel', evidence: 'has it as its console' }
}

async function lockFileHolder(path: string): Promise<PortHolder | null> {
  for (const folder of LOCK_FOLDERS) {
    const text = await readFile(`${folder}/LCK..${basename(path)}`, 'latin1').catch(() => null)
    const pid = text === null ? Number.NaN : Number.parseInt(text, 10)
    // A lock file of a process that is gone is litter: every program that follows the convention ignores it.
    if (Number.isInteger(pid) && pid !== ownPid && (await isAlive(pid))) return holder(pid, 'left a lock file')
  }
  return null
}

/** /proc/locks, a row a lock: `1: FLOCK  ADVISORY  WRITE 4242 00:16:5 0 EOF`, with pid and major:minor:inode in hex:hex:decimal. */
async function flockHolder(path: string): Promise<PortHolder | null> {
  const [locks, file] = await Promise.all([readFile('/proc/locks', 'latin1').catch(() => ''), stat(path).catch(() => null)])
  if (file === null || locks === '') return null
  const place = `${hex(file.dev >> 8)}:${hex(file.dev & 0xff)}:${file.ino}`
  const row = locks.split('\n').find((each) => each.includes('FLOCK') && each.includes(` ${place} `))
  const pid = Number(row?.trim().split(/\s+/)[4])
  return row === undefined ? null : holder(pid, 'locked it')
}

async function openFileHolder(path: string): Promise<PortHolder | null> {
  // The program that made a pseudo-terminal may keep its far side open for ever; that is no use of it.
  if (path.startsWith('/dev/pts/')) return null
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      if ((await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')) === path) return holder(Number(pid), 'has it open')
    }
  }
  return null
}

async function holder(pid: number, evidence: string): Promise<PortHolder> {
  const program = (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim()
  return { pid, program, evidence }
}

function isAlive(pid: number): Promise<boolean> {
  return stat(`/proc/${pid}`).then(
    () => true,
    () => false,
  )
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0')
}
