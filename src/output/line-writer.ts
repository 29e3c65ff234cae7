import type { Writable } from 'node:stream'
import { countOf, type Freight } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { EpochMicros } from '../readings/time.js'
import type { Drop, RunStart, Sink, Tally } from '../sinks/contract.js'
import { freightJsonl } from './freight-jsonl.js'
import { freightLines } from './freight-lines.js'

export interface LineWriterOptions {
  /** Where the lines go, e.g. `process.stdout`; it is never closed from here. */
  readonly output: Writable
  readonly format: 'lines' | 'jsonl'
  /** Whether JSON Lines carry the samples of waveforms; default `summary`. */
  readonly waveforms?: 'summary' | 'samples'
  /** `wait` (default): a slow pipe slows the road; `latest`: older freight is dropped and counted. */
  readonly policy?: Sink['policy']
  /** Called once when the reader of the pipe has gone (`| head`): nobody listens any more. */
  readonly onReaderGone?: () => void
}

/** The sink for pipes and files: one line a reading, or one JSON object. A reader that goes away ends it quietly. */
export function createLineWriter(options: LineWriterOptions): Sink {
  return new LineWriter(options)
}

class LineWriter implements Sink {
  readonly name = 'lines'
  readonly policy: Sink['policy']
  /** A reader that stalls must not keep the program from ending. */
  readonly patienceMs = 1000
  private readonly options: LineWriterOptions
  private sensors: ReadonlyMap<string, Sensor> = new Map()
  private stored = 0
  private lost: Drop | undefined
  private readerGone = false
  private isWriting = false
  /** Resolves the write under way. */
  private settle: (() => void) | undefined

  constructor(options: LineWriterOptions) {
    this.options = options
    this.policy = options.policy ?? 'wait'
  }

  start(run: RunStart): Promise<void> {
    this.sensors = new Map(run.sensors.map((sensor) => [sensor.key, sensor]))
    this.options.output.on('error', this.onGone)
    this.options.output.on('close', this.onGone)
    return Promise.resolve()
  }

  async take(freight: Freight): Promise<void> {
    if (!this.readerGone) await this.write(this.textOf(freight))
    if (this.readerGone) this.countLost(freight)
    else this.stored += countOf(freight)
  }

  async close(): Promise<void> {
    if (this.isWriting) this.noteReaderGone()
    if (!this.readerGone) await this.write('')
    // A stream emits its EPIPE after the write's callback: without a listener that would be a crash, so after one it stays.
    if (this.readerGone) return
    this.options.output.off('error', this.onGone)
    this.options.output.off('close', this.onGone)
  }

  tally(): Tally {
    return { stored: this.stored, buffered: 0, dropped: this.lost?.count ?? 0, drops: this.lost ? [this.lost] : [] }
  }

  private textOf(freight: Freight): string {
    const sensorOf = (key: string): Sensor | undefined => this.sensors.get(key)
    if (this.options.format === 'lines') return freightLines(freight, sensorOf)
    return freightJsonl(freight, sensorOf, { waveforms: this.options.waveforms ?? 'summary' })
  }

  /** Resolves when the pipe has taken the text, which is how back-pressure reaches the road. */
  private write(text: string): Promise<void> {
    const { output } = this.options
    this.isWriting = true
    return new Promise<void>((resolve) => {
      this.settle = resolve
      if (output.destroyed || output.writableEnded) this.noteReaderGone()
      else
        output.write(text, (error) => {
          if (error) this.noteReaderGone()
          resolve()
        })
    }).finally(() => {
      this.isWriting = false
    })
  }

  private readonly onGone = (): void => {
    this.noteReaderGone()
  }

  private noteReaderGone(): void {
    if (this.readerGone) return
    this.readerGone = true
    // `process.stdout` undoes its own destruction after an error, and forgets callbacks on the way.
    this.settle?.()
    this.options.onReaderGone?.()
  }

  private countLost(freight: Freight): void {
    const count = countOf(freight)
    if (count === 0) return
    const at: EpochMicros = freight.kind === 'batch' || freight.kind === 'waveform' ? freight.receivedAt : 0
    this.lost = {
      count: (this.lost?.count ?? 0) + count,
      from: this.lost?.from ?? at,
      to: at,
      cause: 'the reader of the output has gone',
    }
  }
}
