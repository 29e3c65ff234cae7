import { createHash } from 'node:crypto'
import { Fault } from '../faults/fault.js'

/** One of several shares of the files, for machines that know nothing of each other. */
export interface Shard {
  /** 1 … of. */
  readonly index: number
  readonly of: number
}

/** `2/8`. @throws Fault USAGE */
export function parseShard(text: string): Shard {
  const [, index = 0, of = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number)
  if (index >= 1 && index <= of) return { index, of }
  throw new Fault('USAGE', {
    message: `--shard ${text} is no share`,
    because: 'it is I/N with I from 1 to N; an array job that counts from 0 gives $((I+1))/N',
    advice: { help: '--shard 1/4' },
  })
}

/** Whether a file belongs to a share: by its name alone, so that a new file moves no other. */
export function isInShard(name: string, { index, of }: Shard): boolean {
  return createHash('sha256').update(name).digest().readUIntBE(0, 6) % of === index - 1
}
