import { isAbsolute, resolve } from 'node:path'

const PATHS = ['--out', '--site', '--status']
const SOCKET = 'unix:'

/** The arguments of `record` as they were given, with absolute paths and without those that only print a unit. */
export function absoluteArguments(given: readonly string[], folder: string): readonly string[] {
  const words: string[] = []
  for (let at = 0; at < given.length; at++) {
    const word = given[at] ?? ''
    const [flag = '', ...rest] = word.split('=')
    if (word === '--print-systemd' || word === '--json') continue
    if (!PATHS.includes(flag)) words.push(word)
    else if (rest.length > 0) words.push(`${flag}=${absolutePlace(rest.join('='), folder)}`)
    else words.push(word, absolutePlace(given[++at] ?? '', folder))
  }
  return words
}

export function absolutePlace(place: string, folder: string): string {
  if (place.startsWith(SOCKET)) return SOCKET + absolutePlace(place.slice(SOCKET.length), folder)
  return isAbsolute(place) ? place : resolve(folder, place)
}
