import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.ts'

// Specs start some hundreds of processes of the command line: what Node compiled for one, the next need not compile again.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/fairwait-compiled', import.meta.url))

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Thread and browser specs start real workers; two cores are shared with them.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Node imports the sources itself, as the command line does: the kernel runs at its own speed, twice that of
    // sources which vite has rewritten.
    experimental: { viteModuleRunner: false },
    sequence: { sequencer: LongestFirst },
  },
})
