/**
 * JSON that is safe on a terminal too. JSON.stringify escapes C0 and lone surrogates; DEL, C1, bidi controls and
 * invisible characters are escaped here, so nothing is lost and nothing acts.
 */
export function jsonSafe(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(INVISIBLE, escapeOf)
}

// A line feed is never inside a JSON string; between them it is layout.
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

function escapeOf(character: string): string {
  let escaped = ''
  for (let unit = 0; unit < character.length; unit++) escaped += `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`
  return escaped
}
