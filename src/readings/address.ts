/**
 * An address is a URI that says how to reach a value:
 * `modbus-tcp://10.0.0.21:502/7/holding/100?as=float32&order=cdab`.
 * This module knows the shape that all of them share; each driver's address.ts knows what its parts mean.
 */
export interface Address {
  /** Lower case, e.g. `modbus-tcp`. */
  readonly scheme: string
  /** User name, never a password: secrets do not travel in addresses. */
  readonly user: string | null
  /** Lower case; an IPv6 address without its brackets; empty for addresses without a host (`recording:///…`). */
  readonly host: string
  readonly port: number | null
  /** Decoded; `/a/b` gives ['a', 'b'], a trailing or doubled slash gives an empty part. */
  readonly path: readonly string[]
  /** Decoded, in the order written; names are unique. */
  readonly query: ReadonlyMap<string, string>
}

export class AddressError extends Error {
  override readonly name = 'AddressError'
}

const SHAPE =
  /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/(?:([^@/?#]*)@)?(\[[0-9a-fA-F:.]+(?:%25[\w.-]+)?\]|[^:/?#[\]]*)(?::(\d{1,5}))?(\/[^?#]*)?(?:\?([^#]*))?$/

export const MAX_ADDRESS_LENGTH = 4096

/**
 * Reads an address.
 * @throws AddressError that says which part is wrong.
 */
export function parseAddress(text: string): Address {
  if (text.length > MAX_ADDRESS_LENGTH)
    throw new AddressError(`an address has at most ${MAX_ADDRESS_LENGTH} characters, not ${text.length}`)
  const match = SHAPE.exec(text)
  if (!match) throw new AddressError(`'${showable(text)}' is not an address: expected scheme://host[:port]/path?name=value`)
  const [, scheme = '', userInfo, host = '', portText, pathText, queryText] = match
  if (userInfo?.includes(':')) throw new AddressError('an address holds no password; give it in the environment (see the driver’s README)')
  const port = portText === undefined ? null : Number(portText)
  if (port !== null && (port < 1 || port > 65_535)) throw new AddressError(`port ${portText} is not between 1 and 65535`)
  return {
    scheme: scheme.toLowerCase(),
    user: userInfo === undefined || userInfo === '' ? null : decode(userInfo),
    host: decode(host.replace(/^\[|\]$/g, '')).toLowerCase(),
    port,
    path: pathText === undefined ? [] : pathText.slice(1).split('/').map(decode),
    query: parseQuery(queryText ?? ''),
  }
}

/** Prints an address so that `parseAddress` gives the same one back. */
export function formatAddress(address: Address): string {
  const user = address.user === null ? '' : `${encodeURIComponent(address.user)}@`
  const host = address.host.includes(':') ? `[${address.host.replaceAll('%', '%25')}]` : encodeURIComponent(address.host)
  const port = address.port === null ? '' : `:${address.port}`
  const path = address.path.map((part) => `/${encodePart(part)}`).join('')
  const query = [...address.query]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodePart(value).replaceAll('%2F', '/')}`)
    .join('&')
  return `${address.scheme}://${user}${host}${port}${path}${query === '' ? '' : `?${query}`}`
}

/** The scheme of a text that may be an address; undefined where it has none (a sensor name, a host, a file). */
export function schemeOf(text: string): string | undefined {
  return /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\//.exec(text)?.[1]?.toLowerCase()
}

/** What may stand in an error: short, and without the password that somebody wrote against the rules. */
function showable(text: string): string {
  const safe = text.replace(/(:\/\/[^:/?#@]*):[^@]*@/, '$1:…@')
  return safe.length > 200 ? `${safe.slice(0, 200)}…` : safe
}

function parseQuery(text: string): ReadonlyMap<string, string> {
  const query = new Map<string, string>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    if (query.has(name)) throw new AddressError(`'${name}' stands twice in the address`)
    query.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1)))
  }
  return query
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new AddressError(`'${text}' has a broken %-escape; write a percent sign as %25`)
  }
}

/** Readable where that is safe: `ns=2;s=Pump` stays as it is; what a shell would act upon does not, but for `;` and `&`, which quotes keep. */
function encodePart(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%(3D|3B|3A|2C|40|2B)/g, (escape) => decodeURIComponent(escape))
}
