import { answerOf, exception, type FakeDevice } from '../modbus/device.js'
import type { LineUnit } from './fake-line.js'
import { garbage } from './noise.js'

/** What a register of a unit holds: different for every unit, table and address, so that nobody's answer passes for another's. */
export function registerOf(unit: number, functionCode: number, address: number): number {
  return (unit * 7919 + functionCode * 104_729 + address * 31_337 + 12_345) & 0xffff
}

/** A unit that knows every register and bit, with values by `registerOf`. */
function wellAnswer({ unit, pdu }: { readonly unit: number; readonly pdu: Buffer }): Buffer {
  const code = pdu[0] ?? 0
  if (code < 1 || code > 4) return exception(code, 1)
  const [from, quantity] = [pdu.readUInt16BE(1), pdu.readUInt16BE(3)]
  const values = Array.from({ length: quantity }, (_, index) => registerOf(unit, code, from + index))
  if (code >= 3) return Buffer.from([code, quantity * 2, ...values.flatMap((value) => [value >> 8, value & 0xff])])
  const bytes = Array.from({ length: Math.ceil(quantity / 8) }, (_, byte) =>
    Array.from({ length: 8 }, (_unused, bit) => ((values[byte * 8 + bit] ?? 0) & 1) << bit).reduce((sum, bit) => sum | bit, 0),
  )
  return Buffer.from([code, bytes.length, ...bytes])
}

/** One small behaviour each (style.md: the unit ids of a line are its faults). */
export const LINE_UNITS = {
  fine: (): LineUnit => (request, wire) => wire.reply(request, wellAnswer(request)),
  device:
    (device: FakeDevice, afterMs = 5): LineUnit =>
    (request, wire) =>
      wire.reply(request, answerOf(device, request.pdu), afterMs),
  /** Cut short on the line. */
  short: (): LineUnit => (request, wire) => wire.write(wire.format.encode(request.unit, wellAnswer(request)).subarray(0, -3)),
  badCheck: (): LineUnit => (request, wire) => {
    const frame = Uint8Array.from(wire.format.encode(request.unit, wellAnswer(request)))
    frame[frame.length - 1] = (frame.at(-1) ?? 0) ^ 0x5a
    wire.write(frame)
  },
  wrongUnit: (): LineUnit => (request, wire) => wire.write(wire.format.encode(request.unit + 100, wellAnswer(request))),
  exception:
    (code: number): LineUnit =>
    (request, wire) =>
      wire.reply(request, exception(request.pdu[0] ?? 0, code)),
  silent: (): LineUnit => () => {},
  /** Answers after `ms`, or anywhere up to twice that. */
  late:
    (ms: number): LineUnit =>
    (request, wire) =>
      wire.reply(request, wellAnswer(request), ms * (1 + wire.random())),
  /** Sometimes at once, sometimes much too late, sometimes never; while it is busy it keeps what it is asked for later, or does not hear it. */
  moody: (ms: number, whileBusy: 'keeps' | 'is-deaf'): LineUnit => {
    let busyUntilMs = 0
    return (request, wire) => {
      const nowMs = wire.nowMs()
      if (wire.random() < 0.1 || (whileBusy === 'is-deaf' && nowMs < busyUntilMs)) return
      const workMs = wire.random() < 0.6 ? 5 : ms * 4 * wire.random()
      busyUntilMs = Math.max(busyUntilMs, nowMs) + workMs
      wire.reply(request, wellAnswer(request), busyUntilMs - nowMs)
    }
  },
  /** Garbage before the frame, in it (a byte too many) or after it. */
  dirty: (): LineUnit => (request, wire) => {
    const frame = wire.format.encode(request.unit, wellAnswer(request))
    const dirt = garbage(1 + Math.floor(wire.random() * 12), wire.random)
    const place = wire.random()
    if (place < 0.4) wire.write(Buffer.concat([dirt, frame]))
    else if (place < 0.7) wire.write(Buffer.concat([frame, dirt]))
    else {
      const middle = 1 + Math.floor(wire.random() * (frame.length - 1))
      wire.write(Buffer.concat([frame.subarray(0, middle), dirt, frame.subarray(middle)]))
    }
  },
} as const
