// oclif.manifest.json out of the built commands, so that the CLI starts without loading them.
import { fileURLToPath } from 'node:url'
import { Plugin } from '@oclif/core'
import { writeOrCheck } from './generated.mjs'

process.env.NODE_ENV = 'production'
const root = fileURLToPath(new URL('..', import.meta.url))
const plugin = new Plugin({ root, ignoreManifest: true, errorOnManifestCreate: true, respectNoCacheDefault: true })
await plugin.load()
const { commands, version } = plugin.manifest ?? {}
writeOrCheck(`${root}/oclif.manifest.json`, `${JSON.stringify({ commands: sorted(commands), version }, null, 2)}\n`, 'npm run manifest')

function sorted(table) {
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)))
}
