import type { ChannelEvidence, MachineEvidence } from '../machine-evidence.js'

export function radialChannels(evidence: MachineEvidence): readonly ChannelEvidence[] {
  return evidence.channels.filter(({ direction }) => direction !== 'axial')
}

export function axialChannel(evidence: MachineEvidence): ChannelEvidence | null {
  return evidence.channels.find(({ direction }) => direction === 'axial') ?? null
}

/** The channel among some that shows an order strongest; null where there is none. */
export function strongestAt(channels: readonly ChannelEvidence[], order: number): ChannelEvidence | null {
  return channels.reduce<ChannelEvidence | null>(
    (best, channel) => (best && best.relative(order) >= channel.relative(order) ? best : channel),
    null,
  )
}

/** Root of the sum of the squares of the lines at some orders, in the measure of `relative`. */
export function combined(channel: ChannelEvidence, orders: readonly number[]): number {
  return Math.hypot(...orders.map((order) => channel.relative(order)))
}

/** The same in mm/s; null where the unit does not say. */
export function combinedVelocity(channel: ChannelEvidence, orders: readonly number[]): number | null {
  const velocities = orders.map((order) => channel.velocity(order)).filter((velocity) => velocity !== null)
  return velocities.length === 0 ? null : Math.hypot(...velocities)
}

/** log10 of the chance that noise shows the strongest of some lines; the others only make it less. */
export function log10ChanceOf(channel: ChannelEvidence, orders: readonly number[]): number {
  const chances = orders.map((order) => channel.line(order)?.logChance ?? 0)
  return Math.max(-300, Math.min(0, ...chances) / Math.LN10)
}

/** `1×: 4.61 mm/s, 2×: 0.40 mm/s`, as shares of the first where the unit is not known. */
export function listLines(channel: ChannelEvidence, orders: readonly number[]): string {
  const first = Math.max(Number.MIN_VALUE, channel.relative(orders[0]!))
  return orders
    .map((order) => {
      const velocity = channel.velocity(order)
      if (channel.relative(order) === 0) return `${order}×: in the noise`
      return velocity === null
        ? `${order}×: ${((100 * channel.relative(order)) / first).toFixed(0)} %`
        : `${order}×: ${velocity.toPrecision(3)} mm/s`
    })
    .join(', ')
}
