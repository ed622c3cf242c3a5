import { describe, expect, it } from 'vitest'
import { BANDS } from '../../src/baseline/types.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import { flowAt, level, simulate, sum, tablesOf, waitingAt } from '../model/tables-fixture.ts'
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
