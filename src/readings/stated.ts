export type Stated<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Without the keys that hold undefined: absent means absent. */
export function stated<T extends object>(record: T): Stated<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Stated<T>
}
