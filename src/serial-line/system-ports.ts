import type { PlainPort } from './plain-port.js'

/** Ports of macOS and Windows, from the system's registry of devices. */
export async function systemPorts(): Promise<readonly PlainPort[]> {
  const { SerialPort } = await import('serialport')
  const ports = await SerialPort.list().catch(() => [])
  return ports
    .map((port) => ({
      // On macOS `tty.*` waits for a modem's carrier; `cu.*` is the same port without that.
      path: port.path.replace(/^\/dev\/tty\./, '/dev/cu.'),
      stableId: null,
      maker: port.manufacturer ?? null,
      product: 'friendlyName' in port && typeof port.friendlyName === 'string' ? port.friendlyName : null,
      serialNumber: port.serialNumber ?? null,
    }))
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))
}
