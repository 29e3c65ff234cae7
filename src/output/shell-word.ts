/** A text as one word of a POSIX shell command: as it is where that is safe, else in single quotes. What a device is called never runs. */
export function shellWord(text: string): string {
  return /^[\p{L}\p{N}_.,:/@%+=~-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
