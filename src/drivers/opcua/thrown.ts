import { reasonOf } from '../../faults/fault.js'
import { DriverFault } from '../fault.js'

/** What a server says when it does not let somebody in, by name as the library prints it. */
const LOGIN = /BadIdentityToken|BadUserAccessDenied|BadUserSignature|user token policy/
const BROKEN =
  /ECONNRESET|EPIPE|socket has been|Socket is closed|[Cc]onnection (may have been|has been|Break)|No SecureChannel|channel.*clos|has been disconnected/
const FILES = /^(EACCES|EROFS|EPERM|ENOENT|ENOSPC)$/

/** Whatever the library threw, as one of our faults. */
export function faultOfThrown(thrown: unknown, what: string, address: string): DriverFault {
  if (thrown instanceof DriverFault) return thrown
  const because = oneLine(reasonOf(thrown))
  const facts = { because, where: { address }, advice: { address, host: hostOf(address) }, cause: thrown }
  const { code, path } = thrown as { code?: unknown; path?: unknown }
  if (typeof code === 'string' && FILES.test(code) && typeof path === 'string') {
    return new DriverFault('FILE_PERMISSION', {
      ...facts,
      message: `our OPC UA certificate cannot be kept in ${path}`,
      advice: { file: path },
      retry: false,
    })
  }
  if (LOGIN.test(because))
    return new DriverFault('OPCUA_LOGIN_REFUSED', { ...facts, message: `${address} does not let us in`, retry: false })
  if (BROKEN.test(because))
    return new DriverFault('CONNECTION_LOST', { ...facts, message: `the connection to ${address} broke (${what})`, retry: true })
  return new DriverFault('OPCUA_REFUSED', { ...facts, message: `${address} refused (${what})`, retry: true })
}

function hostOf(address: string): string {
  return /^opc\.tcp:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?]*)/.exec(address)?.[1] ?? address
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 500)
}
