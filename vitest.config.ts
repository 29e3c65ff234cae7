import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/peers/**'],
    // Most tests wait for sockets and clocks; one worker a core leaves none idle.
    maxWorkers: availableParallelism(),
    testTimeout: 20_000,
    env: { NODE_ENV: 'production' },
  },
})
