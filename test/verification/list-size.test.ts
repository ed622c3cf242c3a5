import { describe, expect, it } from 'vitest'
import { listAt, level, simulateMany, tablesOf } from '../model/tables-fixture.ts'
import type { ServiceParts } from '../model/tables-fixture.ts'
import { exactListSize, MOST, SLOTS, WEEKS } from './list-size-chain.ts'
import { ALPHA, goodnessOfFit, power, tally } from './statistics.ts'

const REPLICATIONS = 4000

function listSizes(parts: Partial<ServiceParts>): number[] {
  const tables = tablesOf({ steps: WEEKS, firstSlots: { open: () => SLOTS }, ...parts })
  return tally(simulateMany(tables, REPLICATIONS, (census) => listAt(census, WEEKS)), MOST)
}

describe('the list after a year', () => {
  it.for([0.7, 0.9, 1, 1.1])('has its exact distribution at load %d', async (load, { annotate }) => {
    const exact = exactListSize({ startsPerWeek: load * SLOTS })
    const fit = goodnessOfFit(listSizes({ clockStarts: () => load * SLOTS }), exact)
    const detects = power(exact, exactListSize({ startsPerWeek: load * SLOTS * 1.05 }), REPLICATIONS)
    await annotate(`load ${load}: χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}; power for 5% more starts ${detects.toFixed(4)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
    expect(detects).toBeGreaterThan(0.95)
  })

  it.for([0, 1])('has the distribution of the exact chain with exits, in-turn share %d', async (inTurnShare, { annotate }) => {
    const hazards = { removed: level(0.01), withdrew: level(0.006), private: level(0.004), emergency: level(0.006), died: level(0.004) }
    const exact = exactListSize({ startsPerWeek: 11, stay: Math.exp(-0.03) })
    const fit = goodnessOfFit(listSizes({ clockStarts: () => 11, hazards, firstSlots: { open: () => SLOTS, inTurnShare } }), exact)
    const detects = power(exact, exactListSize({ startsPerWeek: 11, stay: Math.exp(-0.033) }), REPLICATIONS)
    await annotate(`in-turn share ${inTurnShare}: χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}; power for hazards 10% higher ${detects.toFixed(4)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
    expect(detects).toBeGreaterThan(0.95)
  })

  it.for([0, 1])('has the distribution of the exact chain with missed appointments, in-turn share %d', async (inTurnShare, { annotate }) => {
    const exact = exactListSize({ startsPerWeek: 8.5, dnaRate: 0.15 })
    const fit = goodnessOfFit(listSizes({ clockStarts: () => 8.5, dnaRate: 0.15, firstSlots: { open: () => SLOTS, inTurnShare } }), exact)
    const detects = power(exact, exactListSize({ startsPerWeek: 8.5, dnaRate: 0.165 }), REPLICATIONS)
    await annotate(`in-turn share ${inTurnShare}: χ² ${fit.chiSquare.toFixed(1)} on ${fit.degrees}, p ${fit.p.toFixed(3)}; power for 16.5% missed ${detects.toFixed(4)}`)
    expect(fit.p).toBeGreaterThan(ALPHA)
    expect(detects).toBeGreaterThan(0.95)
  })
})
