// Compiles src to dist and lays the shipped device profiles beside. Fails on the first type error; leaves no file of a module that is gone.
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
rmSync(`${root}/dist`, { recursive: true, force: true })
const tsc = `${root}/node_modules/typescript-7/bin/tsc`
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
cpSync(`${root}/src/profiles/shipped`, `${root}/dist/profiles/shipped`, { recursive: true })
process.exitCode = status ?? 1
