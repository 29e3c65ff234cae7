import { openSerialLine } from '../../serial-line/open-serial-line.js'
import type { Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { deviceAddress } from './address.js'
import { type LineSettings, settingsOf } from './port-options.js'
import type { PortSettings, Question } from './serial-address.js'
import { isText, type SpeedTrial, trySpeeds } from './try-speeds.js'

interface DetectOptions {
  /** What the address settles already. */
  readonly merged: PortSettings
  readonly question: Question | null
  readonly around: Surroundings
}

export interface Detected {
  readonly settings: LineSettings
  readonly trial: SpeedTrial
}

/**
 * Finds speed, data bits and parity by where the device's text is readable.
 * @throws DriverFault NO_DATA where nothing comes, or nothing readable; what opening the port throws
 */
export async function detectSettings(path: string, { merged, question, around }: DetectOptions): Promise<Detected> {
  const given = settingsOf(merged)
  // Eight bits without parity pass everything on, so that a parity bit can be seen.
  await using line = await openSerialLine({ path, ...given, dataBits: 8, parity: 'none', signal: around.signal, adapters: around.adapters })
  const trials = await trySpeeds(line, { question: question?.bytes ?? null, around })
  const trial = trials.find(({ found }) => isText(found))
  if (!trial) throw nothingReadable(path, trials)
  const { dataBits, parity } = trial.found
  return {
    settings: { ...given, baudRate: trial.baudRate, dataBits: merged.dataBits ?? dataBits, parity: merged.parity ?? parity },
    trial,
  }
}

function nothingReadable(path: string, trials: readonly SpeedTrial[]): DriverFault {
  const bytes = trials.reduce((sum, { found }) => sum + found.bytes, 0)
  const address = deviceAddress(path)
  const speeds = `${trials.length} speeds from ${Math.min(...trials.map(({ baudRate }) => baudRate))} to ${Math.max(...trials.map(({ baudRate }) => baudRate))} baud`
  return new DriverFault('NO_DATA', {
    message: bytes === 0 ? `nothing came from ${path}` : `${bytes} bytes came from ${path}, and none of the speeds makes text of them`,
    because:
      bytes === 0
        ? `${speeds} were tried; a device that only answers needs a question (send=…), and A and B may be swapped`
        : `${speeds} were tried; the device may speak a binary protocol such as Modbus RTU`,
    where: { port: path },
    advice: { address: bytes === 0 ? `'${address}?send=*IDN?\\n'` : address.replace(/^serial:/, 'modbus-rtu:') },
    retry: true,
  })
}
