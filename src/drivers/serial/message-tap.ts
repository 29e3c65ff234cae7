import type { SerialLine } from '../../serial-line/serial-line.js'
import type { Surroundings } from '../contract.js'
import { Framer } from './framer.js'
import type { Message } from './message.js'
import type { Framing } from './serial-address.js'

/** Messages of an open port, one call each. Dispose of it before the port. */
export interface MessageTap extends AsyncDisposable {
  /** Text that has come and is not yet a message. */
  unfinished(): string
  /** Messages that were longer than 4 KiB, and are lost. */
  tooLong(): number
}

interface TapOptions {
  readonly framing: Framing
  readonly clock: Surroundings['clock']
  readonly onMessage: (message: Message) => void
}

/** Listens from now on; what came before is not heard. */
export function tapMessages(line: SerialLine, { framing, clock, onMessage }: TapOptions): MessageTap {
  const framer = new Framer(framing, clock.monotonicMs())
  const ended = new AbortController()
  let waiting: Promise<void> | undefined
  const stop = line.onBytes((bytes) => {
    for (const message of framer.push(bytes, { at: clock.now(), ms: clock.monotonicMs() })) onMessage(message)
    if (framing.kind === 'gap') waiting ??= untilQuiet()
  })

  async function untilQuiet(): Promise<void> {
    for (;;) {
      const leftMs = framer.remainingMs(clock.monotonicMs())
      if (leftMs === null || ended.signal.aborted) break
      if (leftMs > 0) await clock.sleep(leftMs, ended.signal)
      else {
        const message = framer.idle()
        if (message) onMessage(message)
      }
    }
    waiting = undefined
  }

  return {
    unfinished: () => framer.unfinished,
    tooLong: () => framer.tooLong,
    [Symbol.asyncDispose]: async () => {
      stop()
      ended.abort()
      await waiting
    },
  }
}
