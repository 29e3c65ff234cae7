import { dirname } from 'node:path'
import { Fault, reasonOf } from '../faults/fault.js'
import { parserComplaint } from './parser-complaint.js'

interface OclifError {
  readonly oclif?: { readonly exit?: number }
}

/**
 * Whatever reached the edge, as a fault: our own as it is, oclif's complaints as USAGE, the file system's by its code, the rest as BUG.
 * @param flags  of the command, for "did you mean".
 */
export function faultOf(thrown: unknown, commandId: string, flags: readonly string[] = []): Fault {
  if (thrown instanceof Fault) return thrown
  if (thrown instanceof Error && (thrown as OclifError).oclif?.exit !== undefined) return parserComplaint(thrown, { id: commandId, flags })
  return fileFault(thrown) ?? new Fault('BUG', { message: reasonOf(thrown), cause: thrown, ...stackOf(thrown) })
}

function fileFault(thrown: unknown): Fault | undefined {
  const { code, path } = thrown as NodeJS.ErrnoException
  if (path === undefined) return undefined
  if (code === 'ENOENT')
    return new Fault('FILE_NOT_FOUND', {
      message: `${path} does not exist`,
      where: { file: path },
      advice: { folder: dirname(path) },
      cause: thrown,
    })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Fault('FILE_PERMISSION', {
      message: `${path} may not be used: ${reasonOf(thrown)}`,
      where: { file: path },
      advice: { file: path },
      cause: thrown,
    })
  }
  return undefined
}

function stackOf(thrown: unknown): { because?: string } {
  const place = thrown instanceof Error ? thrown.stack?.split('\n')[1]?.trim() : undefined
  return place === undefined ? {} : { because: place }
}
