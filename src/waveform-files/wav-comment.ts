import { z } from 'zod'

const comment = z.object({
  sensors: z.array(z.string().max(4096)).max(1024),
  unit: z.string().max(200).nullable(),
  startedAt: z.string().max(40),
  /** WAV's own is whole. */
  sampleRateHz: z.number().positive().finite(),
})

/** What WAV has no field for, as JSON in its comment (LIST INFO ICMT). */
export type WavComment = Readonly<z.infer<typeof comment>>

/** Our comment in a LIST chunk's content; null where it is another's or none. */
export function parseWavComment(list: DataView): WavComment | null {
  const text = Buffer.from(list.buffer, list.byteOffset, list.byteLength)
  if (text.toString('latin1', 0, 4) !== 'INFO') return null
  for (let at = 4; at + 8 <= text.length; ) {
    const length = text.readUInt32LE(at + 4)
    if (text.toString('latin1', at, at + 4) === 'ICMT') return parsed(text.toString('utf8', at + 8, at + 8 + length))
    at += 8 + length + (length % 2)
  }
  return null
}

function parsed(text: string): WavComment | null {
  try {
    return comment.safeParse(JSON.parse(text.replace(/\0+$/, ''))).data ?? null
  } catch {
    return null
  }
}
