import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeHolder, remedyForHolder } from '../../src/serial-line/holder-text.js'
import { listSerialPorts } from '../../src/serial-line/list-serial-ports.js'
import { explainGap } from '../../src/serial-line/port-access.js'
import { sysfsPorts } from '../../src/serial-line/sysfs-ports.js'

/** The kernel's tree as Linux lays it out: Documentation/ABI/testing/sysfs-tty, and a USB adapter's folders above its port. */
function kernelTree(root: string): { readonly sys: string; readonly dev: string } {
  const [sys, dev] = [join(root, 'sys'), join(root, 'dev')]
  const put = (file: string, text: string): void => {
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, text)
  }
  const port = (name: string, device: string): void => {
    mkdirSync(device, { recursive: true })
    mkdirSync(join(sys, 'class/tty', name), { recursive: true })
    symlinkSync(device, join(sys, 'class/tty', name, 'device'))
    put(join(dev, name), '')
  }
  const usb = join(sys, 'devices/pci0000:00/usb1/1-2')
  put(join(usb, 'idVendor'), '0403\n')
  put(join(usb, 'manufacturer'), 'FTDI\n')
  put(join(usb, 'product'), 'FT232R USB UART\n')
  put(join(usb, 'serial'), 'A50285BI\n')
  port('ttyUSB10', join(usb, '1-2:1.0/ttyUSB10'))
  port('ttyUSB2', join(sys, 'devices/pci0000:00/usb1/1-3/1-3:1.0/ttyUSB2'))
  port('ttyS0', join(sys, 'devices/pnp0/00:04'))
  put(join(sys, 'class/tty/ttyS0/type'), '4\n')
  port('ttyS1', join(sys, 'devices/platform/serial8250'))
  put(join(sys, 'class/tty/ttyS1/type'), '0\n')
  mkdirSync(join(sys, 'class/tty/tty1'), { recursive: true })
  mkdirSync(join(dev, 'serial/by-id'), { recursive: true })
  symlinkSync('../../ttyUSB10', join(dev, 'serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0'))
  return { sys, dev }
}

describe('the list of serial ports', () => {
  let root: string
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'chatterfix-ports-'))))
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('names maker, product and stable name of an adapter, and leaves out consoles and ports without a chip', async () => {
    const roots = kernelTree(root)
    expect(await sysfsPorts(roots)).toEqual([
      { path: join(roots.dev, 'ttyS0'), stableId: null, maker: null, product: null, serialNumber: null },
      { path: join(roots.dev, 'ttyUSB2'), stableId: null, maker: null, product: null, serialNumber: null },
      {
        path: join(roots.dev, 'ttyUSB10'),
        stableId: join(roots.dev, 'serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0'),
        maker: 'FTDI',
        product: 'FT232R USB UART',
        serialNumber: 'A50285BI',
      },
    ])
  })

  it('is empty where the kernel shows nothing', async () => {
    expect(await sysfsPorts({ sys: join(root, 'none'), dev: join(root, 'none') })).toEqual([])
  })

  it('can be made on this machine, whatever it has', async () => {
    for (const { path, access, because } of await listSerialPorts()) {
      expect(path).toMatch(/^\/dev\/|^COM/)
      expect(because === null).toBe(access === 'open')
    }
  })
})

describe('what keeps a port from being opened', () => {
  const refused = { path: '/dev/ttyUSB0', mode: 0o20660, group: 'dialout', isRootGroup: false, isJoinedLater: false }

  it('is put right by joining the group that may open it', () => {
    expect(explainGap(refused).remedy).toBe('sudo usermod -aG dialout $USER && newgrp dialout')
  })

  it('is put right by a new session where the group was joined already', () => {
    expect(explainGap({ ...refused, isJoinedLater: true }).remedy).toBe('newgrp dialout')
  })

  it('is put right by the mode where no group helps', () => {
    for (const given of [{ mode: 0o20600 }, { isRootGroup: true, group: 'root' }, { group: null }])
      expect(explainGap({ ...refused, ...given }).remedy).toBe('sudo chmod a+rw /dev/ttyUSB0')
  })

  it('is a program with a name: a service is stopped, others are ended, the kernel is left alone', () => {
    const modem = { pid: 812, program: 'ModemManager', evidence: 'has it open' }
    expect(describeHolder(modem)).toBe('ModemManager (process 812) has it open')
    expect(remedyForHolder(modem)).toBe('sudo systemctl stop ModemManager')
    expect(remedyForHolder({ ...modem, program: 'minicom' })).toBe('kill 812')
    expect(remedyForHolder({ pid: 0, program: 'the kernel', evidence: 'has it as its console' })).toBeNull()
  })
})
