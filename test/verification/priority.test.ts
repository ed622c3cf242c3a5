import { describe, expect, it } from 'vitest'
import { BANDS } from '../../src/baseline/types.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import { simulateMany, sum, tablesOf, waitingAt, waitingByBand } from '../model/tables-fixture.ts'
import { exactListSize, MOST, SLOTS, WEEKS } from './list-size-chain.ts'
import { ALPHA, goodnessOfFit, mean, power, tally } from './statistics.ts'

/** Rows averaged over, from warm-up to the horizon. */
const rowsFrom = (census: ServiceCensus, warmUp: number): number[] => Array.from({ length: census.steps - warmUp }, (_, index) => warmUp + 1 + index)

describe('strict priority classes', () => {
  const starts = [9, 2, 4]
  // A head start longer than any wait: P2 before P3 before P4.
  const tables = tablesOf({
    steps: WEEKS,
    strata: 3,
    clockStarts: (_, stratum) => starts[stratum],
    firstSlots: { open: () => SLOTS },
    headStart: (_, stratum) => [400, 200, 0][stratum],
  })
  const lists = simulateMany(tables, 3000, (census) => [0, 1, 2].map((stratum) => waitingAt(census, WEEKS, stratum)))

  it.for([{ classes: 1 }, { classes: 2 }])('leave the $classes most urgent with the list that they would have if there were nobody else', async ({ classes }, { annotate }) => {
    const own = sum(starts.slice(0, classes))
    const exact = exactListSize({ startsPerWeek: own })
    const fit = goodnessOfFit(tally(lists.map((list) => sum(list.slice(0, classes))), MOST), exact)
    const detects = power(exact, exactListSize({ startsPerWeek: own * 1.05 }), lists.length)
    await annotate(`load ${own / SLOTS}: χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}; power for 5% more of them ${detects.toFixed(4)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
    expect(detects).toBeGreaterThan(0.95)
  })

  it('give the least urgent nothing while others wait: with more starts than slots before them, all of them wait', async ({ annotate }) => {
    // Nearly: early weeks in which the others use fewer than all slots.
    const left = mean(lists.map((list) => list[2])) / (starts[2] * WEEKS)
    await annotate(`of the least urgent who came in a year, ${(100 * left).toFixed(1)}% still wait`)
    expect(left).toBeGreaterThan(0.85)
  })
})

/** The fluid solution of equal classes served by effective start: class waits in days, and the share of the list within 18 weeks. */
function fluid(startsPerDay: number, list: number, headStartDays: readonly number[]): { waits: number[]; within18: number } {
  const perClass = startsPerDay / headStartDays.length
  const listAt = (front: number): number => perClass * sum(headStartDays.map((days) => Math.max(0, front - days)))
  let [low, high] = [0, 1000]
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (listAt(middle) < list) low = middle
    else high = middle
  }
  const waits = headStartDays.map((days) => Math.max(0, high - days))
  return { waits, within18: (perClass * sum(waits.map((wait) => Math.min(wait, 126)))) / list }
}

const HEAD_STARTS = [0, 92, 190]

describe('points with head starts of 0, 92 and 190 days', () => {
  it.for([
    { list: 4_425_306, waits: [167.17, 75.17, 0], within18: 0.8301 },
    { list: 4_470_374, waits: [168.4, 76.4, 0], within18: 0.8268 },
  ])('have a fluid solution with $list waiting', ({ list, waits, within18 }) => {
    const solution = fluid(54_784, list, HEAD_STARTS)
    solution.waits.forEach((wait, index) => expect(wait).toBeCloseTo(waits[index], 1))
    expect((sum(solution.waits) * 54_784) / 3).toBeCloseTo(list, 0)
    expect(solution.within18).toBeCloseTo(within18, 4)
  })

  it.for([4425.306, 4470.374])('come to it day by day, scaled down by a thousand, with a list of %d', async (list, { annotate }) => {
    const perDay = 54.784
    const exact = fluid(perDay, list, HEAD_STARTS)
    const slots = (step: number): number => Math.round(perDay * (step + 1)) - Math.round(perDay * step)
    const initial = HEAD_STARTS.map((_, group) => Array.from({ length: BANDS }, (__, week) => Math.round((perDay / 3) * Math.max(0, Math.min(7, exact.waits[group] - 7 * week)))))
    const tables = tablesOf({
      steps: 600,
      strata: 3,
      stepsPerWeek: 7,
      clockStarts: () => perDay / 3,
      waitingFirst: initial,
      firstSlots: { open: slots },
      headStartSteps: (_, stratum) => HEAD_STARTS[stratum],
    })
    const runs = simulateMany(tables, 12, (census) => {
      const over = rowsFrom(census, 300)
      const byBand = [0, 1, 2].map((stratum) => over.map((row) => waitingByBand(census, row, 0, stratum)))
      const lists = byBand.map((bands) => mean(bands.map((band) => sum(band))))
      const within = sum(byBand.map((bands) => mean(bands.map((band) => sum(band.subarray(0, 18))))))
      return { lists, within18: within / sum(lists) }
    })
    // Starts are random, so the list wanders; its mean over replications is compared with the fluid solution of that mean.
    const lists = [0, 1, 2].map((stratum) => mean(runs.map((run) => run.lists[stratum])))
    const within18 = mean(runs.map((run) => run.within18))
    const realised = fluid(perDay, sum(lists), HEAD_STARTS)
    const waits = lists.map((people) => people / (perDay / 3))
    await annotate(
      `list ${sum(lists).toFixed(0)}: within 18 weeks ${(100 * within18).toFixed(2)}%, fluid ${(100 * realised.within18).toFixed(2)}%; `
        + `waits ${waits.map((wait) => wait.toFixed(1)).join(' / ')}, fluid ${realised.waits.map((wait) => wait.toFixed(1)).join(' / ')} days`,
    )
    expect(Math.abs(within18 - realised.within18)).toBeLessThan(0.01)
    waits.forEach((wait, stratum) => expect(Math.abs(wait - realised.waits[stratum])).toBeLessThan(2))
    expect(Math.abs(sum(lists) / list - 1)).toBeLessThan(0.05)
  })
})
