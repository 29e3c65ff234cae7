import { TABLES, type Table } from './register-type.js'

/**
 * The register numbers of old manuals: a leading digit for the table, then the number counted from 1, in five or six digits.
 * `40101` is holding 100; `465536` the last one.
 * @returns undefined where the text is no such number.
 */
export function tableOfRegisterNumber(text: string): { readonly table: Table; readonly register: number } | undefined {
  if (!/^\d{5,6}$/.test(text)) return undefined
  const table = (Object.keys(TABLES) as Table[]).find((name) => TABLES[name].leadingDigit === text[0])
  const number = Number(text.slice(1))
  return table === undefined || number < 1 || number > 65_536 ? undefined : { table, register: number - 1 }
}
