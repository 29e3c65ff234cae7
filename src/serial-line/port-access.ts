import { constants } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { getgroups } from 'node:process'

/** Why a user may not open a port, and the command that would change that. */
export interface PermissionGap {
  readonly because: string
  readonly remedy: string
}

/** What keeps this user from opening a port; null where nothing does. On Windows every user may. */
export async function permissionGapOf(path: string): Promise<PermissionGap | null> {
  const isAllowed = await access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'EACCES' && error.code !== 'EPERM',
  )
  if (isAllowed) return null
  const { gid, mode } = await stat(path)
  const group = await groupNamed(gid)
  return explainGap({
    path,
    mode,
    group: group?.name ?? null,
    isRootGroup: gid === 0,
    // `getgroups` tells of this process: a user that was added after logging in is in the file, not in the process.
    isJoinedLater: group !== null && getgroups?.().includes(gid) !== true && (await isMember(group)),
  })
}

interface Refusal {
  readonly path: string
  readonly mode: number
  readonly group: string | null
  readonly isRootGroup: boolean
  readonly isJoinedLater: boolean
}

/** Why a port that this user may not open is closed to them, and what to do. */
export function explainGap({ path, mode, group, isRootGroup, isJoinedLater }: Refusal): PermissionGap {
  if ((mode & 0o060) !== 0o060 || isRootGroup || group === null) {
    return {
      because: `its mode is ${(mode & 0o777).toString(8)} and it belongs to group ${group ?? 'unknown'}`,
      remedy: `sudo chmod a+rw ${path}`,
    }
  }
  if (isJoinedLater) return { because: `this session began before its user joined group ${group}`, remedy: `newgrp ${group}` }
  return {
    because: `it belongs to group ${group}, and this user is not in it`,
    remedy: `sudo usermod -aG ${group} $USER && newgrp ${group}`,
  }
}

interface Group {
  readonly name: string
  readonly members: readonly string[]
}

async function groupNamed(gid: number): Promise<Group | null> {
  const rows = (await readFile('/etc/group', 'utf8').catch(() => '')).split('\n').map((row) => row.split(':'))
  const row = rows.find(([, , id]) => Number(id) === gid)
  return row?.[0] ? { name: row[0], members: (row[3] ?? '').split(',').filter(Boolean) } : null
}

async function isMember(group: Group): Promise<boolean> {
  const { userInfo } = await import('node:os')
  return group.members.includes(userInfo().username)
}
