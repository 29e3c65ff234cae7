import envPaths from 'env-paths'

/** Where this program keeps its own files (certificates, trust lists) on this system. */
export function stateFolder(): string {
  return envPaths('chatterfix', { suffix: '' }).data
}
