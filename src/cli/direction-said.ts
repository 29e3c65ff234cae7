import { DIRECTIONS, type Direction } from '../analysis/rotating/machine-record.js'
import { Fault } from '../faults/fault.js'

/** `axial` of the channel that is analysed, or `CHANNEL=axial` of any. @throws Fault USAGE */
export function directionSaid(text: string): { readonly channel: string | null; readonly direction: Direction } {
  const at = text.lastIndexOf('=')
  const direction = DIRECTIONS.find((known) => known === text.slice(at + 1).trim())
  if (direction !== undefined && at !== 0) return { channel: at < 0 ? null : text.slice(0, at).trim(), direction }
  throw new Fault('USAGE', {
    message: `--direction ${text} is none`,
    because: `expected ${DIRECTIONS.join(', ')}, alone or as CHANNEL=DIRECTION`,
    advice: { help: '--direction radial --direction ch2=axial' },
  })
}
