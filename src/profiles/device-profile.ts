import type { ByteOrder, RegisterType, Table } from '../drivers/modbus/register-type.js'
import type { Limits, SensorKind } from '../readings/sensor.js'
import type { WriteBounds } from '../readings/write-bounds.js'

/** A description of a device type: how to recognise it, and what its registers mean. */
export interface DeviceProfile {
  /** Unique, e.g. `eastron-sdm630`. */
  readonly key: string
  readonly maker: string
  readonly models: readonly string[]
  readonly description: string | null
  /** Any of these is enough; empty where only a person can say what the device is. */
  readonly recogniseBy: readonly Recognition[]
  readonly sources: readonly ProfileSource[]
  readonly triedOnHardware: 'yes' | 'no'
  readonly registers: readonly ProfileRegister[]
  /** Registers that one request may ask for. */
  readonly maxBlock: number
  readonly checks: readonly ProfileCheck[]
  readonly origin: ProfileOrigin
}

/** Where a profile came from. */
export interface ProfileOrigin {
  readonly kind: 'own' | 'shipped'
  readonly path: string
}

/** Where the registers were read; people can look them up there. */
export interface ProfileSource {
  readonly title: string
  readonly url: string | null
  /** How that document counts addresses and what was done about it. */
  readonly addressing: string | null
}

/** A way to recognise a device: all that it names must hold. */
export interface Recognition {
  /** Texts that the fields of function 43/14 must contain, whatever their case. */
  readonly identity: { readonly maker: string | null; readonly model: string | null } | null
  /** A text that the answer to function 17 must contain. */
  readonly serverId: string | null
  readonly signature: readonly SignatureRegister[]
}

export interface RegisterPlace {
  readonly table: Table
  /** On the wire, from 0. */
  readonly address: number
  readonly type: RegisterType
  readonly order: ByteOrder
  readonly scale: number
  readonly offset: number
  readonly bit: number | null
  /** Registers that a string takes; 1 for all other types. */
  readonly length: number
}

/** A register that must hold one value (`equals`), or lie between two. */
export interface SignatureRegister extends RegisterPlace {
  readonly equals: number | string | null
  readonly between: { readonly low: number; readonly high: number } | null
}

export interface ProfileRegister extends RegisterPlace {
  readonly name: string
  readonly kind: SensorKind
  readonly unit: string | null
  readonly description: string | null
  readonly range: { readonly low: number; readonly high: number } | null
  readonly limits: Limits | null
  /** What `write` may put there; null where the profile does not list it. */
  readonly writable: WriteBounds | null
}

/** A sum that must come out, e.g. three phases and their total. */
export interface ProfileCheck {
  readonly name: string
  readonly sumOf: readonly string[]
  readonly is: string
  /** Allowed difference as a part of the larger one, e.g. 0.05. */
  readonly within: number
}
