import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { addressOfHex, listeners } from '../../src/discovery/listeners.js'

describe('what listens on this machine', () => {
  it.each([
    // From proc(5) tables: 127.0.0.1, 0.0.0.0, ::, ::1, ::ffff:127.0.0.1.
    ['0100007F', '127.0.0.1'],
    ['00000000', '0.0.0.0'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000001000000', '::1'],
    ['0000000000000000FFFF00000100007F', '127.0.0.1'],
    ['B80D0120000000000000000001000000', '2001:db8:0:0:0:0:0:1'],
  ])('the kernel’s %s is %s', (hex, address) => {
    expect(addressOfHex(hex)).toBe(address)
  })

  it('is found at the address that it is bound to', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(await listeners()).toContainEqual({ host: '127.0.0.2', port })
    await new Promise((resolve) => server.close(resolve))
  })
})
