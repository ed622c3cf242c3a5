import { describe, expect, it } from 'vitest'
import { flowAt, flowOver, simulate, simulateMany, tablesOf } from '../model/tables-fixture.ts'
import { mean, meanOff, STANDARD_ERRORS, variance } from './statistics.ts'

describe('need that is not referred', () => {
  const [arising, late, emergency, lost] = [40, 0.02, 0.005, 0.03]
  const parts = { steps: 60, unreferredNeed: () => arising, initialUnmetNeed: [500], lateShare: () => late, unmetEmergencyShare: () => emergency, unmetResolution: lost }

  it('presents late, ends in emergencies and is lost as in closed form, week by week', async ({ annotate }) => {
    const runs = simulateMany(tablesOf(parts), 600, (census) =>
      Array.from({ length: 61 }, (_, row) => [census.unmetNeed[row], flowAt(census, 'lateStarts', row, 0), flowAt(census, 'unmetEmergency', row, 0), flowAt(census, 'unmetResolved', row, 0)]),
    )
    let pool = 500
    let farthest = 0
    for (let row = 1; row <= 60; row++) {
      // What arises joins; then some of the rest present, some of the rest of those are emergencies, some of the rest are lost.
      const before = pool + arising
      const expected = [before * late, before * (1 - late) * emergency, before * (1 - late) * (1 - emergency) * lost]
      pool = before - expected[0] - expected[1] - expected[2]
      if (row % 12 !== 0) continue
      for (const [index, value] of [pool, ...expected].entries()) farthest = Math.max(farthest, meanOff(runs.map((run) => run[row][index]), value))
    }
    const level = (arising * (1 - late) * (1 - emergency) * (1 - lost)) / (1 - (1 - late) * (1 - emergency) * (1 - lost))
    await annotate(`largest ${farthest.toFixed(2)} standard errors off, of 20 means; the pool goes from 500 to ${pool.toFixed(0)}, towards ${level.toFixed(0)}`)
    expect(farthest).toBeLessThan(STANDARD_ERRORS)
  })

  it('that presents late starts a clock then, and waits like anybody', () => {
    const census = simulate(tablesOf({ ...parts, firstSlots: { open: () => 1000 } }))
    expect(flowOver(census, 'lateStarts')).toBeGreaterThan(500)
    expect(flowOver(census, 'clockStarts')).toBe(flowOver(census, 'lateStarts'))
    expect(flowOver(census, 'nonAdmitted')).toBe(flowOver(census, 'lateStarts'))
  })
})

describe('those who come late and those whom outreach finds', () => {
  it('in one week are different people: their fates are independent', async ({ annotate }) => {
    const hazard = Math.LN2 / 10
    const parts = { steps: 10, initialUnmetNeed: [1000], additionalStarts: (step: number) => (step === 0 ? 200 : 0), lateShare: (step: number) => (step === 0 ? 0.25 : 0), hazards: { died: () => hazard } }
    const squares = simulateMany(tablesOf(parts), 500, (census) => {
      const people = flowOver(census, 'clockStarts')
      return (flowOver(census, 'died') - people / 2) ** 2 / (people / 4)
    })
    await annotate(`variance of deaths ÷ binomial variance ${mean(squares).toFixed(3)}; 2 if each had a twin`)
    // 500 runs: standard error 0.063.
    expect(Math.abs(mean(squares) - 1)).toBeLessThan(STANDARD_ERRORS * 0.063)
  })
})

describe('clock starts', () => {
  const [m, v] = [100, 0.25]
  const weekly = (spread: number): number[][] =>
    simulateMany(tablesOf({ steps: 200, strata: 3, systems: ['A', 'A', 'B'], ownIndex: [0, 1, 0], clockStarts: () => m, clockStartsSpread: spread }), 40, (census) =>
      Array.from({ length: 200 }, (_, week) => [0, 1, 2].map((stratum) => flowAt(census, 'clockStarts', week + 1, stratum))),
    ).flat()

  it('with a spread vary by m + (v m)², all groups of a system together and systems apart', async ({ annotate }) => {
    const starts = weekly(v)
    const own = [0, 1, 2].map((stratum) => starts.map((week) => week[stratum]))
    const covariance = (a: number, b: number): number => mean(starts.map((week) => (week[a] - m) * (week[b] - m)))
    const found = own.map(variance)
    await annotate(
      `variances ${found.map((value) => value.toFixed(0)).join(', ')}, expected ${m + (v * m) ** 2}; covariance within a system ${covariance(0, 1).toFixed(0)} (expected ${(v * m) ** 2}), across ${covariance(0, 2).toFixed(0)}`,
    )
    // 8,000 weeks: standard error of a variance about 2%, of a covariance about 9.
    for (const value of found) expect(Math.abs(value / (m + (v * m) ** 2) - 1)).toBeLessThan(0.08)
    expect(Math.abs(covariance(0, 1) / (v * m) ** 2 - 1)).toBeLessThan(0.1)
    expect(Math.abs(covariance(0, 2))).toBeLessThan(40)
    for (const values of own) expect(meanOff(values, m)).toBeLessThan(STANDARD_ERRORS)
  })

  it('without one vary by m alone', () => {
    for (const stratum of [0, 1, 2]) expect(Math.abs(variance(weekly(0).map((week) => week[stratum])) / m - 1)).toBeLessThan(0.07)
  })
})

describe('diverted referrals', () => {
  it('are as many as the tables say, and change no clock start', () => {
    const parts = { steps: 100, clockStarts: () => 50 }
    const [base, diverted] = [simulate(tablesOf(parts)), simulate(tablesOf({ ...parts, diverted: () => 8 }))]
    expect(Math.abs(flowOver(diverted, 'diverted') - 800)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(800))
    expect(diverted.waiting).toEqual(base.waiting)
  })
})
