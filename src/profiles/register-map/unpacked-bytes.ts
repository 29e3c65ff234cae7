const END_OF_DIRECTORY = 0x06054b50
const ENTRY = 0x02014b50
const END_BYTES = 22
const ENTRY_BYTES = 46

/** How large a ZIP archive says that it is when unpacked, by its central directory (APPNOTE 4.3.12); 0 where it has none. */
export function unpackedBytes(archive: Buffer): number {
  let end = archive.length - END_BYTES
  while (end >= 0 && archive.readUInt32LE(end) !== END_OF_DIRECTORY) end--
  if (end < 0) return 0
  let total = 0
  let at = archive.readUInt32LE(end + 16)
  while (at + ENTRY_BYTES <= archive.length && archive.readUInt32LE(at) === ENTRY) {
    total += archive.readUInt32LE(at + 24)
    at += ENTRY_BYTES + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return total
}
