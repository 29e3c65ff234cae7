/** The text that Prometheus reads, version 0.0.4. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

export interface Sample {
  readonly labels: Readonly<Record<string, string | null>>
  readonly value: number
}

export interface MetricFamily {
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter'
  readonly samples: readonly Sample[]
}

/**
 * Families without samples are left out, as are labels without a value.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function formatExposition(families: readonly MetricFamily[]): string {
  const lines: string[] = []
  for (const { name, help, type, samples } of families) {
    if (samples.length === 0) continue
    lines.push(`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${type}`)
    for (const { labels, value } of samples) lines.push(`${name}${formatLabels(labels)} ${formatNumber(value)}`)
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function formatLabels(labels: Sample['labels']): string {
  const said = Object.entries(labels).flatMap(([name, value]) => (value === null ? [] : [`${name}="${escapeLabel(value)}"`]))
  return said.length === 0 ? '' : `{${said.join(',')}}`
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' }

function escapeLabel(text: string): string {
  return text.toWellFormed().replace(/[\\"\n]/g, (mark) => ESCAPES[mark] ?? mark)
}

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (Math.abs(value) === Number.POSITIVE_INFINITY) return value > 0 ? '+Inf' : '-Inf'
  return String(value)
}
