/** One named value of a line such as `FLOW 12.3 m3/h` or `T=21.5C; RH=40%`. */
export interface KeyValue {
  readonly key: string
  /** As written. */
  readonly value: string
  readonly unit: string | null
}

const LONGEST_PIECE = 120
const MOST_PIECES = 64
/** Every part is bounded, so that no text can keep it busy. */
const PIECE =
  /^([A-Za-z_][\w.\/-]{0,31}(?: [A-Za-z][\w.\/-]{0,15}){0,2}) {0,8}(?:[:=] {0,8}| )([-+]? {0,8}(?:\d{1,20}(?:[.,]\d{0,20})?|[.,]\d{1,20})(?:[eE][-+]?\d{1,3})?) {0,4}([\p{L}%‰°][^\s,;=:]{0,11})?$/u

/** The named values of a line, in order; empty where it is made of something else. */
export function keyValuesOf(line: string): readonly KeyValue[] {
  return piecesOf(line).flatMap((piece) => {
    const [, key, value, unit] = (piece.length <= LONGEST_PIECE && PIECE.exec(piece)) || []
    return key === undefined || value === undefined ? [] : [{ key, value: value.replaceAll(' ', ''), unit: unit ?? null }]
  })
}

/** Parts between `,` `;` `|` and tabs; a comma between digits belongs to a number. Where several have a `=`, spaces part them too. */
function piecesOf(line: string): readonly string[] {
  const pieces = line.split(/[;|\t]|,(?!\d)/, MOST_PIECES).map((piece) => piece.trim())
  return pieces
    .flatMap((piece) =>
      piece.split('=').length > 2 ? piece.replace(/ ?= ?/g, '=').split(/ (?=[A-Za-z_][^ =]{0,31}=)/, MOST_PIECES) : [piece],
    )
    .slice(0, MOST_PIECES)
}
