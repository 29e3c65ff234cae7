import { open } from 'node:fs/promises'

const HEAD_BYTES = 65_536
/** Digits, signs, separators and what a moment is written with, nothing else. */
const ROW_OF_NUMBERS = /^(?=.*\d)[\s\d.,;:+"'eETZ/-]+$/m

/** Whether a text has content, and among its first lines none of numbers alone: notes, names, somebody's results. What is empty or no text may be a broken measurement. */
export async function isWithoutNumbers(path: string): Promise<boolean> {
  await using file = await open(path, 'r')
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  const head = buffer.toString('utf8', 0, bytesRead)
  return head.trim() !== '' && !head.includes('\0') && !ROW_OF_NUMBERS.test(head)
}
