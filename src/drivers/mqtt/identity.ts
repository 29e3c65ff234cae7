import type { Identity } from '../probe-report.js'

const MAX_LENGTH = 80

/** Who makes the brokers that announce themselves by these names. */
const MAKERS: ReadonlyMap<string, string> = new Map([
  ['mosquitto', 'Eclipse'],
  ['hivemq', 'HiveMQ'],
  ['emqx', 'EMQ'],
  ['vernemq', 'Octavo Labs'],
])

/** Out of `$SYS/broker/version`, e.g. `mosquitto version 2.0.11`. */
export function identityOfVersion(text: string): Identity {
  const clean = text.trim().slice(0, MAX_LENGTH)
  const [, model = clean, revision = null] = /^(\S+)\s+(?:version\s+)?v?(\d\S*)$/i.exec(clean) ?? []
  return { maker: MAKERS.get(model.toLowerCase()) ?? null, model, revision }
}

const PARTS: readonly (readonly [keyof Identity, RegExp])[] = [
  ['maker', /^(hardware make|hw make|make|maker|manufacturer|vendor)$/i],
  ['model', /^(hardware model|hw model|model|device model|product)$/i],
  ['revision', /^(fw|firmware|firmware version|fw version|software version|revision|version)$/i],
]

/** Out of the text metrics of a Sparkplug birth, e.g. `Properties/Hardware Make`; null where it says nothing of itself. */
export function identityOfMetrics(metrics: ReadonlyMap<string, string>): Identity | null {
  const found: { maker: string | null; model: string | null; revision: string | null } = { maker: null, model: null, revision: null }
  for (const [name, value] of metrics) {
    const last = name.split('/').at(-1) ?? ''
    const part = PARTS.find(([key, pattern]) => found[key] === null && pattern.test(last))
    if (part) found[part[0]] = value.slice(0, MAX_LENGTH)
  }
  return (found.maker ?? found.model ?? found.revision) ? found : null
}
