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
  const groupMayUseIt = (mode & 0o060) === 0o060
  const group = await groupNamed(gid)
  if (!groupMayUseIt || gid === 0 || group === null) {
    return {
      because: `its mode is ${(mode & 0o777).toString(8)} and it belongs to group ${group?.name ?? gid}`,
      remedy: `sudo chmod a+rw ${path}`,
    }
  }
  // `getgroups` tells of this process: a user that was added after logging in is in the file, not in the process.
  if (getgroups?.().includes(gid) !== true && (await isMember(group))) {
    return { because: `this session began before its user joined group ${group.name}`, remedy: `newgrp ${group.name}` }
  }
  return {
    because: `it belongs to group ${group.name}, and this user is not in it`,
    remedy: `sudo usermod -aG ${group.name} $USER && newgrp ${group.name}`,
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
