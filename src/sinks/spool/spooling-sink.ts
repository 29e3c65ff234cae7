import { reasonOf } from '../../faults/fault.js'
import { countOf, type Freight, type Happening, type Waveform } from '../../readings/measurement.js'
import type { Sensor } from '../../readings/sensor.js'
import { formatMicros } from '../../readings/time.js'
import type { EndedBy, Refusal, RunStart, Sink, Tally } from '../contract.js'
import type { SinkSurroundings } from '../surroundings.js'
import { DeliveryTrouble } from './delivery-trouble.js'
import { DropLedger } from './drop-ledger.js'
import type { FarEnd } from './far-end.js'
import { extentOfParcel, type Parcel } from './parcel.js'
import { ParcelCollector } from './parcel-collector.js'
import type { Whose } from './segment.js'
import { Spool } from './spool.js'
import { SpoolDrain } from './spool-drain.js'
import { spoolUnusable } from './spool-fault.js'
import { claimSpoolFolder, type SpoolFolder } from './spool-folder.js'
import { SpoolWriter } from './spool-writer.js'

/** What a far end gets of waveforms: their samples, rms and peak of each block, or nothing. */
export type WaveformPolicy = 'blocks' | 'summary' | 'drop'

export interface SpoolingSinkOptions {
  /** The address without secrets; names the sink and its place on the disk. */
  readonly name: string
  readonly waveforms: WaveformPolicy
  readonly farEnd: FarEnd
  readonly around: SinkSurroundings
}

/** How long the end of a run waits for what is still to be delivered; the rest stays on the disk. */
const GRACE_MS = 1000
/** Drops with a known cause are told again after so long. */
const TELL_MS = 600_000

/**
 * A sink whose far end may be away: everything goes to the disk first and from there to the far end. `take` never waits and never
 * fails; what has to be given up is counted with time range and cause, and told to the other sinks.
 */
export function createSpoolingSink(options: SpoolingSinkOptions): Sink {
  return new SpoolingSink(options)
}

class SpoolingSink implements Sink {
  readonly name: string
  readonly policy = 'latest'
  readonly #options: SpoolingSinkOptions
  readonly #drops = new DropLedger()
  /** What earlier runs had left. */
  readonly #earlierDrops = new DropLedger()
  readonly #stored = { own: 0, earlier: 0 }
  #work: Work | null = null
  #tell: (happening: Happening) => void = () => undefined
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(options: SpoolingSinkOptions) {
    this.#options = options
    this.name = options.name
  }

