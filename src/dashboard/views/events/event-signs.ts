import type { Happening } from '../../../readings/measurement.js'
import type { Style } from '../../rows/style.js'

/** How bad an event is, without colour as well. */
export const SEVERITY_SIGNS: Readonly<Record<Happening['severity'], { readonly sign: string; readonly style: Style }>> = {
  note: { sign: '·', style: { colour: 'grey' } },
  warning: { sign: '!', style: { colour: 'yellow' } },
  fault: { sign: '✗', style: { colour: 'red', weight: 'bold' } },
}
