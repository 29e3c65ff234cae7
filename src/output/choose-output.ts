export interface OutputCircumstances {
  readonly stdout: { readonly isTTY?: boolean | undefined }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly asked: 'jsonl' | 'nothing'
}

/**
 * What `watch` puts on stdout: the dashboard only on a terminal that can show one. An empty `CI` is no CI (some shells export it so).
 */
export function chooseOutput({ stdout, env, asked }: OutputCircumstances): 'dashboard' | 'lines' | 'jsonl' {
  if (asked === 'jsonl') return 'jsonl'
  const ci = env['CI'] ?? ''
  const isCi = ci !== '' && ci !== '0' && ci !== 'false'
  return stdout.isTTY === true && env['TERM'] !== 'dumb' && !isCi ? 'dashboard' : 'lines'
}
