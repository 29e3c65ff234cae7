const PLACES: Readonly<Record<string, string>> = {
  '{value}': '(?<value>[-+]?[0-9.,]+(?:[eE][-+]?\\d+)?)',
  '{unit}': '(?<unit>[^\\s,;]+)',
  '{}': '.*?',
}

/** A pattern out of a line with places: `FLOW {value} {unit}`; `{}` is anything, a space is any white space. */
export function patternOfTemplate(template: string): string {
  const parts = template.split(/(\{value\}|\{unit\}|\{\}|\s+)/)
  return parts.map((part) => PLACES[part] ?? (/^\s+$/.test(part) ? '\\s+' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('')
}
