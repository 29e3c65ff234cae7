import { AttributeIds, type DataValue, type NodeId } from 'node-opcua-client'
import type { SensorKind } from '../../readings/sensor.js'
import type { Point } from '../probe-report.js'
import { formatOpcUaAddress, type OpcUaAddress } from './address.js'
import { isNumeric, isReadable, typeNameOf } from './data-type.js'
import { readValueOf, samplesOf } from './data-value.js'
import { engineeringUnitOf, meaningOf } from './engineering-unit.js'
import { readNodes } from './node-lookup.js'
import { parseNodeReference } from './node-reference.js'
import type { OpcUaSession } from './session.js'
import type { FoundVariable } from './variable-tree.js'
import { rateOf } from './waveform-node.js'
import { isSampleRateName, isSequenceName } from './waveform-shape.js'

interface Described {
  readonly variable: FoundVariable
  readonly answer: DataValue
  readonly dataType: number
  readonly rank: 'scalar' | 'array'
  readonly unit: string | null
  readonly kind: SensorKind
  readonly range: string | null
  readonly rateHz: number | null
}

/** Every variable as a point with its value, type and unit; the companions of a waveform are part of it and no points of their own. */
export async function pointsOf(
  opened: OpcUaSession,
  server: OpcUaAddress,
  variables: readonly FoundVariable[],
): Promise<{ points: Point[]; warnings: string[] }> {
  const warnings: string[] = []
  const described = await describe(opened, variables, warnings)
  const companions = new Set(described.filter(isWaveform).flatMap(({ variable }) => companionsOf(variable).map((node) => node.toString())))
  const points = described.flatMap((one) => {
    if (companions.has(one.variable.node.toString())) return []
    const reference = parseNodeReference(one.variable.node.toString())
    if (!reference) return []
    const address = formatOpcUaAddress({ ...server, node: reference, as: isWaveform(one) ? 'waveform' : 'value' })
    return [pointOf(one, address)]
  })
  return { points, warnings }
}

async function describe(opened: OpcUaSession, variables: readonly FoundVariable[], warnings: string[]): Promise<readonly Described[]> {
  const nodes = variables.map(({ node }) => node)
  const types = await readNodes(opened, nodes, AttributeIds.DataType)
  const ranks = await readNodes(opened, nodes, AttributeIds.ValueRank)
  const values = await readValues(opened, nodes, ranks)
  const units = await readProperty(opened, variables, 'EngineeringUnits')
  const ranges = await readProperty(opened, variables, 'EURange')
  const rates = await readRates(opened, variables)
  return variables.flatMap((variable, at) => {
    const answer = values[at]
    if (!answer) return []
    const eu = engineeringUnitOf(units.get(variable))
    const meaning = eu ? meaningOf(eu) : { unit: null, kind: 'other' as const }
    if (eu && meaning.unit === null) warnings.push(`${variable.displayName}: the unit '${eu.displayName}' is not in the unit table`)
    const shape: { readonly dataType: number; readonly arrayType: number } = answer.value
    const dataType = shape.dataType || builtInOf(types[at])
    const rank = shape.arrayType > 0 || Number(ranks[at]?.value.value) > 0 ? ('array' as const) : ('scalar' as const)
    return { variable, answer, dataType, rank, ...meaning, range: rangeOf(ranges.get(variable)), rateHz: rates.get(variable) ?? null }
  })
}

/** Arrays may be long: they are read a few at a time, single values by the hundred. */
async function readValues(opened: OpcUaSession, nodes: readonly NodeId[], ranks: readonly DataValue[]): Promise<readonly DataValue[]> {
  const values: DataValue[] = []
  for (const rank of ['scalar', 'array'] as const) {
    const places = nodes.flatMap((_, at) => ((Number(ranks[at]?.value.value) === SCALAR_RANK) === (rank === 'scalar') ? [at] : []))
    const some = places.flatMap((at) => nodes[at] ?? [])
    const answers = await readNodes(opened, some, AttributeIds.Value, rank === 'scalar' ? SCALARS_PER_READ : ARRAYS_PER_READ)
    places.forEach((at, n) => {
      const answer = answers[n]
      if (answer) values[at] = answer
    })
  }
  return values
}

