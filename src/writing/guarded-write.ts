import { join } from 'node:path'
import { driverOf } from '../acquisition/lines-of.js'
import type { Surroundings, WriteDraft, WriteOutcome, Writer } from '../drivers/contract.js'
import { DriverFault } from '../drivers/fault.js'
import { Fault } from '../faults/fault.js'
import type { Site } from '../readings/asset.js'
import { describeBounds, isWithin } from '../readings/write-bounds.js'
import { type WritableTarget, writableTarget } from './writable-target.js'
import { writeHash } from './write-hash.js'
import { type JournalEntry, journalWrite } from './write-journal.js'

export interface WriteWish {
  readonly target: string
  readonly value: number
  readonly site: Site
  /** For messages. */
  readonly siteFile: string
  /** Who asks for it: the user's name. */
  readonly who: string
  readonly around: Surroundings
}

/** A write that has passed every check but the confirmation. */
export interface PreparedWrite {
  readonly wish: WriteWish
  readonly target: WritableTarget
  readonly draft: WriteDraft
  /** What a script gives to `--confirm`. */
  readonly hash: string
}

export interface Confirmation {
  readonly by: 'name' | 'hash'
  readonly text: string
}

export interface WriteReport {
  readonly sensor: string
  readonly listedBy: string
  readonly draft: WriteDraft
  readonly hash: string
  readonly readBack: number | null
}

/**
 * Looks the target up, checks the range and reads the old value. Changes nothing.
 * @throws Fault WRITE_NOT_LISTED, WRITE_OUT_OF_RANGE, WRITE_IMPOSSIBLE, DRIVER_ABILITY_MISSING, or what reading throws.
 */
export async function prepareWrite(wish: WriteWish): Promise<PreparedWrite> {
  const { value, site, siteFile, around } = wish
  const target = await writableTarget(wish.target, { site, siteFile, around, writerOf })
  const { sensor, bounds, listedBy } = target
  if (!isWithin(bounds, value))
    throw new Fault('WRITE_OUT_OF_RANGE', {
      message: `${value}${unitText(sensor.unit)} is not ${describeBounds(bounds)}, which is what may be written to ${sensor.key}`,
      because: `${listedBy} bounds it`,
      advice: { target: sensor.key },
    })
  const writer = await writerOf(sensor.address)
  const draft = await writer.draft(sensor.address, value, around)
  return { wish, target, draft, hash: writeHash(draft) }
}

/**
 * Writes what was prepared, reads it back, and keeps both in the journal.
 * @param confirmation  the name of the device, typed by a person, or the hash that a script was given.
 * @throws Fault WRITE_UNCONFIRMED, WRITE_OUTDATED, WRITE_REFUSED, WRITE_MISMATCH, WRITE_UNRECORDED.
 */
export async function performWrite(prepared: PreparedWrite, confirmation: Confirmation): Promise<WriteReport> {
  const { wish, target, draft, hash } = prepared
  const { around, who } = wish
  if (confirmation.text !== (confirmation.by === 'hash' ? hash : target.deviceName)) throw unconfirmed(prepared)
  const keep = (entry: Pick<JournalEntry, 'event' | 'readBack' | 'because'>): Promise<void> =>
    journalWrite(join(around.stateFolder, 'writes.jsonl'), { at: around.clock.now(), who, sensor: target.sensor.key, draft, ...entry })
  const writer = await writerOf(draft.address)
  await keep({ event: 'begins' })
  // A wish to stop comes too late once bytes may be on their way: what became of them must be known.
  const unstoppable = { ...around, signal: new AbortController().signal }
  let outcome: WriteOutcome
  try {
    outcome = await writer.write(draft, unstoppable)
  } catch (thrown) {
    const isUnchanged = thrown instanceof DriverFault && thrown.code === 'WRITE_OUTDATED'
    await keep({ event: isUnchanged ? 'not-written' : 'unknown', because: thrown instanceof Error ? thrown.message : String(thrown) })
    throw thrown
  }
  const { readBack } = outcome
  const event = readBack === draft.value ? 'written' : readBack === draft.old ? 'refused' : 'mismatch'
  await keep({ event, ...outcome })
  if (event !== 'written') throw failed(prepared, outcome)
  if (outcome.because !== null) around.log.warn(`${target.sensor.key} holds the new value, though the device said: ${outcome.because}`)
  return { sensor: target.sensor.key, listedBy: target.listedBy, draft, hash, readBack }
}

async function writerOf(address: string): Promise<Writer> {
  const { writer } = await driverOf(address)
  if (writer) return writer
  throw new DriverFault('DRIVER_ABILITY_MISSING', {
    message: `values at ${address} cannot be written: this driver only reads`,
    advice: { address },
    retry: false,
  })
}

function unconfirmed({ wish, target, draft }: PreparedWrite): Fault {
  return new Fault('WRITE_UNCONFIRMED', {
    message: `the confirmation does not fit this write to ${target.deviceName}; nothing was written`,
    because: `it would change ${target.sensor.key} from ${draft.old} to ${draft.value}; a hash is good for one device, place, old and new value`,
    advice: { target: wish.target, value: String(wish.value) },
  })
}

function failed({ target, draft }: PreparedWrite, { readBack, because }: WriteOutcome): Fault {
  const isRefused = readBack === draft.old
  const holds = readBack === null ? 'could not be read back' : `holds ${readBack}${isRefused ? ' as before' : ''}`
  return new Fault(isRefused && because !== null ? 'WRITE_REFUSED' : 'WRITE_MISMATCH', {
    message: `${target.sensor.key} ${holds} after ${draft.value} was written to ${draft.device}`,
    because: because === null ? 'the device agreed to the write' : `the device said: ${because}`,
    advice: { target: target.sensor.key },
  })
}

function unitText(unit: string | null): string {
  return unit === null ? '' : ` ${unit}`
}
