import { readdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PlainPort } from './plain-port.js'

interface Roots {
  readonly sys: string
  readonly dev: string
}

/** How far above a port its USB device stands at the most (tty → port → interface → device). */
const LEVELS_UP = 6

/** Ports of Linux, from the kernel's own tree: works without udev, also in a container. */
export async function sysfsPorts({ sys, dev }: Roots = { sys: '/sys', dev: '/dev' }): Promise<readonly PlainPort[]> {
  const [names, links] = await Promise.all([readdir(join(sys, 'class/tty')).catch(() => []), stableLinks(dev)])
  const ports = await Promise.all(names.map((name) => portOf(name, { sys, dev, links })))
  return ports.filter((port) => port !== null).sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))
}

async function portOf(
  name: string,
  { sys, dev, links }: Roots & { readonly links: ReadonlyMap<string, string> },
): Promise<PlainPort | null> {
  // Consoles and pseudo-terminals have no device behind them.
  const device = await realpath(join(sys, 'class/tty', name, 'device')).catch(() => null)
  if (device === null) return null
  // The kernel keeps ttyS0–ttyS31 whether or not there is a chip; type 0 is PORT_UNKNOWN (serial_core.h): no chip.
  if ((await textOf(join(sys, 'class/tty', name, 'type'))) === '0') return null
  const path = join(dev, name)
  const usb = await usbDeviceAbove(device)
  return {
    path,
    stableId: links.get(await realpath(path).catch(() => path)) ?? null,
    maker: usb && (await textOf(join(usb, 'manufacturer'))),
    product: usb && (await textOf(join(usb, 'product'))),
    serialNumber: usb && (await textOf(join(usb, 'serial'))),
  }
}

async function usbDeviceAbove(device: string): Promise<string | null> {
  let folder = device
  for (let level = 0; level < LEVELS_UP; level++) {
    if ((await textOf(join(folder, 'idVendor'))) !== null) return folder
    folder = dirname(folder)
  }
  return null
}

/** From device to the link that names it for good: by-id, or by-path (the socket it is plugged into) where it has no identity. */
async function stableLinks(dev: string): Promise<ReadonlyMap<string, string>> {
  const links = new Map<string, string>()
  for (const folder of ['serial/by-path', 'serial/by-id']) {
    for (const name of await readdir(join(dev, folder)).catch(() => [])) {
      const link = join(dev, folder, name)
      const target = await realpath(link).catch(() => null)
      if (target !== null) links.set(target, link)
    }
  }
  return links
}

async function textOf(file: string): Promise<string | null> {
  const text = (await readFile(file, 'utf8').catch(() => '')).trim().slice(0, 200)
  return text === '' ? null : text
}
