export const LONGEST_LAYOUT_NAME = 60
/** What is a file name on every system, and can be typed: no separators, no dots at the front, nothing invisible. */
const NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}_-])?$/u
/** Names that Windows keeps for devices. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

export function isLayoutName(name: string): boolean {
  return name.length <= LONGEST_LAYOUT_NAME && NAME.test(name) && !DEVICES.test(name)
}
