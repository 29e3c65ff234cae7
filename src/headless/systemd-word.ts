/**
 * A word of a unit's command line, quoted where it must be: systemd would fill in `%n` and `$VARIABLES`, and split at spaces
 * (systemd.service(5), "Command lines").
 */
export function systemdWord(text: string): string {
  const literal = text.replaceAll('%', '%%').replaceAll('$', '$$$$')
  if (/^[\w@%+=:,./${}?&~-]+$/.test(literal)) return literal
  const escaped = literal
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return `"${escaped}"`
}
