import { openSerialLine } from '../../serial-line/open-serial-line.js'
import type { Surroundings } from '../contract.js'
import { ASCII_FRAMING } from './ascii-frame.js'
import { byteLineOn } from './byte-line.js'
import { CarefulLine } from './careful-line.js'
import { type ClientOptions, connectClient } from './client.js'
import { connectTcp } from './connect.js'
import type { ModbusLine } from './exchange.js'
import { FramedLine } from './framed-line.js'
import type { Framing } from './framing.js'
import { TCP_TIMING, timingOf } from './line-timing.js'
import { settingsOf, type Target } from './medium.js'
import { RTU_FRAMING } from './rtu-frame.js'

export type LineOptions = Pick<ClientOptions, 'connectTimeoutMs' | 'signal' | 'clock'> & {
  readonly adapters?: Surroundings['adapters'] | undefined
  readonly traffic?: Surroundings['traffic'] | undefined
}

/**
 * Opens a line, whatever carries its frames.
 * @throws DriverFault as `connectTcp` and `openSerialLine` do.
 */
export async function connectLine(target: Target, options: LineOptions): Promise<ModbusLine> {
  return target.medium
    ? new CarefulLine(await connectFramedLine(target, options), framingOf(target), options.traffic)
    : await connectClient({ ...target, ...options })
}

/** How frames look there. */
export function framingOf({ medium }: Target): Framing {
  return medium?.scheme === 'modbus-ascii' ? ASCII_FRAMING : RTU_FRAMING
}

/** Opens a line without transaction ids, as it is: nothing is asked again. */
export async function connectFramedLine(target: Target, { connectTimeoutMs, signal, clock, adapters }: LineOptions): Promise<FramedLine> {
  const settings = settingsOf(target.medium)
  const framing = framingOf(target)
  if (!settings) {
    const socket = await connectTcp(target, { timeoutMs: connectTimeoutMs, signal })
    return new FramedLine(byteLineOn(socket), { target, framing, timing: TCP_TIMING, clock })
  }
  const port = await openSerialLine({ path: target.host, ...settings, signal, adapters })
  return new FramedLine(port, { target, framing, timing: timingOf(settings), clock })
}
