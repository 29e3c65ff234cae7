/** The frequencies of public grids, Hz. */
export const MAINS_HZ: readonly number[] = [50, 60]
