/** The order of spec files: the longest first, so that none of them is alone at the end with a core that has nothing to do. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take longest, the longest first. A checkout that has never run its specs knows no times. */
const LONGEST = [
  'test/app/whole/whole.test.ts',
  'test/app/screen/screen.test.ts',
  'test/app/engine/engine.test.ts',
  'test/package/tarball.test.ts',
  'test/cli/sweep.test.ts',
  'test/validation/behaviour.test.ts',
  'test/fuzz/fuzz.test.ts',
  'test/robust/processes.test.ts',
  'test/cli/slurm.test.ts',
  'test/cli/sensitivity.test.ts',
  'test/cli/sweep-task.test.ts',
  'test/cli/sweep-kill.test.ts',
  'test/app/screen/axe.test.ts',
  'test/app/screen/everybody.test.ts',
  'test/app/whole/hostile.test.ts',
  'test/validation/held-level.test.ts',
  'test/baseline/published-files.test.ts',
]

/** Those files in that order, then the others. */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => placeOf(a) - placeOf(b)))
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(name))
  return place < 0 ? LONGEST.length : place
}
