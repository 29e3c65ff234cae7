import type { LiveSpectrum } from '../../spectra/spectrum-answer.js'
import { hzText, type KnownMachine } from './machine-lines.js'
import { amplitudeText, SLIP } from './spectrum-cursor.js'

/** How far the envelope rises where the bearing's parts would show: numbers, no verdict. */
export function envelopeSays({ stepHz, values }: LiveSpectrum, { lines }: KnownMachine): readonly string[] {
  const firsts = lines.filter(({ of, name }) => of === 'bearing' && !name.endsWith('×'))
  const parts = firsts.map(({ name, hz }) => {
    const reach = Math.max(stepHz, SLIP * hz)
    const [from, to] = [Math.max(1, Math.ceil((hz - reach) / stepHz)), Math.floor((hz + reach) / stepHz)]
    if (to >= values.length) return `${name} ${hzText(hz)} beyond`
    return `${name} ${hzText(hz)} ${amplitudeText(values.slice(from, to + 1).reduce((most, value) => Math.max(most, value), 0))}`
  })
  return parts.length === 0 ? [] : [`× median near ${parts.join('  ')}`]
}
