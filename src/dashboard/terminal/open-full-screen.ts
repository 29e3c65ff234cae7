import process from 'node:process'
import type { FullScreen, FullScreenOptions } from './full-screen.js'

/** Takes the terminal. Ink and React are loaded only here, and only then. */
export async function openFullScreen(options: FullScreenOptions): Promise<FullScreen> {
  // React's development build triples the CPU and keeps a performance entry per render for ever; it decides when it is imported.
  process.env['NODE_ENV'] = 'production'
  const { FullScreen: Screen } = await import('./full-screen.js')
  return new Screen(options)
}
