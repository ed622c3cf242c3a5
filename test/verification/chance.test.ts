import { describe, expect, it } from 'vitest'
import { BANDS } from '../../src/baseline/types.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import { flowOver, listAt, simulate, simulateMany, sum, tablesOf } from '../model/tables-fixture.ts'
import type { ServiceParts, SlotParts } from '../model/tables-fixture.ts'
import { cohortsServed } from './cohorts.ts'
import { STANDARD_ERRORS } from './statistics.ts'

const slotsByChance = (slots: number): SlotParts => ({ open: () => slots, inTurnShare: 0 })

/** A list of people by weeks waited, the same in each of so many weeks. */
const evenList = (people: number, weeks: number): number[] => Array.from({ length: weeks }, () => people)

describe('weighted chance', () => {
  it.for([0, 0.37, 1])('uses exactly the slots of the week while enough people wait, in-turn share %d', (inTurnShare) => {
    const open = (step: number): number => [0, 7, 90, 31][step % 4]
    const parts = { steps: 80, clockStarts: () => 40, waitingFirst: [evenList(30, 20)], firstSlots: { open, inTurnShare }, chanceWeight: (week: number) => 1 + week }
    const census = simulate(tablesOf(parts))
    for (let row = 1; row <= 80; row++) {
      expect(listAt(census, row)).toBeGreaterThan(0)
      expect(flowOver(census, 'nonAdmitted', row, row)).toBe(open(row - 1))
    }
  })

  it('with flat weights is random order: served by age as drawn from an urn, given each week\'s list', async ({ annotate }) => {
    const groups = [0, 1, 3, 7, 15, 100]
    const tables = tablesOf({ steps: 100, clockStarts: () => 100, waitingFirst: [evenList(80, 12)], firstSlots: slotsByChance(100) })
    const [excess, spread] = [groups.slice(1).map(() => 0), groups.slice(1).map(() => 0)]
    simulateMany(tables, 40, (census) => {
      for (let row = 1; row <= census.steps; row++) {
        const cohorts = cohortsServed(census, row, 0)
        const waiting = sum(cohorts.map((cohort) => cohort.waiting))
        const slots = Math.min(100, waiting)
        excess.forEach((_, group) => {
          const own = cohorts.filter(({ age }) => age >= groups[group] && age < groups[group + 1])
          const share = sum(own.map((cohort) => cohort.waiting)) / waiting
          excess[group] += sum(own.map((cohort) => cohort.served)) - slots * share
          // Hypergeometric: drawn without replacement. Weeks are independent given their lists.
          spread[group] += (slots * share * (1 - share) * (waiting - slots)) / (waiting - 1)
        })
      }
    })
    const off = excess.map((value, group) => value / Math.sqrt(spread[group]))
    await annotate(`standard errors by weeks waited 0, 1–2, 3–6, 7–14, 15+: ${off.map((value) => value.toFixed(2)).join(', ')}`)
    for (const value of off) expect(Math.abs(value)).toBeLessThan(STANDARD_ERRORS)
  })

  it('with flat weights and a level list, gives geometric waits', async ({ annotate }) => {
    const slots = 4000
    const chance = 0.1
    // In steady state 4,000 ÷ 0.1 wait before the slots are given, geometrically by age.
    const waiting = Array.from({ length: BANDS }, (_, week) => Math.round(slots * (1 - chance) ** (week + 1)))
    const census = simulate(tablesOf({ steps: 60, clockStarts: () => slots, waitingFirst: [waiting], firstSlots: slotsByChance(slots) }))
    const served = Array.from({ length: BANDS }, (_, band) => sum(Array.from({ length: 60 }, (__, step) => census.nonAdmittedByBand[(step + 1) * BANDS + band])))
    const byAge = (age: number): number => (age < 0 ? 0 : chance * (1 - chance) ** age)
    // Starts and stops fall anywhere in their weeks: age n is published as band n − 1 or n; age 0 as band 0.
    const exact = served.map((_, band) => (band === 0 ? byAge(0) : byAge(band) / 2) + byAge(band + 1) / 2)
    let [cumulative, farthest] = [0, 0]
    served.forEach((count, band) => {
      cumulative += count / sum(served) - exact[band]
      farthest = Math.max(farthest, Math.abs(cumulative))
    })
    const level = listAt(census, 60) / listAt(census, 0)
    await annotate(`largest difference of cumulative shares ${farthest.toFixed(4)}; the list ends at ${level.toFixed(3)} of its start`)
    // The list itself drifts by a per cent or so, and the waits with it.
    expect(farthest).toBeLessThan(0.01)
  })
})

interface Arm {
  readonly served: number
  readonly waiting: number
}

/** Estimate and variance of ln(hazard of one ÷ hazard of other) in a week: hazard = −ln(1 − served ÷ waiting). */
function logRatio(one: Arm, other: Arm): { estimate: number; variance: number } {
  const hazard = ({ served, waiting }: Arm): number => -Math.log(1 - served / waiting)
  const variance = (arm: Arm): number => arm.served / (arm.waiting * (arm.waiting - arm.served)) / hazard(arm) ** 2
  return { estimate: Math.log(hazard(one) / hazard(other)), variance: variance(one) + variance(other) }
}

