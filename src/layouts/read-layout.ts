import { basename } from 'node:path'
import { layoutFileSchema } from '../dashboard/panes/layout-file.js'
import type { LayoutFile } from '../dashboard/panes/saved-layout.js'
import { Fault, reasonOf } from '../faults/fault.js'

export const MAX_LAYOUT_BYTES = 256 * 1024

/**
 * A layout out of the text of its file.
 * @param from  the file, for the error.
 * @throws Fault LAYOUT_INVALID.
 */
export function readLayout(text: string, from: string): LayoutFile {
  if (Buffer.byteLength(text) > MAX_LAYOUT_BYTES) throw invalid(from, `it is larger than ${MAX_LAYOUT_BYTES / 1024} KiB`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (thrown) {
    throw invalid(from, reasonOf(thrown))
  }
  return checkedLayout(value, from)
}

/** @throws Fault LAYOUT_INVALID. */
export function checkedLayout(value: unknown, from: string): LayoutFile {
  let read: ReturnType<typeof layoutFileSchema.safeParse>
  try {
    read = layoutFileSchema.safeParse(value)
  } catch (thrown) {
    // Nested so deep that checking it overflows the stack.
    if (!(thrown instanceof RangeError)) throw thrown
    throw invalid(from, 'it is nested too deep')
  }
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw invalid(from, `${issue?.path.map(String).join(' › ') || 'the file'}: ${issue?.message ?? 'not as expected'}`)
}

function invalid(from: string, because: string): Fault {
  return new Fault('LAYOUT_INVALID', { message: `${basename(from)} is no layout`, where: { file: from }, because })
}
