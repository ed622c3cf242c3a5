/**
 * Specs that mutants of the core are held against: those of the core's own folders, which need no process, thread or
 * browser. `FAIRWAIT_SPECS` names fewer, which is faster; what only the others would find then counts as a survivor.
 */
import { BaseSequencer } from 'vitest/node'
import { defineConfig } from 'vitest/config'

/** The shortest files first, by how long they last took: most mutants are noticed by the first that meets them. */
class ShortestFirst extends BaseSequencer {
  override sort(files: Parameters<BaseSequencer['sort']>[0]): ReturnType<BaseSequencer['sort']> {
    const lastTook = (file: (typeof files)[number]): number => this.ctx.cache.getTestSpecificationResult(file)?.duration ?? 0
    return Promise.resolve(files.toSorted((one, other) => lastTook(one) - lastTook(other)))
  }
}

export default defineConfig({
  test: {
    include: [process.env['FAIRWAIT_SPECS'] ?? 'test/{model,measures,investment}/**/*.test.ts'],
    setupFiles: ['test/first-counterexample.ts'],
    sequence: { sequencer: ShortestFirst },
    testTimeout: 600_000,
  },
})
