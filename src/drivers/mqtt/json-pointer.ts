/** A JSON Pointer (RFC 6901), ready to be followed; empty means the whole document. */
export type JsonPointer = readonly string[]

/** Reads `/a/b~1c`; undefined where the text is no JSON Pointer. */
export function parseJsonPointer(text: string): JsonPointer | undefined {
  if (text === '') return []
  if (!text.startsWith('/') || /~(?![01])/.test(text)) return undefined
  return text
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

export function formatJsonPointer(pointer: JsonPointer): string {
  return pointer.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Follows a pointer; undefined where it leads nowhere. Own properties only, so that `__proto__` is a key like any other. */
export function follow(document: unknown, pointer: JsonPointer): unknown {
  let place = document
  for (const part of pointer) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, part)) return undefined
    place = (place as Readonly<Record<string, unknown>>)[part]
  }
  return place
}
