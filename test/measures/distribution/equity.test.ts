import { describe, expect, it } from 'vitest'
import { SAMPLES } from '../../../src/measures/distribution/assumptions.ts'
import { compareEquity } from '../../../src/measures/distribution/equity.ts'
import type { Equity, ScenarioEquity } from '../../../src/measures/distribution/equity-types.ts'
import { STANDARD_HEALTH } from '../../../src/measures/health/assumptions.ts'
import { FIFTHS, losing, runsOf } from './results.ts'

function compared(input: Parameters<typeof compareEquity>[0]): Equity {
  const equity = compareEquity(input)
  if (equity === null) throw new Error('nothing was compared')
  return equity
}

function scenario(equity: Equity, id: string): ScenarioEquity {
  const found = equity.scenarios.find((each) => each.id === id)
  if (found === undefined) throw new Error(`no scenario ${id}`)
  return found
}

const BEFORE = [500, 450, 420, 400, 380]
/** A year's worth falls in the middle of its year. */
const discountAt = (rate: number): number => (1 + rate) ** -0.5 + (1 + rate) ** -1.5
const DISCOUNT = discountAt(STANDARD_HEALTH.discountRates.health)
const POUNDS = 8500

describe('net health', () => {
  const after = [400, 400, 400, 400, 380]
  const equity = compared(
    runsOf({ before: [losing(BEFORE), losing(BEFORE)], after: [losing(after, 850_000), losing(after, 850_000)] }),
  )
  const found = scenario(equity, 'after')

  it('is QALYs gained by waiting less, discounted', () => {
    expect(found.healthGain.mean / (170 * DISCOUNT)).toBeCloseTo(1, 4)
    expect(found.netHealthByGroup[0].healthGain.mean / (100 * DISCOUNT)).toBeCloseTo(1, 4)
  })

  it('less what the money would have done elsewhere, by who would have had it', () => {
    const forgone = (850_000 / POUNDS) * DISCOUNT
    expect(found.totalNetHealth.mean / (170 * DISCOUNT - forgone)).toBeCloseTo(1, 4)
    const net = found.netHealthByGroup.map(({ netHealth }) => netHealth.mean)
    expect(net[0] / (100 * DISCOUNT - 0.23 * forgone)).toBeCloseTo(1, 4)
    expect(net.reduce((sum, each) => sum + each, 0)).toBeCloseTo(found.totalNetHealth.mean, 8)
  })

  it('gives the price of a QALY gained', () => {
    expect(found.poundsPerQalyGained).toBeCloseTo(850_000 / 170, 4)
    const idle = compared(runsOf({ before: [losing(BEFORE)], idle: [losing(BEFORE, 850_000)] }))
    expect(scenario(idle, 'idle').poundsPerQalyGained).toBeNaN()
  })

  it('favours the most deprived where the gap is above nought', () => {
    expect(found.gap.mean).toBeGreaterThan(0)
    expect(found.quadrants.lessHealthLessFair + found.quadrants.moreHealthLessFair).toBeLessThan(0.5)
  })

  it('is exactly nought everywhere for the reference', () => {
    const own = scenario(equity, 'before')
    expect(own.totalNetHealth).toEqual({ mean: 0, lower: 0, upper: 0, rangeLower: 0, rangeUpper: 0 })
    expect(own.gap.mean).toBe(0)
    expect(own.quadrants.noDifference).toBe(1)
    expect(own.breakEvenAtkinson.verdict).toBe('no-difference')
    expect(own.acceptability.every(({ againstReference }) => againstReference === 0)).toBe(true)
  })
})

describe('equally-distributed equivalents', () => {
  it('of equal gains per resident change by that gain', () => {
    const equity = compared(runsOf({ before: [losing(BEFORE)], after: [losing(BEFORE.map((loss) => loss - 50))] }))
    const { kolm, atkinson, totalNetHealth } = scenario(equity, 'after')
    // Kolm's is translation invariant; Atkinson's is not, but nearly so for small gains of unequal levels.
    expect(kolm.change.mean / totalNetHealth.mean).toBeCloseTo(1, 6)
    expect(atkinson.change.mean).toBeGreaterThan(totalNetHealth.mean)
  })

  it('rise more than the mean where the most deprived gain, and less where the least deprived do', () => {
    const equity = compared(
      runsOf({
        before: [losing(BEFORE)],
        poor: [losing(BEFORE.with(0, 400))],
        rich: [losing(BEFORE.with(4, 280))],
      }),
    )
    for (const kind of ['atkinson', 'kolm'] as const) {
      const change = (id: string): number => scenario(equity, id)[kind].change.mean
      expect(change('poor')).toBeGreaterThan(scenario(equity, 'poor').totalNetHealth.mean)
      expect(change('rich')).toBeLessThan(scenario(equity, 'rich').totalNetHealth.mean)
      expect(change('poor') / change('rich')).toBeGreaterThan(4)
    }
  })
})