/** Pools estimates by their precision. */
class Pool {
  precision = 0
  weighted = 0
  add({ estimate, variance }: { estimate: number; variance: number }): void {
    this.precision += 1 / variance
    this.weighted += estimate / variance
  }

  get estimate(): number {
    return this.weighted / this.precision
  }

  get error(): number {
    return 1 / Math.sqrt(this.precision)
  }
}

/** Fewer served than this in a cell make its logarithm biased by more than a per cent or so. */
const LEAST_SERVED = 60

/** Log ratio of the hazards of strata 0 and 1 at equal weeks waited, pooled over weeks and ages. */
function strataRatio(census: ServiceCensus): Pool {
  const pool = new Pool()
  for (let row = 1; row <= census.steps; row++) {
    const cohorts = cohortsServed(census, row, 0)
    for (const one of cohorts.filter(({ stratum }) => stratum === 0)) {
      const other = cohorts.find(({ stratum, age }) => stratum === 1 && age === one.age)
      if (other === undefined || Math.min(one.served, other.served) < LEAST_SERVED) continue
      pool.add(logRatio(one, other))
    }
  }
  return pool
}

describe('the proportional hazards of weighted chance', () => {
  const large: ServiceParts = { steps: 40, strata: 2, clockStarts: () => 4000, waitingFirst: [evenList(3000, 12), evenList(3000, 12)] }

  it('are in the ratio of the strata\'s weights at equal waits', async ({ annotate }) => {
    // Weights double in ten weeks, and one stratum has ten weeks' head start.
    const parts = { ...large, firstSlots: slotsByChance(8000), chanceWeight: (week: number) => 2 ** (week / 10), headStart: (_: number, stratum: number) => (stratum === 0 ? 10 : 0) }
    const { estimate, error } = strataRatio(simulate(tablesOf(parts)))
    await annotate(`ratio ${Math.exp(estimate).toFixed(3)}, put in 2; 95% interval ${Math.exp(estimate - 1.96 * error).toFixed(3)} to ${Math.exp(estimate + 1.96 * error).toFixed(3)}`)
    expect(error).toBeLessThan(0.01)
    expect(Math.abs(estimate - Math.log(2))).toBeLessThan(STANDARD_ERRORS * error)
  })

  it('are in the ratio of the groups\' own weights, whatever the wait', async ({ annotate }) => {
    const parts = { ...large, firstSlots: slotsByChance(8000), chanceWeight: (week: number) => 1 + (week % 3), groupWeight: (_: number, stratum: number) => (stratum === 0 ? 2 : 1) }
    const { estimate, error } = strataRatio(simulate(tablesOf(parts)))
    await annotate(`ratio ${Math.exp(estimate).toFixed(3)}, put in 2; standard error of its logarithm ${error.toFixed(4)}`)
    expect(error).toBeLessThan(0.01)
    expect(Math.abs(estimate - Math.log(2))).toBeLessThan(STANDARD_ERRORS * error)
  })

  it('are in the ratio of access for the independent sector\'s slots', async ({ annotate }) => {
    const parts = { ...large, firstSlots: { open: () => 0, independent: () => 8000 }, independentAccess: [0.5, 1.5] }
    const { estimate, error } = strataRatio(simulate(tablesOf(parts)))
    await annotate(`ratio ${Math.exp(estimate).toFixed(3)}, put in ${(1 / 3).toFixed(3)}; standard error of its logarithm ${error.toFixed(4)}`)
    expect(error).toBeLessThan(0.01)
    expect(Math.abs(estimate - Math.log(1 / 3))).toBeLessThan(STANDARD_ERRORS * error)
  })

  it('follow the weights by weeks waited: a burst at first, level, and a rise', async ({ annotate }) => {
    const chanceWeight = (week: number): number => (week < 2 ? 3 - week : week < 15 ? 1 : 1 + (week - 14) / 4)
    const parts = { ...large, clockStarts: () => 8000, firstSlots: slotsByChance(16_000), chanceWeight }
    const census = simulate(tablesOf(parts))
    const reference = 6
    const pools = new Map<number, Pool>()
    for (let row = 1; row <= census.steps; row++) {
      const cohorts = cohortsServed(census, row, 0).filter(({ stratum, served }) => stratum === 0 && served >= LEAST_SERVED)
      const base = cohorts.find(({ age }) => age === reference)
      if (base === undefined) continue
      for (const cohort of cohorts) {
        if (cohort.age === reference) continue
        const pool = pools.get(cohort.age) ?? new Pool()
        pool.add(logRatio(cohort, base))
        pools.set(cohort.age, pool)
      }
    }
    const off = [...pools].map(([age, { estimate, error }]) => (estimate - Math.log(chanceWeight(age))) / error)
    await annotate(`${pools.size} ages from ${Math.min(...pools.keys())} to ${Math.max(...pools.keys())}; largest ${Math.max(...off.map(Math.abs)).toFixed(2)} standard errors off`)
    expect(Math.max(...pools.keys())).toBeGreaterThan(17)
    for (const value of off) expect(Math.abs(value)).toBeLessThan(STANDARD_ERRORS)
  })
})
