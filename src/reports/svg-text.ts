/** Text as it may stand in SVG and HTML, between tags and in quoted attributes. What XML forbids becomes a replacement character. */
export function markupSafe(text: string): string {
  return text
    .slice(0, MOST_CHARACTERS)
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
}

const MOST_CHARACTERS = 2000
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
// Controls, lone surrogates, bidi controls and invisible characters: they could reorder or hide what stands beside them.
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}\ufffe\uffff]/gu

/** A coordinate with as many digits as a screen shows. */
export function coordinate(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0'
}
