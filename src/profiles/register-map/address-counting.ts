import { addressCell, CellError } from './map-cells.js'

/** How a map counts its addresses, and how that is known. */
export interface AddressCounting {
  readonly kind: '0' | '1' | '4xxxx'
  readonly why: string
  readonly isSure: boolean
}

const NUMBERED = /^[0134]\d{4,5}$/

/** How the addresses of a map are counted, as far as they themselves show it. */
export function guessBase(cells: readonly string[], title: string): AddressCounting {
  const texts = cells.filter((text) => /\d/.test(text)).map((text) => text.trim())
  const numbers = texts.flatMap((text) => {
    try {
      return [addressCell(text)]
    } catch (thrown) {
      if (thrown instanceof CellError) return []
      throw thrown
    }
  })
  if (numbers.length > 0 && texts.every((text) => NUMBERED.test(text.replace(/\.0+$/, ''))))
    return {
      kind: '4xxxx',
      why: 'all addresses have five or six digits and begin with 0, 1, 3 or 4',
      isSure: numbers.every(({ number }) => number >= 10_001 && number < 50_000),
    }
  if (numbers.some(({ number }) => number === 0)) return { kind: '0', why: 'an address is 0', isSure: true }
  if (numbers.some(({ isHex }) => isHex) || /hex/i.test(title))
    return { kind: '0', why: 'addresses are hexadecimal, as they go over the wire', isSure: false }
  return { kind: '0', why: 'nothing shows whether addresses count from 0 or from 1', isSure: false }
}