describe('the price of equity', () => {
  // Targeted: 100 for the most deprived. Universal: 120, spread evenly.
  const equity = compared(
    runsOf({
      universal: [losing(BEFORE.map((loss) => loss - 24))],
      targeted: [losing(BEFORE.with(0, 400))],
    }),
  )

  it('is the aversion from which the fairer scenario is preferred to the more efficient one', () => {
    const { breakEvenAtkinson, breakEvenKolm, totalNetHealth, gap, acceptability } = scenario(equity, 'targeted')
    expect(totalNetHealth.mean).toBeLessThan(0)
    expect(gap.mean).toBeGreaterThan(0)
    expect(breakEvenAtkinson.verdict).toBe('preferred-above')
    expect(breakEvenKolm.verdict).toBe('preferred-above')
    const preferredFrom = acceptability.find(({ againstReference }) => againstReference === 1)?.epsilon ?? Number.NaN
    expect(preferredFrom).toBe(Math.ceil(breakEvenAtkinson.value))
  })

  it('is asked against the most efficient scenario, whichever that is', () => {
    const three = compared(
      runsOf({
        nothing: [losing(BEFORE)],
        universal: [losing(BEFORE.map((loss) => loss - 24))],
        targeted: [losing(BEFORE.with(0, 400))],
      }),
    )
    expect(three.mostEfficient).toBe('universal')
    const { priceOfEquity, breakEvenAtkinson } = scenario(three, 'targeted')
    const direct = scenario(equity, 'targeted')
    expect(breakEvenAtkinson.verdict).toBe('always-preferred')
    expect(priceOfEquity.netHealth.mean).toBeCloseTo(direct.totalNetHealth.mean, 8)
    expect(priceOfEquity.gap.mean).toBeCloseTo(direct.gap.mean, 8)
    expect(priceOfEquity.atkinson.value).toBeCloseTo(direct.breakEvenAtkinson.value, 6)
    expect(scenario(three, 'universal').priceOfEquity.atkinson.verdict).toBe('no-difference')
  })
})