  async start(run: RunStart, tell?: (happening: Happening) => void): Promise<void> {
    const { name, around } = this.#options
    if (tell) this.#tell = tell
    this.#work = await openWork(run, this.#options, {
      tell: (happening) => this.#tell(happening),
      account: (whose, parcels) => {
        this.#stored[whose] += parcels
      },
      drop: (parcel, cause) => this.#dropParcel(parcel, cause, run),
    })
    const { spool } = this.#work
    if (spool.damaged > 0) around.log.warn(`${name}: ${spool.damaged} pieces that an earlier run had left are damaged and are not sent`)
    if (spool.waiting.earlier > 0) around.log.note(`${name}: sends first what earlier runs had left`, { waiting: spool.waiting.earlier })
  }

  extend(sensors: readonly Sensor[]): readonly Refusal[] {
    this.#work?.collector.describe(sensors)
    return []
  }

  take(freight: Freight): void {
    const { collector, writer } = this.#work ?? {}
    if (!collector || !writer || countOf(freight) === 0) return
    if (!writer.hasRoom) this.#drop(freight, 'the spool cannot be written')
    else if (freight.kind === 'batch') collector.addBatch(freight)
    else if (freight.kind === 'waveform') this.#takeWaveform(freight, collector)
    this.#tellDrops('now and then')
  }

  async close(_endedBy: EndedBy): Promise<void> {
    if (this.#work === null) return
    const { writer, drain, spool, folder } = this.#work
    for (const parcel of await writer.stop()) this.#dropParcel(parcel, 'the spool cannot be written', null)
    await drain.finish(GRACE_MS)
    await this.#options.farEnd.close()
    try {
      await spool.close()
    } finally {
      this.#tellDrops('all')
      await folder.release()
    }
    this.#sayWhatIsLeft(folder, spool)
  }

  tally(): Tally {
    if (this.#work === null) return { stored: 0, buffered: 0, dropped: 0, drops: [] }
    const { writer, spool } = this.#work
    this.#takeLosses(spool)
    const { own, earlier } = spool.waiting
    const hadEarlier = this.#stored.earlier + this.#earlierDrops.total + earlier > 0
    return {
      stored: this.#stored.own,
      buffered: writer.count + own,
      spooled: own,
      dropped: this.#drops.total,
      drops: this.#drops.drops,
      ...(hadEarlier ? { earlier: { stored: this.#stored.earlier, buffered: earlier, dropped: this.#earlierDrops.total } } : {}),
    }
  }

  #takeWaveform(waveform: Waveform, collector: ParcelCollector): void {
    const { waveforms, name } = this.#options
    if (waveforms === 'blocks') collector.addWaveform(waveform)
    else if (waveforms === 'summary') collector.addSummary(waveform)
    else this.#drop(waveform, `${name} takes no waveforms; ?waveforms=summary sends rms and peak`)
  }

  #drop(freight: Freight, cause: string): void {
    const count = countOf(freight)
    if (freight.kind === 'waveform')
      this.#drops.add({ count, from: freight.startedAt, to: Math.max(freight.startedAt, freight.receivedAt), cause })
    else if (freight.kind === 'batch') {
      const times = freight.measuredAt
      this.#drops.add({
        count,
        from: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
        to: times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
        cause,
      })
    }
  }

  #dropParcel(parcel: Parcel, cause: string, run: RunStart | null): void {
    const isOwn = run === null || parcel.run === runName(run)
    ;(isOwn ? this.#drops : this.#earlierDrops).add({ ...extentOfParcel(parcel), cause })
  }

  #takeLosses(spool: Spool): void {
    for (const { lost, cause } of spool.takeLosses()) {
      if (lost.own) this.#drops.add({ ...lost.own, cause })
      if (lost.earlier) this.#earlierDrops.add({ ...lost.earlier, cause })
    }
  }

  /** To the other sinks, so that a recording knows what its far end does not have. */
  #tellDrops(when: 'now and then' | 'all'): void {
    const { around, name } = this.#options
    if (this.#work) this.#takeLosses(this.#work.spool)
    const now = around.clock.monotonicMs()
    if (!this.#drops.hasUntold || (when === 'now and then' && now - this.#toldAt < TELL_MS)) return
    this.#toldAt = now
    for (const { count, from, to, cause } of this.#drops.takeUntold()) {
      const text = `${name} never gets ${count} measurements from ${formatMicros(from)} to ${formatMicros(to)}: ${cause}`
      this.#tell({ kind: 'event', at: around.clock.now(), event: 'recording', severity: 'warning', text, sensors: [] })
    }
  }

  #sayWhatIsLeft({ folder }: SpoolFolder, { waiting }: Spool): void {
    const left = waiting.own + waiting.earlier
    if (left > 0)
      this.#options.around.log.warn(`${left} measurements for ${this.name} wait in ${folder}; the next run with the same --to sends them`)
  }
}

/** What exists from start to close. */
interface Work {
  readonly folder: SpoolFolder
  readonly spool: Spool
  readonly collector: ParcelCollector
  readonly writer: SpoolWriter
  readonly drain: SpoolDrain
}

interface Accounts {
  readonly tell: (happening: Happening) => void
  readonly account: (whose: Whose, count: number) => void
  readonly drop: (parcel: Parcel, cause: string) => void
}

/** @throws Fault SINK_SPOOL_UNUSABLE */
async function openWork(run: RunStart, { name, farEnd, around }: SpoolingSinkOptions, accounts: Accounts): Promise<Work> {
  const { clock, log, spool: place } = around
  const folder = await claimSpoolFolder(place.root, name, formatMicros(run.startedAt)).catch((thrown: unknown) => {
    throw spoolUnusable(name, place.root, reasonOf(thrown))
  })
  if (folder === null) throw spoolUnusable(name, place.root, 'too many programs send there from this machine')
  const { capBytes, policy } = place
  const spool = await Spool.open({ folder: folder.folder, run: runName(run), capBytes, policy }).catch(async (thrown: unknown) => {
    await folder.release()
    throw spoolUnusable(name, folder.folder, reasonOf(thrown))
  })
  const collector = new ParcelCollector(runName(run), run.sensors)
  const trouble = new DeliveryTrouble({ name, clock, log, tell: accounts.tell })
  const drain = new SpoolDrain({ spool, farEnd, clock, trouble, account: accounts.account, drop: accounts.drop, run: runName(run) })
  const writer = new SpoolWriter({
    spool,
    collector,
    clock,
    onWritten: () => drain.wake(),
    onTrouble: (reason) => log.warn(`the spool of ${name} cannot be written: ${reason}`, { folder: folder.folder }),
    onRecovered: () => log.note(`the spool of ${name} can be written again`),
  })
  writer.start()
  drain.start()
  return { folder, spool, collector, writer, drain }
}

function runName({ startedAt }: RunStart): string {
  return String(startedAt)
}
