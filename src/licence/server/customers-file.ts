import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { similar } from '../../readings/similar.js'
import { describe, fileFault, keyText, lineAt, type SiteFileProblem } from '../../readings/site-file-problem.js'
import { parseMicros } from '../../readings/time.js'
import type { Customer } from '../customer.js'
import { SENSOR_NAME } from '../sensor-configuration.js'
import { TIER_NAMES, TIERS } from '../tiers.js'

const EXAMPLE = '- { id: acme, tier: iot_advanced, sensor_limit: 50, expires_at: 2030-01-01T00:00:00Z, token: at-least-8-characters }'

const EXPECTED: Readonly<Record<string, string>> = {
  id: 'a printable name of at most 128 characters, each once',
  tier: `one of ${TIER_NAMES.join(', ')}`,
  sensor_limit: 'a whole number: 0 for none, -1 for unlimited',
  expires_at: 'a moment such as 2030-01-01T00:00:00Z',
  token: 'a key of 8 to 512 visible ASCII characters without blanks, each once; long and random where it matters',
  is_trial: 'true or false',
}

const customer = z.strictObject({
  id: SENSOR_NAME,
  tier: z.enum(TIER_NAMES),
  sensor_limit: z.number().int().min(-1).optional(),
  expires_at: z
    .string()
    .refine((text) => parseMicros(text) !== undefined)
    .nullable()
    .optional(),
  token: z.string().regex(/^[\x21-\x7e]{8,512}$/),
  is_trial: z.boolean().optional(),
})

const customers = z.array(customer).superRefine((list, context) => {
  for (const name of ['id', 'token'] as const) {
    const seen = new Set<string>()
    for (const [index, it] of list.entries()) {
      if (seen.has(it[name])) context.addIssue({ code: 'custom', path: [index, name] })
      seen.add(it[name])
    }
  }
})

/**
 * Reads the customers of the licence server: a YAML list of `{id, tier, sensor_limit, expires_at, token}`.
 * Without sensor_limit the tier's own counts; without expires_at the licence does not end.
 * @throws Fault CUSTOMERS_FILE_INVALID that lists every problem; never with a token in it.
 */
export function parseCustomersFile(text: string, fileName: string): Customer[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, logLevel: 'error' })
  const fail = (problems: readonly SiteFileProblem[]) => fileFault('CUSTOMERS_FILE_INVALID', fileName, problems)
  if (document.errors.length > 0) {
    throw fail(
      document.errors.map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        key: '',
        expected: 'YAML',
        found: error.message.replaceAll(/\s+/g, ' '),
        example: EXAMPLE,
      })),
    )
  }
  const value: unknown = document.toJS({ maxAliasCount: 0 })
  const read = customers.safeParse(value)
  if (!read.success) throw fail(read.error.issues.flatMap((issue) => problemsOf(issue, value, (path) => lineAt(document, lines, path))))
  return read.data.map((it) => ({
    id: it.id,
    tier: it.tier,
    sensor_limit: it.sensor_limit ?? TIERS[it.tier].sensorLimit ?? -1,
    expires_at: it.expires_at ?? null,
    token: it.token,
    ...(it.is_trial === undefined ? {} : { is_trial: it.is_trial }),
  }))
}

function problemsOf(issue: z.core.$ZodIssue, value: unknown, lineOf: (path: readonly PropertyKey[]) => number): SiteFileProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const meant = similar(key, Object.keys(EXPECTED))
      const path = [...issue.path, key]
      const expected = `a key of ${Object.keys(EXPECTED).join(', ')}`
      return {
        line: lineOf(path),
        key: keyText(path),
        expected,
        found: `${describe(key)}${meant ? ` – did you mean ${meant}?` : ''}`,
        example: EXAMPLE,
      }
    })
  }
  const name = String(issue.path.at(-1) ?? '')
  const expected = EXPECTED[name] ?? 'a list of customers'
  const found = name === 'token' ? 'something else (not shown)' : describe(valueAt(value, issue.path))
  return [{ line: lineOf(issue.path), key: keyText(issue.path), expected, found, example: EXAMPLE }]
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((inside, step) => (inside as Record<PropertyKey, unknown> | null | undefined)?.[step], value)
}
