/** One way in, as GetEndpoints lists it. */
export interface OfferedEndpoint {
  readonly url: string
  readonly mode: 'None' | 'Sign' | 'SignAndEncrypt' | 'Invalid'
  /** The policy's own name, e.g. `Basic256Sha256`. */
  readonly policy: string
  readonly logins: readonly ('anonymous' | 'user' | 'certificate' | 'token')[]
  /** DER; empty where the server shows none. */
  readonly certificate: Uint8Array
}

export type Choice =
  | { readonly kind: 'chosen'; readonly endpoint: OfferedEndpoint }
  | { readonly kind: 'refused'; readonly code: 'OPCUA_SECURITY_TOO_WEAK' | 'OPCUA_LOGIN_REFUSED'; readonly why: string }

/** Our own floor, strongest first: older policies (Basic128Rsa15, Basic256) rest on SHA-1 and PKCS#1 1.5. */
const SAFE_POLICIES = ['Aes256_Sha256_RsaPss', 'Aes128_Sha256_RsaOaep', 'Basic256Sha256']

/**
 * Which endpoint to take. A password travels only where it is encrypted and the server has shown who it is; reading without a name
 * may go over None. There is no way down from one to the other.
 */
export function chooseEndpoint(offers: readonly OfferedEndpoint[], login: 'anonymous' | 'user'): Choice {
  const safe = SAFE_POLICIES.flatMap((policy) => offers.filter((offer) => offer.mode === 'SignAndEncrypt' && offer.policy === policy))
  const open = login === 'anonymous' ? offers.filter((offer) => offer.mode === 'None') : []
  const candidates = [...open, ...safe]
  const endpoint = candidates.find((offer) => offer.logins.includes(login))
  if (endpoint) return { kind: 'chosen', endpoint }
  if (candidates.length > 0) {
    const why = login === 'user' ? 'it lets in nobody by user name and password' : 'it lets in nobody without a login'
    return { kind: 'refused', code: 'OPCUA_LOGIN_REFUSED', why: `${why}; it offers ${describeOffers(offers)}` }
  }
  return { kind: 'refused', code: 'OPCUA_SECURITY_TOO_WEAK', why: `it offers only ${describeOffers(offers)}; ${reasonFor(login)}` }
}

/** `None (anonymous), SignAndEncrypt/Basic256Sha256 (anonymous, user)`: what a person needs to see. */
export function describeOffers(offers: readonly OfferedEndpoint[]): string {
  const lines = offers.map(
    ({ mode, policy, logins }) => `${mode === 'None' ? 'None' : `${mode}/${policy}`} (${[...new Set(logins)].join(', ')})`,
  )
  return [...new Set(lines)].slice(0, 12).join(', ') || 'nothing'
}

function reasonFor(login: 'anonymous' | 'user'): string {
  return login === 'user'
    ? 'a password is never sent without SignAndEncrypt and Basic256Sha256 or an Aes policy'
    : 'None, or SignAndEncrypt with Basic256Sha256 or an Aes policy, is needed'
}
