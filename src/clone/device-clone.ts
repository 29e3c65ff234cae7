import type { Table } from '../drivers/modbus/register-type.js'

/** A device as it answered, ready to be served again. Holds nothing that changes from one capture of a still device to the next. */
export interface DeviceClone {
  readonly unit: number
  readonly identity: CloneIdentity
  readonly tables: Readonly<Partial<Record<Table, CloneTable>>>
  /** What the registers seem to hold, from this one look at them. */
  readonly types: readonly CloneType[]
}

export interface CloneIdentity {
  /** Function 43/14: text by object id; null where it refuses. */
  readonly objects: ReadonlyMap<number, string> | null
  /** Function 17: the bytes after the byte count, in hexadecimal; null where it refuses. */
  readonly serverId: string | null
}

export interface CloneTable {
  /** The exception for what is not there. */
  readonly refusal: number
  /** The addresses that were looked at; the clone refuses what lies beyond. */
  readonly lookedAt: { readonly from: number; readonly to: number }
  readonly ranges: readonly CloneRange[]
  /** Single addresses that answered another exception than `refusal`. */
  readonly exceptions: ReadonlyMap<number, number>
  /** Values that one request may ask for; null where nothing showed a limit. */
  readonly maxBlock: { readonly quantity: number; readonly refusal: number } | null
}

export interface CloneRange {
  readonly from: number
  /** Registers, or bits as 0 and 1. */
  readonly values: readonly number[]
}

export interface CloneType {
  readonly table: Table
  readonly address: number
  readonly as: string
  readonly order: string | null
  readonly scale: number
  /** 0–1 */
  readonly confidence: number
}