const SCALAR_RANK = -1
const SCALARS_PER_READ = 100
const ARRAYS_PER_READ = 2

async function readProperty(
  opened: OpcUaSession,
  variables: readonly FoundVariable[],
  name: string,
): Promise<ReadonlyMap<FoundVariable, unknown>> {
  const having = variables.filter(({ properties }) => properties.has(name))
  const answers = await readNodes(
    opened,
    having.flatMap(({ properties }) => properties.get(name) ?? []),
  )
  return new Map(having.map((variable, at) => [variable, answers[at]?.value.value as unknown]))
}

async function readRates(opened: OpcUaSession, variables: readonly FoundVariable[]): Promise<ReadonlyMap<FoundVariable, number | null>> {
  const having = variables.flatMap((variable) => {
    const node = rateNodeOf(variable)
    return node ? [{ variable, node }] : []
  })
  const answers = await readNodes(
    opened,
    having.map(({ node }) => node),
  )
  return new Map(having.map(({ variable }, at) => [variable, rateOf(answers[at])]))
}

function rateNodeOf({ properties, siblings, node }: FoundVariable): NodeId | undefined {
  return [...properties, ...siblings].find(([name, other]) => isSampleRateName(name) && other.toString() !== node.toString())?.[1]
}

function companionsOf({ siblings, node }: FoundVariable): readonly NodeId[] {
  return [...siblings].flatMap(([name, other]) => ((isSampleRateName(name) || isSequenceName(name)) && other !== node ? [other] : []))
}

function isWaveform({ rank, dataType, rateHz }: Described): boolean {
  return rank === 'array' && isNumeric(dataType) && rateHz !== null
}

function pointOf(one: Described, address: string): Point {
  const { variable, answer, dataType, rank, unit, kind, range, rateHz } = one
  const name = typeNameOf(dataType)
  const type = isWaveform(one) ? 'waveform' : rank === 'array' ? `${name}[]` : name
  const says = [`the server says ${name}${rank === 'array' ? ' array' : ''}`, ...(range ? [`range ${range}`] : [])]
  if (!answer.statusCode.isGood()) says.push(`status ${answer.statusCode.name}`)
  if (isWaveform(one)) says.push('a sample rate stands beside it')
  else if (rank === 'array') says.push('one element is read with &index=N; as a waveform it needs &as=waveform&rate=HZ')
  return {
    address,
    name: variable.displayName,
    kind: name === 'boolean' ? 'state' : kind,
    type,
    order: null,
    scale: 1,
    unit,
    value: sampleOf(one),
    confidence: isReadable(dataType) ? 1 : 0.5,
    alternatives: [],
    ...(isWaveform(one) && rateHz !== null ? { sampleRateHz: rateHz } : {}),
    evidence: says.join('; '),
  }
}

function sampleOf({ answer, rank, dataType }: Described): Point['value'] {
  if (rank === 'array') return samplesOf(answer)?.length ?? null
  const { value, text, quality } = readValueOf(answer, null)
  if (quality >= 128) return null
  return text ?? (typeNameOf(dataType) === 'boolean' ? value === 1 : value)
}

/** The DataType attribute names a node; those of namespace 0 below 26 are built in, and enumerations travel as Int32. */
function builtInOf(answer: DataValue | undefined): number {
  const node = answer?.value.value as NodeId | null | undefined
  return node && node.namespace === 0 && typeof node.value === 'number' && node.value < 26 ? node.value : 0
}

function rangeOf(value: unknown): string | null {
  const { low, high } = (value ?? {}) as { low?: unknown; high?: unknown }
  return typeof low === 'number' && typeof high === 'number' ? `${low} to ${high}` : null
}
