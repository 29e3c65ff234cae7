import { isPoint, parseModbusAddress } from '../drivers/modbus/address.js'
import type { Point, ProbeReport } from '../drivers/probe-report.js'
import { Fault } from '../faults/fault.js'
import { formatProfile, nameFrom, type RegisterDraft, uniqueNames } from './profile-text.js'

/**
 * A skeleton of a profile out of what a probe saw: names to be given, types to be checked.
 * @throws Fault USAGE where the probe offers nothing that lies in registers.
 */
export function profileFromProbe({ device, points }: ProbeReport, date: string): string {
  const { identity } = device
  const maker = printable(identity?.maker) ?? 'unknown maker'
  const model = printable(identity?.model) ?? 'unknown model'
  const drafts = points.flatMap((point) => draftOf(point) ?? [])
  if (drafts.length === 0)
    throw new Fault('USAGE', {
      message: `the probe of ${device.address} met no registers that a profile could hold`,
      advice: { help: 'chatterfix probe modbus-tcp://HOST/UNIT --save-profile OUT.yaml' },
    })
  const names = uniqueNames(drafts.map(({ register }) => register.name))
  return formatProfile({
    key: nameFrom(`${maker} ${model}`, 'unknown-device'),
    maker,
    models: [model],
    description: null,
    identity: identity?.maker || identity?.model ? { ...(identity.maker && { maker }), ...(identity.model && { model }) } : null,
    source: { title: `registers inferred by chatterfix probe on ${date}`, addressing: 'counts from 0, as on the wire' },
    triedOnHardware: 'yes',
    registers: drafts.map(({ register, remark }, index) => ({ register: { ...register, name: names[index] ?? register.name }, remark })),
    heading: 'a skeleton: give names and units, check what is in doubt, say where you looked it up',
  })
}

function draftOf(point: Point): RegisterDraft | null {
  if (!point.address.startsWith('modbus')) return null
  const place = parseModbusAddress(point.address)
  if (!isPoint(place)) return null
  const { table, register: address, type, order, scale, offset, bit, length } = place
  const value = point.value === null ? '' : ` was ${point.value};`
  return {
    register: {
      name: nameFrom(point.name ?? '', `${table}-${address}${bit === null ? '' : `-bit-${bit}`}`),
      table,
      address,
      type,
      order,
      scale,
      offset,
      bit,
      length,
      kind: point.kind,
      unit: point.unit,
      description: null,
      range: null,
      limits: null,
      writable: null,
    },
    remark: `${Math.round(point.confidence * 100)} % sure;${value} ${point.evidence}`,
  }
}

function printable(text: string | null | undefined): string | undefined {
  const clean = (text ?? '')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 128)
  return clean === '' ? undefined : clean
}
