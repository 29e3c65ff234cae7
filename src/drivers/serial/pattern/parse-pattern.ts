import { between, type CharacterTest, exactly, ignoringCase, isNoLineEnd, namedClass, oneOf } from './character-class.js'
import { PatternError, type PatternNode, type PatternTree } from './pattern-tree.js'

const LONGEST = 1000
const MOST_REPEATS = 1000
const DEEPEST = 50
const CONTROL: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, '0': 0 }

/**
 * Reads the part of ECMAScript's regular expressions that needs no backtracking; `(?i)` in front makes it blind to case.
 * @throws PatternError for what is malformed, and for look-arounds and back references
 */
export function parsePattern(text: string): PatternTree {
  if (text.length > LONGEST) throw new PatternError(`a pattern has at most ${LONGEST} characters`)
  return new PatternReader(text).read()
}

class PatternReader {
  readonly #text: string
  readonly #fold: (test: CharacterTest) => CharacterTest
  readonly #names: (string | null)[] = [null]
  #at = 0

  constructor(text: string) {
    const isBlindToCase = text.startsWith('(?i)')
    this.#text = isBlindToCase ? text.slice(4) : text
    this.#fold = isBlindToCase ? ignoringCase : (test) => test
  }

  read(): PatternTree {
    const root = this.#choice(0)
    if (this.#at < this.#text.length) throw this.#wrong(`')' without '('`)
    return { root, names: this.#names }
  }

  #choice(depth: number): PatternNode {
    if (depth > DEEPEST) throw this.#wrong('groups are nested too deeply')
    const options = [this.#sequence(depth)]
    while (this.#take('|')) options.push(this.#sequence(depth))
    return options.length === 1 && options[0] ? options[0] : { kind: 'choice', options }
  }

  #sequence(depth: number): PatternNode {
    const parts: PatternNode[] = []
    while (this.#at < this.#text.length && this.#peek() !== '|' && this.#peek() !== ')') parts.push(this.#repeated(this.#atom(depth)))
    return { kind: 'sequence', parts }
  }

  #repeated(part: PatternNode): PatternNode {
    const bounds = this.#bounds()
    if (!bounds) return part
    if (part.kind === 'edge') throw this.#wrong('an edge cannot be repeated')
    const prefers = this.#take('?') ? 'fewer' : 'more'
    if (this.#bounds()) throw this.#wrong('nothing to repeat')
    return { kind: 'repeat', part, ...bounds, prefers }
  }

  #bounds(): { readonly least: number; readonly most: number } | undefined {
    if (this.#take('*')) return { least: 0, most: Infinity }
    if (this.#take('+')) return { least: 1, most: Infinity }
    if (this.#take('?')) return { least: 0, most: 1 }
    const counted = /^\{(\d{1,5})(,(\d{0,5}))?\}/.exec(this.#text.slice(this.#at, this.#at + 16))
    if (!counted) return undefined
    this.#at += counted[0].length
    const least = Number(counted[1])
    const most = counted[2] === undefined ? least : counted[3] === '' ? Infinity : Number(counted[3])
    if (least > most) throw this.#wrong('the numbers of a repetition are out of order')
    if (least > MOST_REPEATS || (most !== Infinity && most > MOST_REPEATS)) throw this.#wrong(`more than ${MOST_REPEATS} repetitions`)
    return { least, most }
  }

  #atom(depth: number): PatternNode {
    const letter = this.#next()
    switch (letter) {
      case '(':
        return this.#group(depth)
      case '[':
        return this.#character(this.#class())
      case '.':
        return this.#character(isNoLineEnd)
      case '^':
        return { kind: 'edge', edge: 'begin' }
      case '$':
        return { kind: 'edge', edge: 'end' }
      case '\\':
        if (this.#take('b')) return { kind: 'edge', edge: 'word' }
        if (this.#take('B')) return { kind: 'edge', edge: 'no-word' }
        return this.#character(this.#escape())
      case '*':
      case '+':
      case '?':
      case '{':
        throw this.#wrong(`'${letter}' has nothing to repeat; for the character itself write \\${letter}`)
      default:
        return this.#character(exactly(letter.charCodeAt(0)))
    }
  }

  #group(depth: number): PatternNode {
    if (this.#text.startsWith('?=', this.#at) || this.#text.startsWith('?!', this.#at)) throw this.#wrong('look-ahead is not supported')
    if (this.#text.startsWith('?<=', this.#at) || this.#text.startsWith('?<!', this.#at)) throw this.#wrong('look-behind is not supported')
    let index: number | null = null
    if (this.#text.startsWith('?:', this.#at)) this.#at += 2
    else {
      const named = /^\?<([A-Za-z_]\w{0,31})>/.exec(this.#text.slice(this.#at, this.#at + 40))
      if (!named && this.#peek() === '?') throw this.#wrong('this kind of group is not supported')
      const name = named?.[1] ?? null
      if (name !== null && this.#names.includes(name)) throw this.#wrong(`two groups are called '${name}'`)
      this.#at += named?.[0].length ?? 0
      index = this.#names.push(name) - 1
    }
    const part = this.#choice(depth + 1)
    if (!this.#take(')')) throw this.#wrong(`'(' without ')'`)
    return index === null ? part : { kind: 'group', part, index }
  }

  #class(): CharacterTest {
    const isNegated = this.#take('^')
    const tests: CharacterTest[] = []
    while (!this.#take(']')) {
      const low = this.#classMember()
      if (typeof low !== 'number') {
        tests.push(low)
        continue
      }
      if (this.#peek() !== '-' || this.#text[this.#at + 1] === ']') {
        tests.push(exactly(low))
        continue
      }
      this.#at++
      const high = this.#classMember()
      if (typeof high !== 'number') tests.push(exactly(low), exactly(45), high)
      else if (high < low) throw this.#wrong('a range of characters is out of order')
      else tests.push(between(low, high))
    }
    // Folded before it is negated: `(?i)[^a]` refuses both letters.
    const test = this.#fold(oneOf(tests))
    return isNegated ? (code) => !test(code) : test
  }

  #classMember(): number | CharacterTest {
    const letter = this.#next(`'[' without ']'`)
    if (letter !== '\\') return letter.charCodeAt(0)
    if (this.#take('b')) return 8
    const named = namedClass(this.#peek())
    if (!named) return this.#escapedCode()
    this.#at++
    return named
  }

  #escape(): CharacterTest {
    const named = namedClass(this.#peek())
    if (!named) return exactly(this.#escapedCode())
    this.#at++
    return named
  }

  #escapedCode(): number {
    const letter = this.#next('a backslash at the end')
    if (letter === 'x' || letter === 'u') {
      const digits = this.#text.slice(this.#at, this.#at + (letter === 'x' ? 2 : 4))
      if (!/^(?:[0-9a-fA-F]{2}){1,2}$/.test(digits) || digits.length !== (letter === 'x' ? 2 : 4))
        throw this.#wrong(`\\${letter} needs hex digits`)
      this.#at += digits.length
      return Number.parseInt(digits, 16)
    }
    if (letter in CONTROL) return CONTROL[letter] ?? 0
    if (/[1-9k]/.test(letter)) throw this.#wrong('back references are not supported')
    if (/[A-Za-z]/.test(letter)) throw this.#wrong(`\\${letter} means nothing`)
    return letter.charCodeAt(0)
  }

  #character(accepts: CharacterTest): PatternNode {
    return { kind: 'character', accepts: this.#fold(accepts) }
  }

  #peek(): string {
    return this.#text[this.#at] ?? ''
  }

  #next(otherwise = 'the pattern ends too early'): string {
    const letter = this.#text[this.#at]
    if (letter === undefined) throw this.#wrong(otherwise)
    this.#at++
    return letter
  }

  #take(letter: string): boolean {
    if (this.#text[this.#at] !== letter) return false
    this.#at++
    return true
  }

  #wrong(reason: string): PatternError {
    return new PatternError(`${reason} (at character ${this.#at + 1} of the pattern)`)
  }
}
