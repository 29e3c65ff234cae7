import { isIPv4 } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'

/** Somewhere to look for devices. */
export interface Place {
  /** What `discover` takes. */
  readonly scope: string
  readonly title: string
  readonly about: string
}

/** Of a larger network only so much around this machine's own address: more is a question to its owner. */
const WIDEST_PREFIX = 24
const OWN_MACHINE: readonly Place[] = [
  { scope: 'localhost', title: 'this machine', about: 'programs that serve values here' },
  { scope: 'serial', title: 'serial ports', about: 'listed only, not opened' },
]
const PLANT: Place = {
  scope: 'simulator://',
  title: 'the built-in plant',
  about: 'simulated pumps and a fan, to try things',
}

/** Where one can look from here, the safest first. */
export function placesFrom(interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>): readonly Place[] {
  const networks = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? []).flatMap((own) => (own.internal || !isIPv4(own.address) ? [] : placeOf(name, own))),
  )
  const seen = new Set<string>()
  const fresh = networks.filter(({ scope }) => !seen.has(scope) && seen.add(scope))
  return [...OWN_MACHINE, ...fresh, PLANT]
}

function placeOf(name: string, { address, cidr }: NetworkInterfaceInfo): readonly Place[] {
  const prefix = Number(cidr?.split('/')[1] ?? 32)
  if (prefix > 30) return []
  const searched = Math.max(prefix, WIDEST_PREFIX)
  const scope = `${networkOf(address, searched)}/${searched}`
  const narrowed = searched === prefix ? '' : `, a part of /${prefix}`
  return [{ scope, title: `the network of ${name}`, about: `${scope}${narrowed}, ${2 ** (32 - searched) - 2} hosts` }]
}

function networkOf(address: string, prefix: number): string {
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - prefix)
  const base = Math.floor(number / size) * size
  return [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.')
}
