import { Fault } from '../faults/fault.js'

/** IMPORT_INVALID: the file, where in it, and why. */
export function importInvalid(path: string, because: string, where: Readonly<Record<string, string>> = {}): Fault {
  return new Fault('IMPORT_INVALID', {
    message: `${path} cannot be imported`,
    where: { file: path, ...where },
    because,
    advice: { file: path },
  })
}

/** IMPORT_UNCLEAR: something that must be said and not guessed, and how to say it. */
export function importUnclear(path: string, because: string, example: string): Fault {
  return new Fault('IMPORT_UNCLEAR', {
    message: `${path} does not say all that is needed`,
    where: { file: path },
    because,
    advice: { file: path, example },
  })
}
