/** A text as an SQL literal. For DDL and COPY, which take no parameters. */
export function sqlText(text: string): string {
  // A NUL ends a statement early in the C interface; no path or key has one.
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`
}
