import { readlink, realpath, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { platform } from 'node:process'
import type { SerialPort } from 'serialport'
import { reasonOf } from '../faults/fault.js'
import { type PortLister, rememberAdapter, whereAdapterIs } from './follow-adapter.js'
import { describeHolder, remedyForHolder } from './holder-text.js'
import { lineOnPort } from './line-on-port.js'
import { permissionGapOf } from './port-access.js'
import { portInterrupted, portInUse, portNotFound, portPermission, portRefused } from './port-fault.js'
import { portHolderOf } from './port-holder.js'
import type { SerialLineOptions, TunableLine } from './serial-line.js'

/**
 * Opens a serial port, raw, locked against other programs. `signal` ends the opening, not the open line.
 * @param ports  what lists the ports of this machine, where that is not the system.
 * @throws DriverFault PORT_NOT_FOUND, PORT_PERMISSION, PORT_IN_USE, PORT_REFUSED, or INTERRUPTED on abort.
 */
export async function openSerialLine(options: SerialLineOptions, ports?: PortLister): Promise<TunableLine> {
  const { signal, adapters } = options
  if (signal.aborted) throw portInterrupted(options.path)
  const path = await whereAdapterIs(options.path, adapters, ports)
  // Looked at before opening: the serialport package changes the settings of a port before it asks for the lock, which
  // would garble the talk of whoever has it.
  if (platform !== 'win32') await expectFree(path)
  const { SerialPort } = await import('serialport')
  const port = new SerialPort({
    path,
    baudRate: options.baudRate,
    dataBits: options.dataBits,
    parity: options.parity,
    stopBits: options.stopBits,
    autoOpen: false,
  })
  await opened(port, path)
  if (signal.aborted) {
    await closed(port)
    throw portInterrupted(path)
  }
  await rememberAdapter(options.path, adapters, ports)
  const device = await realpath(path).catch(() => path)
  // Windows has no file to look at, and none is looked at there.
  const { ino } = await stat(device).catch(() => ({ ino: -1 }))
  return lineOnPort(port, { path, device, inode: ino })
}

async function expectFree(path: string): Promise<void> {
  const file = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') throw portPermission(path, { because: 'its folder may not be entered', remedy: `sudo ls -l ${path}` })
    throw portNotFound(path, error)
  })
  if (!file.isCharacterDevice()) throw portRefused(path, 'it is a file or folder, not a device')
  const subsystem = await subsystemOf(file.rdev)
  if (subsystem !== null && subsystem !== 'tty') throw portRefused(path, `it is a device of another kind (${subsystem})`)
  const gap = await permissionGapOf(path)
  if (gap) throw portPermission(path, gap)
  const holder = await portHolderOf(path)
  if (holder) throw portInUse(path, { because: describeHolder(holder), remedy: remedyForHolder(holder) })
}

/** What kind of device a number belongs to, as Linux sorts them (`tty`, `mem`…); null where it does not tell, as of pseudo-terminals. */
async function subsystemOf(device: number): Promise<string | null> {
  const [major, minor] = [(device >> 8) & 0xfff, (device & 0xff) | ((device >> 12) & 0xfff00)]
  const link = await readlink(`/sys/dev/char/${major}:${minor}/subsystem`).catch(() => null)
  return link === null ? null : basename(link)
}

async function opened(port: SerialPort, path: string): Promise<void> {
  const outcome = Promise.withResolvers<void>()
  port.open((error) => (error ? outcome.reject(faultOfOpen(path, error)) : outcome.resolve()))
  await outcome.promise
}

async function closed(port: SerialPort): Promise<void> {
  const outcome = Promise.withResolvers<void>()
  port.close(() => outcome.resolve())
  await outcome.promise
}

/** The package gives the system's reason as a text only: strerror on Unix, a fixed list on Windows. */
function faultOfOpen(path: string, error: Error): Error {
  const text = reasonOf(error)
  if (/no such (file|device)|file not found/i.test(text)) return portNotFound(path, error)
  if (/permission denied|operation not permitted/i.test(text))
    return portPermission(path, { because: text, remedy: `sudo chmod a+rw ${path}` })
  // On Windows `Access denied` is what a port says that another program has open.
  if (/busy|cannot lock|temporarily unavailable|access denied/i.test(text)) return portInUse(path, { because: text, remedy: null })
  return portRefused(path, text)
}
