/** An age in a few characters: `now`, `7s`, `3m`, `2h`, `5d`; a source clock that is ahead shows as `+7s`. */
export function ageText(ageMs: number): string {
  const sign = ageMs < -1500 ? '+' : ''
  const seconds = Math.floor(Math.abs(ageMs) / 1000)
  if (sign === '' && (ageMs < 0 || seconds < 1)) return 'now'
  if (seconds < 100) return `${sign}${seconds}s`
  if (seconds < 6000) return `${sign}${Math.floor(seconds / 60)}m`
  if (seconds < 172_800) return `${sign}${Math.floor(seconds / 3600)}h`
  return `${sign}${Math.floor(seconds / 86_400)}d`
}

/** `12:34`, `1:02:03`, `2d 01:02:03`. */
export function elapsedText(elapsedMs: number): string {
  const total = Math.max(0, Math.floor(elapsedMs / 1000))
  const two = (number: number): string => String(number).padStart(2, '0')
  const days = Math.floor(total / 86_400)
  const hours = Math.floor(total / 3600) % 24
  const minutesAndSeconds = `${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`
  if (days > 0) return `${days}d ${two(hours)}:${minutesAndSeconds}`
  return hours > 0 ? `${hours}:${minutesAndSeconds}` : minutesAndSeconds
}
