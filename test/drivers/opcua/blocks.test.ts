import { DataType, DataValue, Variant, VariantArrayType } from 'node-opcua'
import { describe, expect, it } from 'vitest'
import { type Block, BlockOrder } from '../../../src/drivers/opcua/block-order.js'
import { BlockPairing } from '../../../src/drivers/opcua/block-pairing.js'

const block = (sequence: number | null, more: Partial<Block> = {}): Block => ({
  startedAt: (sequence ?? 0) * 1_000_000,
  receivedAt: 0,
  sampleRateHz: 100,
  samples: new Float32Array(100),
  quality: 0,
  sequence,
  overflow: false,
  ...more,
})

describe('blocks in their order', () => {
  it('show those that never came as one gap with their number', () => {
    const order = new BlockOrder('vibration')
    expect(order.take(block(4))).toMatchObject([{ kind: 'waveform', sequence: 4 }])
    expect(order.take(block(5))).toMatchObject([{ kind: 'waveform', sequence: 5 }])
    expect(order.take(block(8))).toMatchObject([
      { kind: 'gap', from: 6_000_000, to: 8_000_000, missing: 2, sensors: ['vibration'] },
      { kind: 'waveform', sequence: 8 },
    ])
  })

  it('come once, however often the server sends them', () => {
    const order = new BlockOrder('vibration')
    order.take(block(4))
    expect(order.take(block(4))).toEqual([])
  })

  it('count on over the end of the counter, and start again with the device', () => {
    const order = new BlockOrder('vibration')
    order.take(block(2 ** 32 - 1, { startedAt: 0 }))
    expect(order.take(block(0, { startedAt: 1_000_000 }))).toHaveLength(1)
    order.take(block(500, { startedAt: 501_000_000 }))
    expect(order.take(block(1, { startedAt: 502_000_000 }))[0]).toMatchObject({
      kind: 'gap',
      missing: null,
      cause: expect.stringContaining('started again') as string,
    })
  })

  it('that came without their number are not missed', () => {
    const order = new BlockOrder('vibration')
    order.take(block(4))
    order.take(block(null, { startedAt: 5_000_000 }))
    expect(order.take(block(6))).toHaveLength(1)
    order.take(block(null, { startedAt: 7_000_000 }))
    expect(order.take(block(9))[0]).toMatchObject({ kind: 'gap', missing: 1 })
  })

  it('without numbers are missed only where the server says so', () => {
    const order = new BlockOrder('vibration')
    order.take(block(null, { startedAt: 0 }))
    expect(order.take(block(null, { startedAt: 10_000_000 }))).toHaveLength(1)
    expect(order.take(block(null, { startedAt: 20_000_000, overflow: true }))[0]).toMatchObject({ kind: 'gap', missing: null })
  })
})

describe('a block and its number', () => {
  const number = (value: number, ms: number): DataValue =>
    new DataValue({ value: new Variant({ dataType: DataType.UInt32, value }), sourceTimestamp: new Date(ms) })
  const samples = (ms: number): DataValue =>
    new DataValue({
      value: new Variant({ dataType: DataType.Float, arrayType: VariantArrayType.Array, value: new Float32Array(4) }),
      sourceTimestamp: new Date(ms),
    })
  const sequences = (pairing: BlockPairing): readonly (number | null)[] => pairing.ready().map(({ sequence }) => sequence)

  it('meet in either order, also over two notifications', () => {
    const pairing = new BlockPairing('numbered')
    pairing.addNumber(number(1, 1000))
    pairing.addBlock(samples(1000))
    pairing.addBlock(samples(2000))
    expect(sequences(pairing)).toEqual([1])
    pairing.addNumber(number(2, 2000))
    expect(sequences(pairing)).toEqual([2])
  })

  it('part after one more notification, and later blocks do not overtake', () => {
    const pairing = new BlockPairing('numbered')
    pairing.addBlock(samples(1000))
    pairing.addBlock(samples(2000))
    pairing.addNumber(number(2, 2000))
    expect(sequences(pairing)).toEqual([])
    expect(sequences(pairing)).toEqual([null, 2])
  })

  it('does not wait where there are no numbers', () => {
    const pairing = new BlockPairing('unnumbered')
    pairing.addBlock(samples(1000))
    expect(sequences(pairing)).toEqual([null])
  })
})
