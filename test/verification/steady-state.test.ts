import { describe, expect, it } from 'vitest'
import { BANDS } from '../../src/baseline/types.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import { flowAt, level, simulate, simulateMany, sum, tablesOf, waitingAt, waitingByBand } from '../model/tables-fixture.ts'
import type { ServiceParts } from '../model/tables-fixture.ts'
import { mean } from './statistics.ts'

/** Rows averaged over, from warm-up to the horizon. */
function rows(census: ServiceCensus, warmUp: number): number[] {
  return Array.from({ length: census.steps - warmUp }, (_, index) => warmUp + 1 + index)
}

/** Mean weeks waited of those treated in some rows, each published band at its midpoint. */
function meanWait(stopsByBand: Int32Array, census: ServiceCensus, stratum: number, over: readonly number[]): number {
  let [people, weeks] = [0, 0]
  for (const row of over) {
    const bands = stopsByBand.subarray((row * census.strata + stratum) * BANDS, (row * census.strata + stratum + 1) * BANDS)
    bands.forEach((count, band) => {
      people += count
      weeks += count * (band + 0.5)
    })
  }
  return weeks / people
}

describe('Little\'s law: people waiting = clock starts a week × mean weeks waited', () => {
  const starts = [3000, 2000, 1000]
  const waiting = starts.map((own) => Array.from({ length: 10 }, () => own))
  const common: ServiceParts = { steps: 120, strata: 3, clockStarts: (_, stratum) => starts[stratum], waitingFirst: waiting, firstSlots: { open: () => 6000 } }
  const cases: { name: string; parts: ServiceParts }[] = [
    { name: 'in turn with head starts', parts: { ...common, headStart: (_, stratum) => [0, 4, 8][stratum] } },
    {
      name: 'by chance with weights that rise',
      parts: { ...common, firstSlots: { open: () => 6000, inTurnShare: 0 }, chanceWeight: (week) => 1 + week / 5, headStart: (_, stratum) => [0, 4, 8][stratum] },
    },
    { name: 'half in turn, half by chance', parts: { ...common, firstSlots: { open: () => 6000, inTurnShare: 0.5 } } },
  ]

  it.for(cases)('holds in each group at the first stage, $name', async ({ parts }, { annotate }) => {
    const census = simulate(tablesOf(parts))
    const over = rows(census, 50)
    const off = starts.map((_, stratum) => {
      const list = mean(over.map((row) => waitingAt(census, row, stratum)))
      const perWeek = mean(over.map((row) => flowAt(census, 'clockStarts', row, stratum)))
      return meanWait(census.nonAdmittedByBand, census, stratum, over) / (list / perWeek) - 1
    })
    await annotate(`mean wait ÷ (list ÷ clock starts) − 1 by group: ${off.map((value) => `${(100 * value).toFixed(2)}%`).join(', ')}`)
    for (const value of off) expect(Math.abs(value)).toBeLessThan(0.02)
  })

  it('holds over both stages together: clock start to admission', async ({ annotate }) => {
    const parts = { ...common, strata: 1, waitingAdmission: [Array.from({ length: 16 }, (_, week) => (week < 10 ? 0 : 3000))], admittedShare: 1, admissionSlots: { open: () => 3000 } }
    const census = simulate(tablesOf({ ...parts, firstSlots: { open: () => 3000 } }))
    const over = rows(census, 50)
    const list = mean(over.map((row) => waitingAt(census, row, 0)))
    const ratio = meanWait(census.admittedByBand, census, 0, over) / (list / mean(over.map((row) => flowAt(census, 'clockStarts', row, 0))))
    await annotate(`mean wait ÷ (list ÷ clock starts) − 1: ${(100 * (ratio - 1)).toFixed(2)}%`)
    expect(Math.abs(ratio - 1)).toBeLessThan(0.02)
  })

  it('and exits balance it: with constant hazards, leavers = list × hazard', () => {
    const parts = { steps: 200, clockStarts: () => 1200, firstSlots: { open: () => 1000 }, hazards: { removed: level(0.02) }, waitingFirst: [Array.from({ length: 9 }, () => 1000)] }
    const census = simulate(tablesOf(parts))
    const over = rows(census, 50)
    const left = sum(over.map((row) => flowAt(census, 'removed', row, 0)))
    // At risk in a week: the list before it and the week's starts, each leaving with chance 1 − e^−0.02.
    const due = sum(over.map((row) => waitingAt(census, row - 1, 0) + flowAt(census, 'clockStarts', row, 0))) * (1 - Math.exp(-0.02))
    expect(Math.abs(left - due)).toBeLessThan(4 * Math.sqrt(due))
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

describe('points with head starts', () => {
  it('of 0, 92 and 190 days have a fluid solution that is consistent with itself', () => {
    const { waits, within18 } = fluid(54_784, 4_425_306, [0, 92, 190])
    expect(waits).toEqual([167.17, 75.17, 0].map((wait) => expect.closeTo(wait, 2) as number))
    expect((sum(waits) * 54_784) / 3).toBeCloseTo(4_425_306, 0)
    expect(within18).toBeCloseTo((126 + waits[1]) / sum(waits), 10)
    expect(within18).toBeCloseTo(0.8301, 4)
  })

  it('come to the fluid solution, day by day, with head starts of 0, 13 and 27 weeks', async ({ annotate }) => {
    // England's numbers, scaled down by a thousand: 54,784 clock starts a day and 4,425,306 people waiting.
    const [perDay, list] = [54.784, 4425.306]
    const days = 600
    const headStart = [0, 13, 27]
    const exact = fluid(perDay, list, headStart.map((weeks) => 7 * weeks))
    const slots = (step: number): number => Math.round(perDay * (step + 1)) - Math.round(perDay * step)
    const initial = headStart.map((_, group) => Array.from({ length: BANDS }, (__, week) => Math.round((perDay / 3) * Math.max(0, Math.min(7, exact.waits[group] - 7 * week)))))
    const tables = tablesOf({
      steps: days,
      strata: 3,
      stepsPerWeek: 7,
      clockStarts: () => perDay / 3,
      waitingFirst: initial,
      firstSlots: { open: slots },
      headStart: (_, stratum) => headStart[stratum],
    })
    const runs = simulateMany(tables, 20, (census) => {
      const over = rows(census, 300)
      const byBand = [0, 1, 2].map((stratum) => over.map((row) => waitingByBand(census, row, 0, stratum)))
      const lists = byBand.map((bands) => mean(bands.map((band) => sum(band))))
      const within = sum(byBand.map((bands) => mean(bands.map((band) => sum(band.subarray(0, 18))))))
      return { lists, within18: within / sum(lists) }
    })
    // Starts are random, so the list wanders; its mean over replications is compared with the fluid solution of that mean.
    const lists = [0, 1, 2].map((stratum) => mean(runs.map((run) => run.lists[stratum])))
    const within18 = mean(runs.map((run) => run.within18))
    const realised = fluid(perDay, sum(lists), headStart.map((weeks) => 7 * weeks))
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
