/** A study of three scenarios, and a backend that makes up its runs. */
import type { Backend } from '../../src/execution/types.ts'
import type { StudyResults } from '../../src/results/types.ts'
import type { Study } from '../../src/scenario/study.ts'
import { buildCatalogue } from '../../src/measures/catalogue.ts'
import { compiledScenario } from '../measures/synthetic.ts'

export const SCENARIOS = ['more', 'reference', 'less']

/** What `runStudy` reads of a study; the rest is for compile and draw, which the spec stands in for. */
export function study({ draws, replications }: { draws: number; replications: number }): Study {
  const scenarios = SCENARIOS.map((id) => ({ id, title: id }))
  return { name: 'stub', reference: 'reference', scenarios, draws, replications, targets: [] } as unknown as Study
}

/** Values are 100 × scenario + replication² + draw in every series and row. `order` picks what is handed over. */
export function stubBackend(order: (indices: number[]) => number[] = (indices) => indices): Backend {
  const { keys, dates } = buildCatalogue(compiledScenario({ steps: 10, population: [10, 20] }))
  return {
    workers: 2,
    async run(_, tasks, onOutcome, signal) {
      for (const index of order([...tasks.keys()])) {
        signal?.throwIfAborted()
        await Promise.resolve()
        const { scenario, draw, replication } = tasks[index]
        const values = new Float64Array(keys.length * dates.length).fill(100 * scenario + replication ** 2 + draw)
        onOutcome(index, { values, pathways: 10, kernelSeconds: 0.25 })
      }
    },
  }
}

/** What must not differ between two runs of a study. */
export function resultsOf({ catalogue, scenarios, runRows }: StudyResults): unknown {
  return { catalogue, scenarios, runRows }
}
