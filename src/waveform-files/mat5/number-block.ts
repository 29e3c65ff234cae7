import type { ByteSource } from '../byte-source.js'
import { DATA_TYPE, NUMBER_BYTES } from './mat5-types.js'

/** Numbers of one variable, where they lie. */
export interface NumberBlock {
  readonly source: ByteSource
  /** Of the first number, bytes. */
  readonly at: number
  /** How they are stored (DATA_TYPE), which may be narrower than their class. */
  readonly type: number
  readonly count: number
  readonly isLittleEndian: boolean
}

/** Numbers `from`, `from + stride`, … of a block; fewer where it ends. */
export async function readNumbers(
  block: NumberBlock,
  { from, count, stride = 1 }: { readonly from: number; readonly count: number; readonly stride?: number },
): Promise<Float32Array | Float64Array> {
  const width = NUMBER_BYTES[block.type] ?? 1
  const available = Math.max(0, Math.min(count, Math.ceil((block.count - from) / stride)))
  const bytes = await block.source.read(block.at + from * width, available === 0 ? 0 : ((available - 1) * stride + 1) * width)
  const total = Math.max(0, Math.min(available, Math.ceil(Math.floor(bytes.length / width) / stride)))
  const isNarrow = block.type === DATA_TYPE.single || width <= 2
  const numbers = isNarrow ? new Float32Array(total) : new Float64Array(total)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let i = 0; i < total; i++) numbers[i] = numberAt(view, i * stride * width, block)
  return numbers
}

function numberAt(view: DataView, at: number, { type, isLittleEndian }: NumberBlock): number {
  switch (type) {
    case DATA_TYPE.int8:
      return view.getInt8(at)
    case DATA_TYPE.uint8:
      return view.getUint8(at)
    case DATA_TYPE.int16:
      return view.getInt16(at, isLittleEndian)
    case DATA_TYPE.uint16:
      return view.getUint16(at, isLittleEndian)
    case DATA_TYPE.int32:
      return view.getInt32(at, isLittleEndian)
    case DATA_TYPE.uint32:
      return view.getUint32(at, isLittleEndian)
    case DATA_TYPE.single:
      return view.getFloat32(at, isLittleEndian)
    case DATA_TYPE.int64:
      return Number(view.getBigInt64(at, isLittleEndian))
    case DATA_TYPE.uint64:
      return Number(view.getBigUint64(at, isLittleEndian))
    default:
      return view.getFloat64(at, isLittleEndian)
  }
}
