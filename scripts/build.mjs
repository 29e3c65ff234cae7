// Compiles src to dist, lays the shipped device profiles beside, and reads them once for all commands. Fails on the first type error or bad profile;
// leaves no file of a module that is gone.
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
rmSync(`${root}/dist`, { recursive: true, force: true })
const tsc = `${root}/node_modules/typescript-7/bin/tsc`
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
cpSync(`${root}/src/profiles/shipped`, `${root}/dist/profiles/shipped`, { recursive: true })
if (status === 0) {
  const { loadProfiles } = await import(`${root}/dist/profiles/load-profiles.js`)
  const { profiles, problems } = await loadProfiles([])
  for (const { message } of problems) process.stderr.write(`${message}\n`)
  // Where a profile came from is known again when it is loaded; here it would be this machine's folder.
  writeFileSync(
    `${root}/dist/profiles/shipped/compiled.json`,
    JSON.stringify(profiles, (key, value) => (key === 'origin' ? undefined : value)),
  )
  process.exitCode = problems.length === 0 ? 0 : 1
} else process.exitCode = status ?? 1
