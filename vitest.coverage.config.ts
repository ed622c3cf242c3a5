/**
 * `npm run coverage`: how much of the core its specs meet, branch by branch. The core's own folders, and what holds the
 * model against theory; not what runs the core only in passing, which would count a branch as met without a promise.
 */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{scenario,model,investment,measures,verification,studies}/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    coverage: {
      include: ['src/{scenario,model,investment,measures}/**/*.ts'],
      reporter: ['text-summary', 'json'],
      reportsDirectory: 'output/coverage',
      thresholds: {
        branches: 95,
        'src/model/**': { branches: 95 },
        'src/measures/**': { branches: 95 },
        'src/investment/**': { branches: 95 },
        'src/scenario/**': { branches: 95 },
      },
    },
  },
})
