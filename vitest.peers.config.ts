import { defineConfig } from 'vitest/config'

/** Tests against programs that others wrote. A missing one skips its tests with a plain reason; with REQUIRE_PEERS=1 it fails them. */
export default defineConfig({
  test: {
    include: ['test/peers/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
