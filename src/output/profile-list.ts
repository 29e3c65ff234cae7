import type { DeviceProfile } from '../profiles/device-profile.js'
import { describeBounds } from '../readings/write-bounds.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'

export function formatProfileList(profiles: readonly DeviceProfile[], notes: readonly string[]): string {
  const table = formatTable(
    ['PROFILE', 'MAKER', 'MODELS', 'REGISTERS', 'RECOGNISED BY', 'FROM'],
    profiles.map((profile) => [
      profile.key,
      profile.maker,
      modelsText(profile.models),
      String(profile.registers.length),
      recognitionText(profile),
      profile.origin.kind === 'own' ? profile.origin.path : 'shipped',
    ]),
  )
  return [table, ...notes.map((note) => `note  ${terminalSafe(note)}`)].join('\n')
}

export function formatProfile(profile: DeviceProfile): string {
  const registers = formatTable(
    ['NAME', 'TABLE', 'ADDRESS', 'TYPE', 'SCALE', 'UNIT', 'WRITABLE', 'DESCRIPTION'],
    profile.registers.map(({ name, table, address, type, order, scale, unit, writable, description }) => [
      name,
      table,
      String(address),
      order === 'abcd' ? type : `${type} ${order}`,
      scale === 1 ? '' : `×${scale}`,
      unit ?? '',
      writable === null ? '' : describeBounds(writable),
      description ?? '',
    ]),
  )
  const sources = profile.sources.flatMap(({ title, url, addressing }) => [
    `source   ${terminalSafe(title)}`,
    ...(url === null ? [] : [`         ${terminalSafe(url)}`]),
    ...(addressing === null ? [] : [`         addressing: ${terminalSafe(addressing)}`]),
  ])
  return [
    terminalSafe(
      `${profile.key}: ${profile.maker} ${profile.models.join(', ')}${profile.description === null ? '' : `, ${profile.description}`}`,
    ),
    `from     ${profile.origin.kind === 'own' ? terminalSafe(profile.origin.path) : 'shipped'}`,
    `tried    ${profile.triedOnHardware === 'yes' ? 'on hardware' : 'not on hardware'}`,
    `known by ${recognitionText(profile)}`,
    ...sources,
    '',
    registers,
  ].join('\n')
}

/** How sure recognition is, in two words. */
function recognitionText({ recogniseBy }: DeviceProfile): string {
  if (recogniseBy.length === 0) return 'its name only'
  const isProof = recogniseBy.some(
    ({ identity, serverId, signature }) =>
      identity !== null || serverId !== null || signature.some(({ equals }) => equals !== null && equals !== 0),
  )
  return isProof ? 'what it says' : 'likely values'
}

function modelsText(models: readonly string[]): string {
  return models.length > 3 ? `${models.slice(0, 2).join(', ')} and ${models.length - 2} more` : models.join(', ')
}
