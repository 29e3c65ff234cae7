/** A cell may hold so many characters (Excel specifications and limits). */
const LONGEST_TEXT = 32_767

type Columns = readonly (readonly [name: string, type: string])[]

/**
 * A row of a sheet as SQL that makes its XML; the column `n` is its number in the sheet. Texts are inline strings, which no
 * spreadsheet takes for formulas; times are serial days (1900 system) in UTC.
 */
export function sheetRowSql(columns: Columns): string {
  return `concat('<row r="', n, '">', ${columns.map(([name, type], i) => cellSql(name, type, letterOf(i))).join(', ')}, '</row>')`
}

/** The heading row. */
export function headingRow(columns: Columns): string {
  return `<row r="1">${columns.map(([name], i) => `<c r="${letterOf(i)}1" t="inlineStr"><is><t>${name}</t></is></c>`).join('')}</row>`
}

function cellSql(name: string, type: string, letter: string): string {
  const number = (value: string, style = '') => `'<c r="${letter}' || n || '"${style}><v>' || ${value} || '</v></c>'`
  const text = (value: string) =>
    `'<c r="${letter}' || n || '" t="inlineStr"><is><t xml:space="preserve">' || ${xmlSql(value)} || '</t></is></c>'`
  switch (type) {
    case 'TIMESTAMP':
      return `coalesce(${number(`(epoch_us(${name}) / 86400000000.0 + 25569)`, ' s="1"')}, '')`
    case 'VARCHAR':
      return `coalesce(${text(name)}, '')`
    case 'VARCHAR[]':
      return `coalesce(${text(`to_json(${name})::VARCHAR`)}, '')`
    case 'DOUBLE':
      return `coalesce(CASE WHEN isfinite(${name}) THEN ${number(name)} ELSE ${text(`${name}::VARCHAR`)} END, '')`
    default:
      return `coalesce(${number(name)}, '')`
  }
}

/** XML 1.0 has no other control characters. */
function xmlSql(value: string): string {
  const printable = `regexp_replace(substr(${value}, 1, ${LONGEST_TEXT}), '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x{FFFE}\\x{FFFF}]', '�', 'g')`
  return `replace(replace(replace(${printable}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')`
}

/** A to Z: no table has more columns. */
function letterOf(column: number): string {
  return String.fromCharCode(65 + column)
}
