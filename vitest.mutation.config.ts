/**
 * Specs that mutants of the core are held against: those of the core's own folders, which need no process, thread or
 * browser. `FAIRWAIT_SPECS` names fewer, which is faster; what only the others would find then counts as a survivor.
 */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [process.env['FAIRWAIT_SPECS'] ?? 'test/{model,measures,investment}/**/*.test.ts'],
    testTimeout: 120_000,
  },
})
