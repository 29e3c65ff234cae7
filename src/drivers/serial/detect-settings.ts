import { openSerialLine } from '../../serial-line/open-serial-line.js'
import type { SerialLineOptions, TunableLine } from '../../serial-line/serial-line.js'
import type { Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { deviceAddress } from './address.js'
import { type LineSettings, settingsOf } from './port-options.js'
import { scoreText } from './score-text.js'
import type { PortSettings, Question } from './serial-address.js'
import { isText, listen, type SpeedTrial, trySpeeds } from './try-speeds.js'

interface DetectOptions {
  /** What the address settles already. */
  readonly merged: PortSettings
  readonly question: Question | null
  readonly around: Surroundings
  readonly open?: (options: SerialLineOptions) => Promise<TunableLine>
}

export interface Detected {
  readonly settings: LineSettings
  readonly trial: SpeedTrial
}

/**
 * Finds speed, data bits and parity by where the device's text is readable.
 * @throws DriverFault NO_DATA where nothing comes, or nothing readable; what opening the port throws
 */
export async function detectSettings(path: string, options: DetectOptions): Promise<Detected> {
  const { merged } = options
  const given = settingsOf(merged)
  const trials = await trialsOf(path, options)
  const trial = trials.find(({ found }) => isText(found))
  if (!trial) throw nothingReadable(path, trials)
  const plain = { ...given, baudRate: trial.baudRate, dataBits: trial.found.dataBits, parity: trial.found.parity }
  const { suspected } = trial.found
  const found = suspected !== null && (await saysMoreWith(path, { ...plain, dataBits: 8, parity: suspected }, options)) ? suspected : null
  const { dataBits, parity } = found === null ? plain : { dataBits: 8 as const, parity: found }
  return { settings: { ...plain, dataBits: merged.dataBits ?? dataBits, parity: merged.parity ?? parity }, trial }
}

/** Eight bits without parity pass everything on, so that a parity bit can be seen. */
async function trialsOf(path: string, { merged, question, around, open = openSerialLine }: DetectOptions): Promise<readonly SpeedTrial[]> {
  const { signal, adapters } = around
  await using line = await open({ path, ...settingsOf(merged), dataBits: 8, parity: 'none', signal, adapters })
  return await trySpeeds(line, { question: question?.bytes ?? null, around })
}

/** Whether a line that was half mute speaks whole sentences with a parity bit: characters of both sorts come, and are text. */
async function saysMoreWith(
  path: string,
  settings: LineSettings,
  { question, around, open = openSerialLine }: DetectOptions,
): Promise<boolean> {
  const { signal, adapters } = around
  await using line = await open({ path, ...settings, signal, adapters })
  const heard = scoreText(await listen(line, { question: question?.bytes ?? null, around }))
  return isText(heard) && heard.suspected === null
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
    advice: { address: bytes === 0 ? `${address}?send=*IDN?\\n` : address.replace(/^serial:/, 'modbus-rtu:') },
    retry: true,
  })
}
