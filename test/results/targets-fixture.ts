/** Made-up outcomes of targets for made-up results. */
import type { TargetOutcome } from '../../src/measures/targets.ts'
import type { StudyResults } from '../../src/results/types.ts'
import type { Target } from '../../src/scenario/study.ts'

const TARGETS: readonly Target[] = [
  {
    id: 'within',
    title: 'Within 18 weeks: at least 65% by 31 March 2026',
    measure: 'within-18-weeks',
    specialty: 'all',
    group: 'all',
    limitKind: 'atLeast',
    limit: 0.65,
    by: '2026-03-31',
    requiredIn: ['capacity-universal'],
  },
  {
    id: 'late',
    title: 'Gap <script> & "more" by 31 March 2030',
    measure: 'slope-index:within-18-weeks',
    specialty: 'all',
    group: 'gap',
    limitKind: 'within',
    limit: 0.005,
    by: '2030-03-31',
    requiredIn: ['no-investment'],
  },
]

const UNKNOWN = { mean: Number.NaN, lower: Number.NaN, upper: Number.NaN }

/**
 * The results with two targets: one that each scenario meets in 20 points more of its runs than the one before,
 * from 40% to all, and one whose date the projection does not reach.
 */
export function withTargets(results: StudyResults): StudyResults {
  const [within, late] = TARGETS
  const outcomes = results.scenarios.flatMap(({ id: scenario }, index): TargetOutcome[] => {
    const share = Math.min(10, 4 + 2 * index) / 10
    const judged: TargetOutcome = {
      scenario,
      target: within,
      date: '2026-04-04',
      runs: 5,
      probability: { mean: share, lower: share - 0.3, upper: Math.min(1, share + 0.3) },
      value: { mean: 0.61 + index / 100, lower: 0.6 + index / 100, upper: 0.62 + index / 100 },
      shortfall: share === 1 ? { mean: 0, lower: 0, upper: 0 } : { mean: 0.02, lower: 0.01, upper: 0.03 },
      firstMet: index === 0 ? null : '2026-03-07',
      keptFrom: index < 2 ? null : index === 2 ? '2026-03-28' : '2026-03-07',
    }
    const unjudged = { runs: 0, probability: UNKNOWN, value: UNKNOWN, shortfall: UNKNOWN, firstMet: null, keptFrom: null }
    return [judged, { scenario, target: late, date: null, ...unjudged }]
  })
  return { ...results, study: { ...results.study, targets: TARGETS }, targets: outcomes }
}
