import { Fault, reasonOf } from '../faults/fault.js'
import { type Address, formatAddress, parseAddress } from '../readings/address.js'

/** What all addresses of one kind of sink have in common. */
export interface SinkAddressRules {
  readonly example: string
  /** Names that may stand in the query. */
  readonly query: readonly string[]
  /** The environment's name for the secret, for advice. */
  readonly secret: string
}

const SECRET = /^(p|pass|passwd|password|pwd|token|secret|api_?key|auth)$/i

/**
 * Reads what stands behind `--to`. A secret in it is refused and never repeated.
 * @throws Fault SINK_ADDRESS_INVALID, SINK_SECRET_IN_ADDRESS
 */
export function parseSinkAddress(text: string, rules: SinkAddressRules): Address {
  if (/^[^/]*:\/\/[^/?#]*:[^/?#]*@/.test(text)) throw secretInAddress(text, rules)
  const address = parsed(text, rules)
  const names = [...address.query.keys()]
  if (names.some((name) => SECRET.test(name))) throw secretInAddress(text, rules)
  const unknown = names.find((name) => !rules.query.includes(name))
  if (unknown !== undefined) throw invalidSinkAddress(text, rules, `'${unknown}' is not known; ${rules.query.join(', ')} are`)
  return address
}

/** One of a few words; the first where nothing is said. */
export function wordOf<Word extends string>(
  address: Address,
  name: string,
  { words, text, rules }: { readonly words: readonly [Word, ...Word[]]; readonly text: string; readonly rules: SinkAddressRules },
): Word {
  const said = address.query.get(name)
  if (said === undefined) return words[0]
  const word = words.find((known) => known === said)
  if (word === undefined) throw invalidSinkAddress(text, rules, `${name}=${said.slice(0, 40)} is none of ${words.join(', ')}`)
  return word
}

export function invalidSinkAddress(text: string, { example }: SinkAddressRules, because: string): Fault {
  return new Fault('SINK_ADDRESS_INVALID', {
    message: `${withoutSecrets(text)} is no place to send to`,
    because,
    advice: { example },
  })
}

/** The one spelling of an address, which also names the sink. */
export function spellingOf(address: Address): string {
  return formatAddress(address)
}

/** What may be shown of an address that breaks the rules. */
export function withoutSecrets(text: string): string {
  const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]{0,30}:\/\//.exec(text)?.[0]
  const host = /^[^/]*:\/\/(?:[^/?#]*@)?([a-zA-Z0-9.-]{1,253})/.exec(text)?.[1]
  return scheme === undefined ? 'the text behind --to' : `${scheme}${host ?? ''}…`
}

function parsed(text: string, rules: SinkAddressRules): Address {
  try {
    return parseAddress(text)
  } catch (thrown) {
    // The reason repeats parts of the text, which may be anything.
    const reason = reasonOf(thrown)
    throw invalidSinkAddress(text, rules, reason.includes("'") ? 'expected scheme://host[:port]/path?name=value' : reason)
  }
}

function secretInAddress(text: string, { secret, example }: SinkAddressRules): Fault {
  return new Fault('SINK_SECRET_IN_ADDRESS', {
    message: `the address of ${withoutSecrets(text)} holds a password or token`,
    advice: { variable: secret, example },
  })
}
