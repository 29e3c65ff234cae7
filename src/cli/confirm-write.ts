import { Fault } from '../faults/fault.js'
import type { Confirmation, PreparedWrite } from '../writing/guarded-write.js'
import { askLine } from './ask-line.js'

/**
 * The hash that a script was given, or what somebody types on the terminal.
 * @throws Fault WRITE_UNASKED, with the hash to use, where there is neither; INTERRUPTED for Ctrl-C.
 */
export async function confirmWrite(
  { target, wish, hash }: PreparedWrite,
  { given, signal }: { readonly given: string | undefined; readonly signal: AbortSignal },
): Promise<Confirmation> {
  if (given !== undefined) return { by: 'hash', text: given }
  const typed = await askLine(`type ${target.deviceName} to write: `, signal)
  if (typed !== null) return { by: 'name', text: typed }
  throw new Fault('WRITE_UNASKED', {
    message: `${wish.target} was not written: there is no terminal to ask for the name of the device on`,
    advice: { target: wish.target, value: String(wish.value), hash },
  })
}
