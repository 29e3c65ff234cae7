/** The state of a view in which there is nothing to choose. */
export type NoChoice = Readonly<Record<string, never>>

export const NO_CHOICE: NoChoice = {}
