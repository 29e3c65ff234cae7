import { type EUInformation, makeEUInformation } from 'node-opcua'

/** UNECE Recommendation 20 codes of the plant's units (OPC 10000-8, 5.6.3): code and name by symbol. */
const CODES: Readonly<Record<string, readonly [code: string, name: string]>> = {
  A: ['AMP', 'ampere'],
  kW: ['KWT', 'kilowatt'],
  kWh: ['KWH', 'kilowatt hour'],
  '°C': ['CEL', 'degree Celsius'],
  bar: ['BAR', 'bar [unit of pressure]'],
  'm³/h': ['MQH', 'cubic metre per hour'],
  '%': ['P1', 'percent'],
  rpm: ['RPM', 'revolutions per minute'],
  'mm/s': ['C16', 'millimetre per second'],
  'm/s²': ['MSK', 'metre per second squared'],
}

export function engineeringUnit(symbol: string): EUInformation {
  const [code, name] = CODES[symbol] ?? ['C62', 'one']
  return makeEUInformation(code, symbol, name)
}
