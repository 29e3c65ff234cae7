import type { AdapterMemory } from './follow-adapter.js'

/** How a serial port is opened. A pseudo-terminal ignores everything but the path. */
export interface SerialLineOptions {
  /** `/dev/ttyUSB0`, `/dev/serial/by-id/usb-FTDI_…`, `COM3`, `/dev/cu.usbserial-1410`. */
  readonly path: string
  readonly baudRate: number
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
  readonly signal: AbortSignal
  /** Where the same line is opened again and again: lets it find its adapter under another name. */
  readonly adapters?: AdapterMemory | undefined
}

/** An open serial port. Nobody else can open it meanwhile (except root, and programs that ask for no lock). */
export interface SerialLine extends AsyncDisposable {
  readonly path: string
  /**
   * Hands the bytes to the system; they may still be on their way when it resolves (see `drain`).
   * @throws DriverFault CONNECTION_LOST where the port is gone.
   */
  write(bytes: Uint8Array): Promise<void>
  /** Calls `listener` with bytes as they come, in pieces of any size; returns what ends that. Bytes that nobody listens for are lost. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void
  /** Calls `listener` once when the port went away by itself (unplugged, hung up), not on disposal; at once where that has happened. */
  onClosed(listener: (because: string) => void): () => void
  /** Resolves when everything written has left the port, or the port is closed. */
  drain(): Promise<void>
  /** Throws away what was received and not yet handed out, and what was written and not yet sent. */
  flush(): Promise<void>
}

/** A line whose speed can be changed while it is open, so that trying speeds does not raise DTR again and again. */
export interface TunableLine extends SerialLine {
  /** @throws DriverFault PORT_REFUSED where the port does not know this speed. */
  setBaudRate(baudRate: number): Promise<void>
}
