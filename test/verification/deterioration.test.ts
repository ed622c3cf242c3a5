import { describe, expect, it } from 'vitest'
import { frailtyFactors } from '../../src/model/compile/frailty.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import { flowAt, flowOver, level, simulate, sum, tablesOf, waitingAt, waitingByBand } from '../model/tables-fixture.ts'
import type { ServiceParts } from '../model/tables-fixture.ts'
import { ALPHA, goodnessOfFit, power } from './statistics.ts'
import type { Fit } from './statistics.ts'

/** Beyond the week in which those without an exit so far are looked at again. */
const WEEKS = 60
const PEOPLE = 100_000

interface Hazards {
  /** Per week, of moving up from each level but the highest. */
  readonly up: readonly number[]
  /** Per week, of dying at each level. */
  readonly dying: readonly number[]
}

/** Probabilities by level and week: moves from it, deaths at it. */
interface Course {
  readonly moves: number[][]
  readonly deaths: number[][]
  /** Share at each level after the last week. */
  readonly staying: number[]
}

/**
 * The exact course of people who all start at level 0 at once. A week's hazards h come to 1 − e^−h. The week's deaths are
 * by the level at its beginning; of the others some move up, and may move again in the same week.
 */
function courseOf({ up, dying }: Hazards, weeks: number): Course {
  const levels = dying.length
  const zero = (): number[][] => Array.from({ length: levels }, () => Array.from({ length: weeks }, () => 0))
  const course: Course = { moves: zero(), deaths: zero(), staying: Array.from({ length: levels }, (_, rank) => (rank === 0 ? 1 : 0)) }
  const { staying } = course
  for (let week = 0; week < weeks; week++) {
    for (let rank = 0; rank < levels; rank++) {
      course.deaths[rank][week] = staying[rank] * (1 - Math.exp(-dying[rank]))
      staying[rank] -= course.deaths[rank][week]
    }
    // From the lowest level on, so that whoever has moved may move again.
    for (let rank = 0; rank < levels - 1; rank++) {
      course.moves[rank][week] = staying[rank] * (1 - Math.exp(-up[rank]))
      staying[rank] -= course.moves[rank][week]
      staying[rank + 1] += course.moves[rank][week]
    }
  }
  return course
}

function serviceOf({ up, dying }: Hazards): ServiceParts {
  return {
    steps: WEEKS,
    strata: dying.length,
    levels: dying.length,
    clockStarts: (step, stratum) => (step === 0 && stratum === 0 ? PEOPLE : 0),
    deteriorationFirst: (stratum) => up[stratum] ?? 0,
    hazards: { died: (stratum) => dying[stratum] },
    exitsByLevel: dying.some((hazard) => hazard !== dying[0]),
  }
}

const weekly = (census: ServiceCensus, flow: 'deteriorated' | 'died', stratum: number): number[] =>
  Array.from({ length: WEEKS }, (_, week) => flowAt(census, flow, week + 1, stratum))

/** Counts and probabilities by week, with everybody else in a last cell. */
const withRest = (values: readonly number[], all: number): number[] => [...values, all - sum(values)]

const fitOf = (counts: readonly number[], probabilities: readonly number[], people: number): Fit => goodnessOfFit(withRest(counts, people), withRest(probabilities, 1))

