import envPaths from 'env-paths'

/** Where a person's own settings lie on this system. */
export function configFolder(): string {
  return envPaths('chatterfix', { suffix: '' }).config
}
