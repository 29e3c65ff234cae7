import { Fault } from '../faults/fault.js'
import { similar } from '../readings/similar.js'

/** What oclif's parser knows of a mistake, besides its text. */
interface ParserError extends Error {
  readonly flags?: readonly string[]
  readonly args?: readonly unknown[]
}

interface ArgSpec {
  readonly name: string
  readonly description?: string
}

export interface CommandWords {
  readonly id: string
  /** Names of its flags, without dashes. */
  readonly flags: readonly string[]
}

/** What the parser of words complains of, in our form: the flag or word as it is typed, and what was probably meant. */
export function parserComplaint(thrown: Error, { id, flags }: CommandWords): Fault {
  const { message, because } = told(thrown, flags)
  return new Fault('USAGE', { message, ...(because === undefined ? {} : { because }), advice: { help: `chatterfix ${id} --help` } })
}

function told(thrown: ParserError, known: readonly string[]): { message: string; because?: string | undefined } {
  const lines = thrown.message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^$|^See more help|^The following errors? occurred:|^Note: |^Alternatively, /.test(line))
  const [first = '', ...more] = lines
  if (thrown.flags !== undefined) return unknownFlag(thrown.flags, known)
  if (/^Missing \d+ required arg/.test(first)) return missingWords((thrown.args ?? []) as readonly ArgSpec[])
  if (/^Unexpected argument/.test(first)) return { message: `too many words: ${(thrown.args ?? []).map(String).join(' ')}` }
  const [, missing] = /^Missing required flag (\S+)$/.exec(first) ?? []
  if (missing !== undefined)
    return { message: `--${missing} is missing`, because: more.length > 0 ? more.map(dashed).join('; ') : undefined }
  const [, where, value = '', options = ''] = /^Expected (?:(--[^=]+)=)?(.*) to be one of: (.*)$/.exec(first) ?? []
  if (options !== '') return noSuchOption({ where, value, options: options.split(', ') })
  return { message: first, because: more.length > 0 ? more.join('; ') : undefined }
}

function dashed(line: string): string {
  return line.replace(/^Missing required flag (\S+)$/, '--$1 is missing')
}

function unknownFlag(unknown: readonly string[], known: readonly string[]) {
  const meant = unknown.flatMap((flag) => similar(flag.replace(/^-+/, '').replace(/=.*$/, ''), known) ?? [])
  return {
    message: `there is no flag ${unknown.join(', ')} here`,
    because: meant.length > 0 ? `perhaps you meant ${meant.map((name) => `--${name}`).join(', ')}` : undefined,
  }
}

function missingWords(args: readonly ArgSpec[]) {
  const [first, another] = args
  return {
    message: `${args.map(({ name }) => name.toUpperCase()).join(' and ')} ${another === undefined ? 'is' : 'are'} missing`,
    because:
      first?.description === undefined
        ? undefined
        : args.map(({ name, description = '' }) => `${name.toUpperCase()}: ${description}`).join('; '),
  }
}

function noSuchOption(said: { readonly where: string | undefined; readonly value: string; readonly options: readonly string[] }) {
  const meant = similar(said.value, said.options)
  return {
    message: `${said.where === undefined ? '' : `${said.where} `}${said.value} is none of ${said.options.join(', ')}`,
    because: meant === undefined ? undefined : `perhaps you meant ${meant}`,
  }
}
