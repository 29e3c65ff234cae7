import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { framePng } from '../../src/dashboard/frame-png/frame-png.js'
import { missingPeer } from './requirement.js'

/** Checks each chunk's checksum and the number of inflated bytes with Python's own zlib. */
const CHECK = `
import struct, sys, zlib
data = sys.stdin.buffer.read()
at, kinds, idat = 8, [], b''
while at < len(data):
    (length,) = struct.unpack_from('>I', data, at)
    kind = data[at + 4:at + 8]
    assert zlib.crc32(data[at + 4:at + 8 + length]) == struct.unpack_from('>I', data, at + 8 + length)[0], kind
    if kind == b'IHDR': width, height = struct.unpack_from('>II', data, at + 8)
    if kind == b'IDAT': idat += data[at + 8:at + 8 + length]
    kinds.append(kind.decode())
    at += 12 + length
print(width, height, len(zlib.decompress(idat)), ','.join(kinds))
`
const reason = missingPeer('python3', ['/usr/bin/python3', '-c', 'import zlib'])

it.skipIf(reason !== null)(`the checksums of a picture are those that Python counts${reason === null ? '' : ` (${reason})`}`, async () => {
  const row = [...'pump ⣿█│ 42'].map((text) => ({ text, colour: 2, weight: 'normal', field: 'normal' }) as const)
  const { status, stdout } = spawnSync('/usr/bin/python3', ['-c', CHECK], {
    input: await framePng([row, row], 'a screen'),
    encoding: 'utf8',
  })
  expect(status).toBe(0)
  expect(stdout.trim()).toBe(`${row.length * 12 + 24} 72 ${72 * (row.length * 12 + 25)} IHDR,tEXt,PLTE,IDAT,IEND`)
})
