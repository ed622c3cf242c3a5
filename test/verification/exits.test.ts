import { describe, expect, it } from 'vitest'
import type { ServiceCensus } from '../../src/model/census.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'
import { flowAt, level, simulate, tablesOf, waitingAt } from '../model/tables-fixture.ts'
import type { ServiceParts } from '../model/tables-fixture.ts'
import { ALPHA, goodnessOfFit, power } from './statistics.ts'

/** Long enough to pass the moment at which the kernel looks for exits a second time. */
const WEEKS = 60
const PEOPLE = 100_000

/** Hazards per week of the five causes by weeks waited. */
type Hazards = (cause: number, week: number) => number

/** Everybody's clock starts in the first week, and nobody is ever treated. */
function serviceOf(hazards: Hazards): ServiceParts {
  return {
    steps: WEEKS,
    clockStarts: (step) => (step === 0 ? PEOPLE : 0),
    hazards: Object.fromEntries(EXIT_CAUSES.map((cause, index) => [cause, (_: number, week: number) => hazards(index, week)])),
  }
}

/**
 * Probabilities of leaving, by cause and then by week, and of staying, in closed form: within a week of constant
 * hazards h the chance to leave is 1 − e^−Σh, by cause in proportion to h.
 */
function closedForm(hazards: Hazards): number[] {
  const byCause = EXIT_CAUSES.map((): number[] => [])
  let staying = 1
  for (let week = 0; week < WEEKS; week++) {
    const own = EXIT_CAUSES.map((_, cause) => hazards(cause, week))
    const all = own.reduce((total, hazard) => total + hazard, 0)
    const leaving = staying * (1 - Math.exp(-all))
    own.forEach((hazard, cause) => byCause[cause].push(all > 0 ? (leaving * hazard) / all : 0))
    staying -= leaving
  }
  return [...byCause.flat(), staying]
}

/** The same cells as counted. */
function counts(census: ServiceCensus): number[] {
  const weeks = Array.from({ length: WEEKS }, (_, week) => week + 1)
  return [...EXIT_CAUSES.flatMap((cause) => weeks.map((row) => flowAt(census, cause, row, 0))), waitingAt(census, WEEKS, 0)]
}

const CONSTANT = [0.012, 0.003, 0.0008, 0.0015, 0.006]

const CASES: readonly { readonly name: string; readonly hazards: Hazards }[] = [
  { name: 'constant hazards', hazards: (cause) => CONSTANT[cause] },
  { name: 'hazards that rise with weeks waited', hazards: (cause, week) => CONSTANT[cause] * (0.2 + week / 20) },
  { name: 'hazards that begin, end and cross', hazards: (cause, week) => (week % (10 + 5 * cause) < 5 + cause ? 4 * CONSTANT[cause] : 0) },
]

describe('competing exits alone', () => {
  it.for(CASES)('come by week and cause as in closed form: $name', async ({ hazards }, { annotate }) => {
    const exact = closedForm(hazards)
    const fit = goodnessOfFit(counts(simulate(tablesOf(serviceOf(hazards)))), exact)
    const detects = power(exact, closedForm((cause, week) => hazards(cause, week) * (cause === 1 ? 1.15 : 1)), PEOPLE)
    await annotate(`χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}; power for one hazard of five 15% higher ${detects.toFixed(4)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
    expect(detects).toBeGreaterThan(0.9)
  })

  it('follow further removals that begin in mid-wait, from the weeks waited at which they act', async ({ annotate }) => {
    const validation = { fromWeek: 12, hazard: (step: number): number => (step >= 20 && step < 40 ? 0.03 : 0) }
    const exact = closedForm((cause, week) => CONSTANT[cause] + (cause === 0 && week >= 12 ? validation.hazard(week) : 0))
    const fit = goodnessOfFit(counts(simulate(tablesOf({ ...serviceOf((cause) => CONSTANT[cause]), validation }))), exact)
    await annotate(`χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
  })

  it('are the same for people on the list at the start, from the weeks that they have waited', async ({ annotate }) => {
    const band = 7
    const hazards: Hazards = (cause, week) => CONSTANT[cause] * (0.2 + week / 20)
    const parts = serviceOf(hazards)
    const waiting = Array.from({ length: band + 1 }, (_, week) => (week === band ? PEOPLE : 0))
    // They have waited `band` whole weeks at the end of the week before the first.
    const exact = closedForm((cause, week) => hazards(cause, week + band + 1))
    const fit = goodnessOfFit(counts(simulate(tablesOf({ ...parts, clockStarts: level(0), waitingFirst: [waiting] }))), exact)
    await annotate(`χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
  })
})
