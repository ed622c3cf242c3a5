import { describe, expect, it } from 'vitest'
import { complaints, SMALL_STUDY } from './helpers.ts'

const withBase = (lines: string): string => SMALL_STUDY.replace('  base: {}\n', `  base:\n${lines}`)
const withProgramme = (programme: string): string => withBase(`    invest:\n      - ${programme}\n`)
const allocated = (allocate: string): string => withProgramme(`{ lever: capacity, budget: { perYear: 1 }, allocate: ${allocate} }`)
const withTop = (line: string): string => `${SMALL_STUDY}${line}\n`
const withSpecialty = (extra: string): string => SMALL_STUDY.replace('clockStartsPerWeek: 12', extra)
const UNCERTAIN = 'draws: 4\nassumptions: { backfillShare: { dist: beta, mean: 0.1, sd: 0.01 }, dnaRate: { dist: beta, mean: 0.07, sd: 0.01 } }\n'

describe('parts of a study that do not go together are refused with place and reason', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['shares of money that do not sum to 1', allocated('{ rule: custom, shares: [0.5, 0.2, 0.2] }'), ['study.yaml:11:86 scenarios.base.invest[0].allocate.shares: must sum to 1; found 0.9']],
    ['shares and weights at once', allocated('{ rule: custom, shares: [0.5, 0.25, 0.25], weights: [1, 1, 1] }'), ['study.yaml:11:105 scenarios.base.invest[0].allocate.weights: shares and weights cannot stand together; give one']],
    ['neither shares nor weights', allocated('{ rule: custom }'), ['study.yaml:11:62 scenarios.base.invest[0].allocate: needs shares or weights']],
    ['weights that are all 0', allocated('{ rule: custom, weights: [0, 0, 0] }'), ['study.yaml:11:87 scenarios.base.invest[0].allocate.weights: must be above 0 for at least one']],
    ['a list of another length than there are groups', allocated('{ rule: custom, weights: [1, 2] }'), ['study.yaml:11:87 scenarios.base.invest[0].allocate.weights: must have one entry per group, 3; it has 2']],
    ['an index of need that leaves a group out', allocated('{ rule: need, need: { index: { 1: 1, 2: 1 } } }'), ['study.yaml:11:91 scenarios.base.invest[0].allocate.need.index: has no number for deprivation group 3; give one for each']],
    ['an index of need that is 0 for all', allocated('{ rule: need, need: { index: [0, 0, 0] } }'), ['study.yaml:11:91 scenarios.base.invest[0].allocate.need.index: must be above 0 for at least one']],
    ['a pace of change from shares that do not sum to 1', allocated('{ rule: pace-of-change, from: [0.2, 0.2, 0.2], to: { rule: universal }, perYear: 0.1 }'), ['study.yaml:11:92 scenarios.base.invest[0].allocate.from: must sum to 1; found 0.6']],
    ['a list where specialties have codes', withProgramme('{ lever: capacity, budget: { perYear: 1 }, across: { specialties: { rule: custom, weights: [1] } } }'), ['study.yaml:11:100 scenarios.base.invest[0].across.specialties.weights: a list is for deprivation groups; give each specialty by its code']],
    ['a hub to which nobody has access', withTop('assumptions: { hubAccess: [0, 0, 0] }'), ['study.yaml:10:27 assumptions.hubAccess: must be above 0 for at least one group']],
    ['a way to vary that there is not', withTop('assumptions: { dnaRate: { by: agge, values: { a: 0.1 } } }'), ['study.yaml:10:31 assumptions.dnaRate.by: unknown way to vary "agge"; allowed: specialty, system, deprivation, priority']],
    ['a priority level that there is not', withTop('assumptions: { dnaRate: { by: priority, values: { P9: 0.1 } } }'), ['study.yaml:10:51 assumptions.dnaRate.values.P9: unknown priority level "P9"; allowed: all']],
    ['a system that there is not', withTop('assumptions: { dnaRate: { by: system, values: { QYG: 0.1 } } }'), ['study.yaml:10:49 assumptions.dnaRate.values.QYG: unknown system "QYG"; allowed: INLINE']],
    ['a correlation where nothing is uncertain', withTop('correlations: [{ between: [assumptions.backfillShare, assumptions.dnaRate], rank: 0.5 }]'), ['study.yaml:10:28 correlations[0].between[0]: no number of this study is a distribution, so that there is nothing to correlate', 'study.yaml:10:55 correlations[0].between[1]: no number of this study is a distribution, so that there is nothing to correlate']],
    ['a correlation with a number that is not uncertain', withTop(UNCERTAIN + 'correlations: [{ between: [assumptions.backfillShare, assumptions.dnaRat], rank: 0.5 }]'), ['study.yaml:12:55 correlations[0].between[1]: unknown uncertain parameter "assumptions.dnaRat"; did you mean "assumptions.dnaRate"?']],
    ['a correlation of a number with itself', withTop(UNCERTAIN + 'correlations: [{ between: [assumptions.backfillShare, assumptions.backfillShare], rank: 0.5 }]'), ['study.yaml:12:27 correlations[0].between: must be two different parameters']],
    ['a pair that is correlated twice, either way round', withTop(UNCERTAIN + 'correlations: [{ between: [assumptions.backfillShare, assumptions.dnaRate], rank: 0.5 }, { between: [assumptions.dnaRate, assumptions.backfillShare], rank: 0.5 }]'), ['study.yaml:12:101 correlations[1].between: this pair is listed twice']],
    ['fewer draws than what is correlated needs', withTop(UNCERTAIN.replace('draws: 4', 'draws: 2') + 'correlations: [{ between: [assumptions.backfillShare, assumptions.dnaRate], rank: 0.5 }]'), ['study.yaml:12:15 correlations: needs more draws than parameters that are correlated: at least 3; the study takes 2']],
    ['weights of chance by which nobody would be treated', withSpecialty('clockStartsPerWeek: 12, chanceWeight: { firstAppointment: [0, 0] }'), ['study.yaml:6:78 baseline.specialties[0].chanceWeight.firstAppointment: must be above 0 for at least one number of weeks waited']],
    ['clock starts by group of too few groups', withSpecialty('clockStartsPerWeek: [12, 1]'), ['study.yaml:6:40 baseline.specialties[0].clockStartsPerWeek: must have one entry per group, 3; it has 2']],
    ['a target for a group that there is not', withTop('targets: [{ id: t, measure: waiting, atMost: 3, by: 2026-06-01, group: 9 }]'), ['study.yaml:10:72 targets[0].group: unknown deprivation group 9; this baseline has groups 1 to 3']],
    ['a target after the study', withTop('targets: [{ id: t, measure: waiting, atMost: 3, by: 2036-06-01 }]'), ['study.yaml:10:53 targets[0].by: must lie within the study, which runs from 2026-04-06 to 2026-08-23']],
    ['a winter that does nothing', withBase('    shocks: [{ kind: winter, weeks: [2026-04-06] }]\n'), ['study.yaml:10:14 scenarios.base.shocks[0]: has no effect; give capacityLoss, dnaOdds, emergencyFactor, deathFactor or chanceWeight']],
    ['a change of funding with one side only', withBase('    shocks: [{ kind: funding-change, weeks: [2026-04-06], capacityChange: { dist: lognormal, mean: 0.1, sd: 0.1 } }]\n'), ['study.yaml:10:75 scenarios.base.shocks[0].capacityChange: a lognormal distribution cannot go both ways; use normal, uniform, triangular, pert or quantiles']],
    ['nothing for a number', withTop('replications: null'), ['study.yaml:10:15 replications: must be a number; found null']],
    ['a list for a number', withTop('replications: [1]'), ['study.yaml:10:15 replications: must be a number; found a list']],
    ['a block of keys for a number', withTop('replications: { a: 1 }'), ['study.yaml:10:15 replications: must be a number; found a block of keys']],
    ['a long text for a number, which is shortened', withTop(`replications: ${'x'.repeat(90)}`), ['study.yaml:10:15 replications: must be a number; found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"']],
    ['no specialty', SMALL_STUDY.replace(/specialties:[\s\S]*?\ntime/, 'specialties: []\ntime'), ['study.yaml:5:16 baseline.specialties: must have at least 1 entry']],
  ]

  it.each(cases)('%s', async (_, study, expected) => {
    expect(await complaints(study)).toEqual(expected)
  })
})
