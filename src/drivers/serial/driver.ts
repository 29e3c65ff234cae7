import type { Driver } from '../contract.js'
import { lineOf, parseSerialAddress } from './address.js'
import { discoverSerial } from './discover.js'
import { openSerial } from './open.js'
import { probeSerial } from './probe.js'

/** Devices that speak text over a serial line: lines, NMEA 0183, SCPI, columns. Sends nothing but what an address says by `send`. */
export const serialDriver: Driver = {
  discover: discoverSerial,
  plan: () => ({
    steps: ['the ports that the system knows are listed; none is opened, and nothing is sent'],
    estimateMs: null,
    safety: 'passive',
  }),
  probe: probeSerial,
  open: openSerial,
  locate: (address) => {
    const parsed = parseSerialAddress(address)
    return { line: lineOf(parsed), connections: 'one', reaches: parsed.wanted === null ? 'device' : 'value' }
  },
}
