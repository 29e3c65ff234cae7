import type { SparkplugDatatype, SparkplugMetric, SparkplugValue } from './payload.js'
import { asDatatype } from './value.js'

const MAX_ALIASES = 100_000

interface Known {
  readonly name: string
  readonly device: string | null
  readonly datatype: SparkplugDatatype | undefined
}

/** What a metric of a message is called, with its value put right by the birth's data type. */
export interface ResolvedMetric {
  /** Undefined where the metric has only an alias that no birth explained. */
  readonly name: string | undefined
  readonly device: string | null
  readonly value: SparkplugValue
  readonly datatype: SparkplugDatatype | undefined
}

/** What the births of an edge node and its devices said: an alias is unique within the node (Sparkplug 3.0.0, section 6.4.6). */
export class MetricNames {
  readonly #byAlias = new Map<number, Known>()
  readonly #byName = new Map<string, Known>()

  forget(): void {
    this.#byAlias.clear()
    this.#byName.clear()
  }

  learn({ name, alias, datatype }: SparkplugMetric, device: string | null): void {
    if (name === undefined || this.#byName.size >= MAX_ALIASES) return
    const known = { name, device, datatype }
    this.#byName.set(`${device ?? ''}/${name}`, known)
    if (alias !== undefined) this.#byAlias.set(alias, known)
  }

  resolve(metric: SparkplugMetric, device: string | null): ResolvedMetric {
    const { name, alias, value } = metric
    const known =
      name === undefined ? (alias === undefined ? undefined : this.#byAlias.get(alias)) : this.#byName.get(`${device ?? ''}/${name}`)
    const datatype = metric.datatype ?? known?.datatype
    const put = metric.datatype === undefined && datatype !== undefined ? asDatatype(value, datatype) : value
    return { name: name ?? known?.name, device: name === undefined ? (known?.device ?? device) : device, value: put, datatype }
  }
}
