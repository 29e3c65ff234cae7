import { userInfo } from 'node:os'

/** Whoever sits before the screen; empty where the system has no name for them. */
export function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a number that has no name.
    return ''
  }
}
