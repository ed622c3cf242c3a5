/** What a sample of pathways says of the whole list, and how sure it is of it. */
import { describe, expect, it } from 'vitest'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { runStudy } from '../../src/experiment/run-study.ts'
import { confidenceInterval } from '../../src/measures/interval.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { resolved } from '../scenario/helpers.ts'

const study = (seed: string, sample: number, replications: number): string => `
schemaVersion: 1
name: sample
baseline:
  groups: [5000, 5000]
  specialties:
    - { code: T_1, clockStartsPerWeek: 200, waiting: [200, 190, 180, 170, 160], firstAppointmentsPerWeek: 190, exits: { removedPerWeek: 0.01 } }
time: { start: 2026-04-06, weeks: 26 }
seed: ${seed}
sample: ${sample}
replications: ${replications}
assumptions: { dnaRate: 0.08, inTurnShareFirst: 0.5 }
scenarios:
  one: {}
  more: { adjust: [{ assumption: capacityFactor, set: 1.05 }] }
`

const run = async (seed: string, sample: number, replications: number): Promise<StudyResults> =>
  runStudy(await resolved(study(seed, sample, replications)), createInlineBackend())

function atEnd({ catalogue, scenarios }: StudyResults, scenario: number, measure: string) {
  const series = catalogue.keys.findIndex((key) => key.specialty === 'all' && key.stage === 'all' && key.dimension === 'all' && key.measure === measure)
  const at = (series + 1) * catalogue.dates.length - 1
  const { mean, sd, n, difference, differenceSd, differenceN } = scenarios[scenario]
  return {
    level: { mean: mean[at], sd: sd[at], ...confidenceInterval(mean[at], sd[at], n[at]) },
    change: { mean: difference[at], ...confidenceInterval(difference[at], differenceSd[at], differenceN[at]) },
  }
}

const STUDIES = 200
const REPLICATIONS = 5
/**
 * Of 200 intervals that each cover with 95%, fewer than 180 do with probability 0.001, and all 200 with 0.00004. A true
 * coverage of 85% is let through with probability 0.03.
 */
const FEWEST = 180
const MOST = 199

describe('a tenth of the pathways', async () => {
  const whole = await run('whole', 1, 60)
  const tenths: StudyResults[] = []
  for (let index = 0; index < STUDIES; index += 1) tenths.push(await run(`tenth-${index}`, 0.1, REPLICATIONS))

  it.each(['waiting', 'clock-starts', 'mean-wait'])('has an interval that holds the whole list’s mean 95 times in 100: %s', (measure) => {
    const truth = atEnd(whole, 0, measure).level
    const covered = tenths.filter((each) => {
      const { lower, upper } = atEnd(each, 0, measure).level
      return lower <= truth.mean && truth.mean <= upper
    }).length
    expect(covered).toBeGreaterThanOrEqual(FEWEST)
    expect(covered).toBeLessThanOrEqual(MOST)
  })

  it('has an interval that holds the whole list’s change from the reference as often', () => {
    const truth = atEnd(whole, 1, 'waiting').change.mean
    const covered = tenths.filter((each) => {
      const { lower, upper } = atEnd(each, 1, 'waiting').change
      return lower <= truth && truth <= upper
    }).length
    expect(covered).toBeGreaterThanOrEqual(FEWEST)
  })

  it('varies about √10 times as much as the whole', () => {
    const spread = tenths.reduce((sum, each) => sum + atEnd(each, 0, 'waiting').level.sd ** 2, 0) / STUDIES
    const times = Math.sqrt(spread) / atEnd(whole, 0, 'waiting').level.sd
    expect(times).toBeGreaterThan(Math.sqrt(10) * 0.75)
    expect(times).toBeLessThan(Math.sqrt(10) * 1.35)
  })
})

describe('one run of a sample', () => {
  it('has a mean and no interval', async () => {
    const { level, change } = atEnd(await run('alone', 0.1, 1), 1, 'waiting')
    expect(level.mean).toBeGreaterThan(0)
    expect([level.lower, level.upper, change.lower, change.upper].every(Number.isNaN)).toBe(true)
  })
})
