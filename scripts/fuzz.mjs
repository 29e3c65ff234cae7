// npm run fuzz [inputs] [seed]: the codecs with a million random and spoilt inputs each.
import { spawnSync } from 'node:child_process'
import process from 'node:process'

const [inputs = '1000000', seed = '20261122'] = process.argv.slice(2)
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/drivers/codec-fuzz.test.ts', '--reporter=verbose'],
  {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_INPUTS: inputs, FUZZ_SEED: seed },
  },
)
process.exitCode = status ?? 1