describe('deterioration', () => {
  const hazards: Hazards = { up: [0.03, 0.05], dying: [0.01, 0.01, 0.01] }

  it.for([0, 1])('moves people up from level %d week by week as in the exact course of two moves with deaths between', async (rank, { annotate }) => {
    const census = simulate(tablesOf(serviceOf(hazards)))
    const people = flowOver(census, 'clockStarts')
    const exact = courseOf(hazards, WEEKS).moves[rank]
    const fit = fitOf(weekly(census, 'deteriorated', rank), exact, people)
    const other = courseOf({ ...hazards, up: hazards.up.map((hazard, index) => (index === rank ? hazard * 1.08 : hazard)) }, WEEKS).moves[rank]
    const detects = power(withRest(exact, 1), withRest(other, 1), people)
    await annotate(`χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}; power for this hazard 8% higher ${detects.toFixed(4)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
    expect(detects).toBeGreaterThan(0.95)
  })

  it('alone comes near the phase-type law in continuous time: 1 − e^−ht have left the first level, and the two moves convolve', async ({ annotate }) => {
    const [a, b] = hazards.up
    const census = simulate(tablesOf(serviceOf({ ...hazards, dying: [0, 0, 0] })))
    const people = flowOver(census, 'clockStarts')
    let farthest = 0
    for (const week of [10, 30, 60]) {
      const [first, second, third] = [0, 1, 2].map((stratum) => waitingAt(census, week, stratum) / people)
      farthest = Math.max(farthest, Math.abs(first - Math.exp(-a * week)))
      const both = 1 - (b * Math.exp(-a * week) - a * Math.exp(-b * week)) / (b - a)
      farthest = Math.max(farthest, Math.abs(third - both))
      expect(first + second + third).toBeCloseTo(1, 10)
    }
    await annotate(`largest difference of shares ${farthest.toFixed(4)}`)
    // A second move in the week of the first acts for the whole week instead of half of it: at most b ÷ 2 of the movers of a week, 0.3 points here.
    expect(farthest).toBeLessThan(0.01)
  })

  it('re-orders those already waiting: in strict classes they are seen before everybody of the level they left', () => {
    const parts: ServiceParts = {
      steps: 30,
      strata: 2,
      levels: 2,
      clockStarts: (_, stratum) => (stratum === 0 ? 60 : 0),
      waitingFirst: [Array.from({ length: 20 }, () => 40)],
      deteriorationFirst: level(0.04),
      firstSlots: { open: () => 55 },
      headStart: (_, stratum) => 300 * stratum,
    }
    const census = simulate(tablesOf(parts))
    expect(flowOver(census, 'deteriorated')).toBeGreaterThan(300)
    for (let row = 1; row <= 30; row++) {
      // More slots than movers: nobody at the higher level waits on, however short their wait.
      expect(flowAt(census, 'deteriorated', row, 0)).toBeLessThan(55)
      expect(sum(waitingByBand(census, row, 0, 1))).toBe(0)
      expect(flowAt(census, 'nonAdmitted', row, 1)).toBe(flowAt(census, 'deteriorated', row, 0))
    }
  })

  it('by chance moves people to the weight of the new level from that week on', async ({ annotate }) => {
    // Level 1 has four times the chance. Everybody starts at level 0, half of them move in the first week.
    const parts: ServiceParts = {
      steps: 3,
      strata: 2,
      levels: 2,
      waitingFirst: [[PEOPLE]],
      deteriorationFirst: level(Math.LN2),
      groupWeight: (_, stratum) => (stratum === 1 ? 4 : 1),
      firstSlots: { open: (step) => (step === 0 ? 6000 : 0), inTurnShare: 0 },
    }
    const census = simulate(tablesOf(parts))
    const moved = flowAt(census, 'deteriorated', 1, 0)
    const hazard = (stratum: number, waiting: number): number => -Math.log(1 - flowAt(census, 'nonAdmitted', 1, stratum) / waiting)
    const ratio = hazard(1, moved) / hazard(0, PEOPLE - moved)
    await annotate(`ratio of hazards ${ratio.toFixed(3)}, put in 4`)
    // Standard error of its logarithm: √(1 ÷ 4,800 + 1 ÷ 1,200) = 3.2%.
    expect(Math.abs(Math.log(ratio / 4))).toBeLessThan(4 * 0.032)
  })
})

describe('exits by level, with changes in mid-wait', () => {
  const hazards: Hazards = { up: [0.03, 0.04], dying: [0.005, 0.02, 0.05] }

  it.for([0, 1, 2])('come at level %d week by week as in the exact course', async (rank, { annotate }) => {
    const census = simulate(tablesOf(serviceOf(hazards)))
    const people = flowOver(census, 'clockStarts')
    const exact = courseOf(hazards, WEEKS).deaths[rank]
    const fit = fitOf(weekly(census, 'died', rank), exact, people)
    const other = courseOf({ ...hazards, dying: hazards.dying.map((hazard, index) => (index === rank ? hazard * 1.15 : hazard)) }, WEEKS).deaths[rank]
    const detects = power(withRest(exact, 1), withRest(other, 1), people)
    await annotate(`χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}; power for this hazard 15% higher ${detects.toFixed(4)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
    expect(detects).toBeGreaterThan(0.9)
  })

  it('falling with the level come as in the exact course as well: nobody is spared what the level has', async ({ annotate }) => {
    const falling: Hazards = { up: [0.05, 0.05], dying: [0.04, 0.01, 0.002] }
    const census = simulate(tablesOf(serviceOf(falling)))
    const people = flowOver(census, 'clockStarts')
    const { deaths } = courseOf(falling, WEEKS)
    const fit = fitOf([0, 1, 2].flatMap((rank) => weekly(census, 'died', rank)), deaths.flat(), people)
    await annotate(`χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
  })

  it('follow a level given at the decision to admit, from the week after', async ({ annotate }) => {
    const dying = [0.01, 0.06]
    const parts: ServiceParts = {
      steps: 40,
      strata: 2,
      levels: 2,
      clockStarts: (step, stratum) => (step === 0 && stratum === 0 ? PEOPLE : 0),
      hazards: { died: (stratum) => dying[stratum] },
      exitsByLevel: true,
      admittedShare: 1,
      levelShares: [0.5],
      // Everybody is decided on in the tenth week.
      firstSlots: { open: (step) => (step === 9 ? 2 * PEOPLE : 0) },
    }
    const census = simulate(tablesOf(parts))
    const people = flowOver(census, 'clockStarts')
    const tenth = Math.exp(-10 * dying[0])
    const exact = [0, 1].flatMap((rank) =>
      Array.from({ length: 40 }, (_, week) =>
        week < 10 ? (rank === 0 ? Math.exp(-week * dying[0]) * (1 - Math.exp(-dying[0])) : 0) : 0.5 * tenth * Math.exp(-(week - 10) * dying[rank]) * (1 - Math.exp(-dying[rank])),
      ),
    )
    const counts = [0, 1].flatMap((rank) => Array.from({ length: 40 }, (_, week) => flowAt(census, 'died', week + 1, rank)))
    const fit = fitOf(counts, exact, people)
    await annotate(`χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
  })
})

describe('individual frailty', () => {
  const variance = 1.5
  const hazard = 0.05
  const frailty = frailtyFactors(variance) ?? new Float64Array(0)
  const weeks = Array.from({ length: WEEKS }, (_, week) => week)
  /** Share surviving a cumulative hazard, of people of these factors. */
  const surviving = (met: number): number => sum(frailty.map((factor) => Math.exp(-factor * met))) / frailty.length
  const byWeek = (survival: (met: number) => number, own: number): number[] => weeks.map((week) => survival(own * week) - survival(own * (week + 1)))

  it('has survivors grow hardier as gamma frailty does: by e^−H of each class, and by (1 + θH)^(−1 ÷ θ) all together', async ({ annotate }) => {
    const census = simulate(tablesOf({ steps: WEEKS, clockStarts: (step) => (step === 0 ? PEOPLE : 0), hazards: { died: level(hazard) }, frailty: [...frailty] }))
    const people = flowOver(census, 'clockStarts')
    const exact = byWeek(surviving, hazard)
    const fit = fitOf(weekly(census, 'died', 0), exact, people)
    const without = byWeek((met) => Math.exp(-met), hazard)
    const detects = power(withRest(exact, 1), withRest(byWeek(surviving, hazard * 1.08), 1), people)
    const laplace = Math.max(...weeks.map((week) => Math.abs(surviving(hazard * week) - (1 + variance * hazard * week) ** (-1 / variance))))
    await annotate(`χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}; power for a hazard 8% higher ${detects.toFixed(4)}; 256 classes differ from the Laplace transform by at most ${laplace.toExponential(1)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
    expect(detects).toBeGreaterThan(0.95)
    expect(laplace).toBeLessThan(0.001)
    // Without frailty the misfit is gross.
    expect(fitOf(weekly(census, 'died', 0), without, people).p).toBeLessThan(1e-12)
  })

  it('is one person\'s own in deaths and in deterioration: those who moved up die sooner at equal hazards', async ({ annotate }) => {
    const census = simulate(
      tablesOf({ ...serviceOf({ up: [0.02], dying: [0.004, 0.004] }), clockStarts: (step, stratum) => (step === 0 && stratum === 0 ? PEOPLE : 0), frailty: [...frailty] }),
    )
    const hazardAt = (stratum: number, from: number, to: number): number => {
      const rows = Array.from({ length: to - from }, (_, index) => from + index)
      return sum(rows.map((row) => flowAt(census, 'died', row + 1, stratum))) / sum(rows.map((row) => waitingAt(census, row, stratum)))
    }
    // Those still at level 0 after a cumulative hazard H of both have mean frailty 1 ÷ (1 + θH); the rest must be frailer.
    const hardier = hazardAt(0, 40, 60) / 0.004
    const expected = 1 / (1 + variance * 50 * 0.024)
    const frailer = hazardAt(1, 40, 60) / 0.004
    await annotate(`mean frailty in weeks 40 to 60: ${hardier.toFixed(3)} at the lower level (theory ${expected.toFixed(3)}), ${frailer.toFixed(3)} at the higher`)
    expect(Math.abs(hardier / expected - 1)).toBeLessThan(0.15)
    expect(frailer).toBeGreaterThan(1.2)
  })
})
