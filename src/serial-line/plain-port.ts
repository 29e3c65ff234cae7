/** A serial port of this machine, as the system knows it; found without opening it. */
export interface PlainPort {
  /** `/dev/ttyUSB0`, `COM3`, `/dev/cu.usbserial-1410`. */
  readonly path: string
  /** A path that stays the same when the adapter is plugged in again, e.g. `/dev/serial/by-id/usb-FTDI_…`; null where there is none. */
  readonly stableId: string | null
  readonly maker: string | null
  readonly product: string | null
  readonly serialNumber: string | null
}