describe('probabilities', () => {
  const noisy = (seed: number, gain: number) => losing(BEFORE.map((loss, group) => loss - gain * Math.sin(seed + group)))
  const equity = compared(
    runsOf({
      before: [0, 1, 2, 3, 4, 5].map(() => losing(BEFORE)),
      a: [0, 1, 2, 3, 4, 5].map((seed) => noisy(seed, 30)),
      b: [0, 1, 2, 3, 4, 5].map((seed) => noisy(seed + 0.5, 30)),
    }),
  )

  it('of quadrants sum to one', () => {
    for (const { quadrants } of equity.scenarios) {
      expect(Object.values(quadrants).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    }
  })

  it('of being the best sum to one over scenarios at every aversion', () => {
    const [first] = equity.scenarios
    first.acceptability.forEach(({ epsilon }, at) => {
      expect(epsilon).toBe(at)
      expect(equity.scenarios.reduce((sum, each) => sum + each.acceptability[at].probability, 0)).toBeCloseTo(1, 9)
    })
    expect(first.acceptability).toHaveLength(21)
  })

  it('count every run as often as any other', () => {
    expect(equity.perspective.samples % 6).toBe(0)
    expect(equity.perspective.samples).toBeGreaterThanOrEqual(SAMPLES)
  })

  it('do not change with the order of runs in the table', () => {
    const input = runsOf({ before: [losing(BEFORE)], after: [losing(BEFORE.with(0, 480))] })
    const runs = input.runRows.runs.toReversed()
    expect(compareEquity({ ...input, runRows: { ...input.runRows, runs } })).toEqual(compareEquity(input))
  })
})

describe('uncertain weights', () => {
  it('widen the range beyond the play of chance, around the same mean', () => {
    const run = (loss: readonly number[]) => [losing(loss), losing(loss), losing(loss)]
    const equity = compared(runsOf({ before: run(BEFORE), after: run(BEFORE.map((loss) => loss - 40)) }))
    const { healthGain } = scenario(equity, 'after')
    expect(healthGain.upper - healthGain.lower).toBeLessThan(1e-6)
    // Relative standard deviation 0.8, lognormal: 2.5% and 97.5% at 0.197 and 3.10 times the mean.
    expect(healthGain.rangeLower / healthGain.mean).toBeGreaterThan(0.15)
    expect(healthGain.rangeLower / healthGain.mean).toBeLessThan(0.25)
    expect(healthGain.rangeUpper / healthGain.mean).toBeGreaterThan(2.6)
    expect(healthGain.rangeUpper / healthGain.mean).toBeLessThan(3.7)
  })

  it('have no spread where a study says that it is sure of them', () => {
    const input = runsOf({ before: [losing(BEFORE)], after: [losing(BEFORE.map((loss) => loss - 40))] })
    const [weight] = STANDARD_HEALTH.weights
    const sure = { ...STANDARD_HEALTH, weights: [{ ...weight, relativeSd: 0 }] as const }
    const { healthGain } = scenario(compared({ ...input, health: sure }), 'after')
    expect(healthGain.rangeLower / healthGain.mean).toBeCloseTo(1, 9)
    expect(healthGain.rangeUpper / healthGain.mean).toBeCloseTo(1, 9)
  })

  it('move specialties of one weight together and others apart', () => {
    const [one, other] = [['C_120', 'C_100'], ['C_120', 'C_130']].map((codes) => {
      const input = runsOf({ before: [losing(BEFORE)], after: [losing(BEFORE.map((loss) => loss - 40))] }, FIFTHS, codes)
      const { mean, rangeUpper, rangeLower } = scenario(compared(input), 'after').healthGain
      return (rangeUpper - rangeLower) / mean
    })
    expect(one).toBeGreaterThan(other * 1.2)
  })
})

describe('nothing to compare', () => {
  it('is said so: one group with residents, or no runs', () => {
    const alone = { ...FIFTHS, groups: FIFTHS.groups.map((group, index) => ({ ...group, population: index === 0 ? 9 : 0 })) }
    expect(compareEquity(runsOf({ before: [losing(BEFORE)] }, alone))).toBeNull()
    expect(compareEquity(runsOf({ before: [] }))).toBeNull()
  })

  it('leaves out a group without residents', () => {
    const four = { ...FIFTHS, groups: FIFTHS.groups.map((group, index) => ({ ...group, population: index === 2 ? 0 : 9 })) }
    const equity = compared(runsOf({ before: [losing(BEFORE)], after: [losing(BEFORE.with(0, 400))] }, four))
    expect(equity.perspective.groups.map(({ group }) => group)).toEqual(['1', '2', '4', '5'])
    expect(scenario(equity, 'after').totalNetHealth.mean).toBeGreaterThan(0)
  })
})

describe('what a study sets itself', () => {
  const input = runsOf({ before: [losing(BEFORE)], after: [losing(BEFORE.with(0, 400), 850_000)] })
  const gained = (health: Partial<typeof STANDARD_HEALTH>): ScenarioEquity =>
    scenario(compared({ ...input, health: { ...STANDARD_HEALTH, ...health } }), 'after')

  it('is what money would have bought elsewhere', () => {
    const found = gained({ poundsPerQaly: { low: 20_000, high: 30_000 } })
    expect(found.totalNetHealth.mean / (100 * DISCOUNT - (850_000 / 25_000) * DISCOUNT)).toBeCloseTo(1, 4)
  })

  it('is each discount rate by itself, none leaving years as they are', () => {
    const found = gained({ discountRates: { health: 0, money: 0.035 } })
    expect(found.healthGain.mean).toBeCloseTo(200, 9)
    expect(found.spend.mean / (850_000 * discountAt(0.035))).toBeCloseTo(1, 4)
  })

  it('is the cost of deaths, which the spread of weights leaves alone', () => {
    // All of the loss is of deaths: one death costs one QALY.
    const dying = (byGroup: readonly number[]): typeof valueOf => (place) =>
      place.measure === 'deaths-to-date' ? valueOf({ ...place, measure: 'qalys-lost-to-date' }, byGroup) : valueOf(place, byGroup)
    const valueOf = (place: Parameters<ReturnType<typeof losing>>[0], byGroup: readonly number[] = BEFORE): number => losing(byGroup)(place)
    const runs = runsOf({ before: [dying(BEFORE)], after: [dying(BEFORE.with(0, 400))] })
    const { healthGain } = scenario(compared({ ...runs, health: { ...STANDARD_HEALTH, qalysPerDeath: 1 } }), 'after')
    expect(healthGain.mean / (100 * DISCOUNT)).toBeCloseTo(1, 4)
    expect(healthGain.rangeUpper / healthGain.mean).toBeCloseTo(1, 9)
  })
})

describe('net health in a study of draws', () => {
  it('has its interval over the means of draws', () => {
    const gains = [10, 11, 80, 81]
    const input = runsOf({
      before: gains.map(() => losing(BEFORE)),
      after: gains.map((gain) => losing(BEFORE.map((loss) => loss - gain))),
    })
    const widthOf = (runsPerDraw: number): number => {
      const { healthGain } = scenario(compared({ ...input, runsPerDraw }), 'after')
      expect(healthGain.mean / (45.5 * 5 * DISCOUNT)).toBeCloseTo(1, 4)
      return healthGain.upper - healthGain.lower
    }
    expect(widthOf(2)).toBeGreaterThan(2 * widthOf(1))
  })
})
