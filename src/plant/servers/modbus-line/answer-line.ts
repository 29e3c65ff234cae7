import type { RunningPlant } from '../../running-plant.js'
import { answerRegisters, EXCEPTION } from '../modbus/answer-registers.js'
import type { ModbusUnit } from '../modbus/register-map.js'

const TABLE_OF = { 3: 'holding', 4: 'input' } as const
const READ_ID = 43
const LARGEST_REQUEST = 125
const ILLEGAL_VALUE = 3

/** What a unit of the line answers to a question; it can only be read. */
export function answerLine(unit: ModbusUnit, pdu: Uint8Array, plant: RunningPlant): Uint8Array {
  const code = pdu[0] ?? 0
  const [at, count] = [word(pdu, 1), word(pdu, 3)]
  if (code === READ_ID) return identification(unit)
  if (code !== 3 && code !== 4) return refused(code, EXCEPTION.illegalFunction)
  if (count < 1 || count > LARGEST_REQUEST) return refused(code, ILLEGAL_VALUE)
  const answer = answerRegisters(unit, TABLE_OF[code], { at, count }, plant)
  if ('exception' in answer) return refused(code, answer.exception)
  return Uint8Array.of(code, answer.words.length * 2, ...answer.words.flatMap((value) => [value >> 8, value & 0xff]))
}

/** Function 43/14, the three basic objects in one answer. */
function identification({ maker, product, revision }: ModbusUnit): Uint8Array {
  const objects = [maker, product, revision].flatMap((text, id) => [id, Buffer.byteLength(text), ...Buffer.from(text)])
  return Uint8Array.of(READ_ID, 14, 1, 1, 0, 0, 3, ...objects)
}

function refused(code: number, exception: number): Uint8Array {
  return Uint8Array.of(code | 0x80, exception)
}

function word(pdu: Uint8Array, at: number): number {
  return ((pdu[at] ?? 0) << 8) | (pdu[at + 1] ?? 0)
}
