/** Whether a UTF-16 code unit belongs. */
export type CharacterTest = (code: number) => boolean

const isDigit: CharacterTest = (code) => code >= 48 && code <= 57
export const isWord: CharacterTest = (code) => isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95
/** ECMAScript's white space and line ends. */
const isSpace: CharacterTest = (code) =>
  (code >= 9 && code <= 13) ||
  code === 32 ||
  code === 0xa0 ||
  code === 0x1680 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x3000 ||
  code === 0xfeff

/** What `.` stands for: anything but a line end. */
export const isNoLineEnd: CharacterTest = (code) => code !== 10 && code !== 13 && code !== 0x2028 && code !== 0x2029

const NAMED: Readonly<Record<string, CharacterTest>> = { d: isDigit, w: isWord, s: isSpace }

/** `\d`, `\W`…; undefined where the letter names no class. */
export function namedClass(letter: string): CharacterTest | undefined {
  const test = NAMED[letter.toLowerCase()]
  return test && letter !== letter.toLowerCase() ? (code) => !test(code) : test
}

export function oneOf(tests: readonly CharacterTest[]): CharacterTest {
  return (code) => tests.some((test) => test(code))
}

export function exactly(code: number): CharacterTest {
  return (each) => each === code
}

export function between(low: number, high: number): CharacterTest {
  return (code) => code >= low && code <= high
}

/** The same test blind to the case of ASCII letters. */
export function ignoringCase(test: CharacterTest): CharacterTest {
  return (code) => test(code) || (isLetter(code) && test(code ^ 0x20))
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}
