/** A node as an address names it; the namespace by index or, better, by URI: indexes may change when the server restarts. */
export interface NodeReference {
  readonly namespace: number | { readonly uri: string }
  /** `i=85`, `s=Pump.Temperature`, `g=…` or `b=…` (base64). */
  readonly identifier: string
}

const SHAPE = /^(?:ns=(\d{1,5});|nsu=([^;]{1,500});)?((?:i=\d{1,10}|s=[\s\S]{1,4096}|g=[0-9a-fA-F-]{36}|b=[A-Za-z0-9+/]{1,4096}={0,2}))$/

/** Reads `ns=2;s=Pump`, `nsu=urn:maker:pump;i=7` or `i=85` (OPC 10000-6, 5.3.1.10); undefined where the text is something else. */
export function parseNodeReference(text: string): NodeReference | undefined {
  const match = SHAPE.exec(text)
  if (!match) return undefined
  const [, index, uri, identifier = ''] = match
  if (uri !== undefined) return { namespace: { uri: decodeUri(uri) }, identifier }
  const namespace = Number(index ?? 0)
  if (namespace > 65_535 || (identifier.startsWith('i=') && Number(identifier.slice(2)) > 0xffffffff)) return undefined
  return { namespace, identifier }
}

/** Prints it so that `parseNodeReference` gives the same one back. */
export function formatNodeReference({ namespace, identifier }: NodeReference): string {
  if (typeof namespace === 'object') return `nsu=${namespace.uri.replaceAll('%', '%25').replaceAll(';', '%3B')};${identifier}`
  return namespace === 0 ? identifier : `ns=${namespace};${identifier}`
}

/** The specification escapes `;` and `%` in a URI, and nothing else. */
function decodeUri(text: string): string {
  return text.replaceAll(/%3B/gi, ';').replaceAll('%25', '%')
}
