import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { readThrift, THRIFT, ThriftError, type ThriftField, type ThriftStruct, type ThriftValue, writeThrift } from './thrift-compact.js'

const MAGIC = Buffer.from('PAR1')
/** Length of the footer and the magic. */
const TAIL_BYTES = 8
const MAX_FOOTER_BYTES = 64 * 1024 * 1024
const COPY_BYTES = 256 * 1024
/** What is written is brought to the disk in portions: others who sync wait for no more than that, and so does who gives up. */
const SYNC_BYTES = 16 * 1024 * 1024

/** Field numbers of parquet.thrift. */
const FILE = { schema: 2, rows: 3, rowGroups: 4 } as const
const ROW_GROUP = { columns: 1, fileOffset: 5, ordinal: 7 } as const
const COLUMN = { fileOffset: 2, metadata: 3, offsetIndex: 4, columnIndex: 6 } as const
const COLUMN_OFFSETS: ReadonlySet<number> = new Set([COLUMN.fileOffset, COLUMN.offsetIndex, COLUMN.columnIndex])
/** data_page_offset, index_page_offset, dictionary_page_offset, bloom_filter_offset. */
const METADATA_OFFSETS: ReadonlySet<number> = new Set([9, 10, 11, 14])

export interface ConcatenatedFile {
  readonly bytes: number
  readonly sha256: string
  readonly rows: number
}

/**
 * Puts Parquet files of one schema behind one another: their row groups are copied as they are, byte by byte, only the footer is
 * made anew with the offsets moved. No value is decoded, so none can change, and it costs what copying costs. The result is on the disk.
 *
 * @returns null where the schemas differ; then nothing is written.
 * @throws ThriftError where a file is none of Parquet; what the file system says.
 */
export async function concatParquet(sources: readonly string[], target: string, signal?: AbortSignal): Promise<ConcatenatedFile | null> {
  const footers: ThriftStruct[] = []
  const ends: number[] = []
  for (const path of sources) {
    const { footer, footerAt } = await readFooter(path)
    footers.push(footer)
    ends.push(footerAt)
  }
  const schemas = footers.map((footer) => writeThrift({ kind: 'struct', fields: footer.fields.filter(({ id }) => id === FILE.schema) }))
  if (schemas.some((schema) => !schema.equals(schemas[0] ?? schema))) return null

  const file = await open(target, 'wx')
  try {
    const out = appendTo(file)
    await out.append(MAGIC)
    const rowGroups: ThriftStruct[] = []
    for (const [i, path] of sources.entries()) {
      const shift = BigInt(out.bytes() - MAGIC.length)
      for (const group of rowGroupsOf(footers[i])) rowGroups.push(movedGroup(group, shift))
      await copyRange(path, { from: MAGIC.length, to: ends[i] ?? 0 }, { append: out.append, signal })
    }
    const rows = footers.reduce((sum, footer) => sum + Number(fieldOf(footer, FILE.rows) ?? 0n), 0)
    const footer = writeThrift(joinedFooter(footers[0] ?? { kind: 'struct', fields: [] }, rowGroups, rows))
    const tail = Buffer.alloc(TAIL_BYTES)
    tail.writeUInt32LE(footer.length)
    MAGIC.copy(tail, 4)
    await out.append(Buffer.concat([footer, tail]))
    await file.sync()
    return { bytes: out.bytes(), sha256: out.sum(), rows }
  } finally {
    await file.close()
  }
}

async function readFooter(path: string): Promise<{ readonly footer: ThriftStruct; readonly footerAt: number }> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const tail = Buffer.alloc(TAIL_BYTES)
    await file.read(tail, 0, TAIL_BYTES, Math.max(0, size - TAIL_BYTES))
    const length = tail.readUInt32LE()
    const footerAt = size - TAIL_BYTES - length
    if (!tail.subarray(4).equals(MAGIC) || length > MAX_FOOTER_BYTES || footerAt < MAGIC.length)
      throw new ThriftError(`${path} is no Parquet file`)
    const bytes = Buffer.alloc(length)
    await file.read(bytes, 0, length, footerAt)
    return { footer: readThrift(bytes), footerAt }
  } finally {
    await file.close()
  }
}

function appendTo(file: FileHandle) {
  const hash = createHash('sha256')
  let bytes = 0
  let unsynced = 0
  return {
    append: async (piece: Buffer): Promise<void> => {
      hash.update(piece)
      await file.writeFile(piece)
      bytes += piece.length
      unsynced += piece.length
      if (unsynced < SYNC_BYTES) return
      await file.datasync()
      unsynced = 0
    },
    bytes: () => bytes,
    sum: () => hash.digest('hex'),
  }
}

async function copyRange(
  path: string,
  range: { readonly from: number; readonly to: number },
  into: { readonly append: (piece: Buffer) => Promise<void>; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(Math.min(COPY_BYTES, Math.max(1, range.to - range.from)))
    for (let at = range.from; at < range.to; ) {
      into.signal?.throwIfAborted()
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, range.to - at), at)
      if (bytesRead === 0) throw new ThriftError(`${path} ends before its footer`)
      await into.append(buffer.subarray(0, bytesRead))
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}

function joinedFooter(first: ThriftStruct, rowGroups: readonly ThriftStruct[], rows: number): ThriftStruct {
  return mapFields(first, (field) => {
    if (field.id === FILE.rows) return BigInt(rows)
    return field.id === FILE.rowGroups ? { kind: 'list', type: THRIFT.struct, items: rowGroups } : field.value
  })
}

function movedGroup(group: ThriftStruct, shift: bigint): ThriftStruct {
  const kept = { ...group, fields: group.fields.filter(({ id }) => id !== ROW_GROUP.ordinal) }
  return mapFields(kept, ({ id, value }) => {
    if (id === ROW_GROUP.fileOffset) return moved(value, shift)
    return id === ROW_GROUP.columns ? mapItems(value, (column) => movedColumn(column, shift)) : value
  })
}

function movedColumn(column: ThriftStruct, shift: bigint): ThriftStruct {
  return mapFields(column, ({ id, value }) => {
    if (COLUMN_OFFSETS.has(id)) return moved(value, shift)
    if (id !== COLUMN.metadata || !isStruct(value)) return value
    return mapFields(value, (field) => (METADATA_OFFSETS.has(field.id) ? moved(field.value, shift) : field.value))
  })
}

/** DuckDB leaves offsets that it does not use at 0. */
function moved(value: ThriftValue, shift: bigint): ThriftValue {
  return typeof value === 'bigint' && value > 0n ? value + shift : value
}

function rowGroupsOf(footer: ThriftStruct | undefined): ThriftStruct[] {
  const groups = footer === undefined ? undefined : fieldOf(footer, FILE.rowGroups)
  return groups !== undefined && typeof groups === 'object' && 'items' in groups ? groups.items.filter(isStruct) : []
}

function fieldOf(struct: ThriftStruct, id: number): ThriftValue | undefined {
  return struct.fields.find((field) => field.id === id)?.value
}

function mapFields(struct: ThriftStruct, change: (field: ThriftField) => ThriftValue): ThriftStruct {
  return { ...struct, fields: struct.fields.map((field) => ({ ...field, value: change(field) })) }
}

function mapItems(value: ThriftValue, change: (item: ThriftStruct) => ThriftStruct): ThriftValue {
  if (typeof value !== 'object' || !('items' in value)) return value
  return { ...value, items: value.items.map((item) => (isStruct(item) ? change(item) : item)) }
}

function isStruct(value: ThriftValue): value is ThriftStruct {
  return typeof value === 'object' && 'kind' in value && value.kind === 'struct'
}
