import type { Identity } from '../probe-report.js'

/** The answer to `*IDN?`: maker, model, serial number, revision (IEEE 488.2, 10.14); undefined where a text is none. */
export function identityOfAnswer(text: string): (Identity & { readonly serialNumber: string }) | undefined {
  const parts = text.split(',').map((part) => part.trim().slice(0, 72))
  const [maker = '', model = '', serialNumber = '', revision = ''] = parts
  if (parts.length !== 4 || !/[A-Za-z]/.test(maker) || model === '' || maker.startsWith('$')) return undefined
  return { maker, model, revision: revision === '' ? null : revision, serialNumber }
}
