// npm run check: everything that a machine can hold us to. With --tested all but the tests, for whoever has just run them on this very tree.
import process from 'node:process'
import { runSteps } from './steps.mjs'

const node = process.execPath
const bin = (name, ...words) => [node, `node_modules/${name}`, ...words]

const steps = [
  ['format', 'node_modules/.bin/biome', 'ci', '.'],
  ['lint', ...bin('eslint/bin/eslint.js', '.', '--max-warnings', '0')],
  ['types', ...bin('typescript-7/bin/tsc', '-p', 'tsconfig.json')],
  ['dead code', ...bin('knip/bin/knip.js')],
  ['build', node, 'scripts/build.mjs'],
  ['manifest is current', node, 'scripts/manifest.mjs', '--check'],
  ['README is current', node, 'scripts/readme.mjs', '--check'],
  ['tests (architecture among them)', ...bin('vitest/vitest.mjs', 'run')],
]
runSteps(process.argv.includes('--tested') ? steps.slice(0, -1) : steps)
