/** `1 sensor`, `2 sensors`. @param many  where an `s` behind it is not the plural. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
