import { describe, expect, it } from 'vitest'
import { flowAt, flowOver, listAt, simulate, simulateMany, tablesOf, waitingAt } from '../model/tables-fixture.ts'
import { STANDARD_ERRORS, standardErrorsOff as standardErrors } from './statistics.ts'

describe('attendance and outcome', () => {
  it('decides to admit the share of those attended that the tables say', async ({ annotate }) => {
    const census = simulate(tablesOf({ steps: 100, clockStarts: () => 600, firstSlots: { open: () => 500 }, admittedShare: 0.23 }))
    const attended = flowOver(census, 'decisionsToAdmit') + flowOver(census, 'nonAdmitted')
    const off = standardErrors(flowOver(census, 'decisionsToAdmit'), attended, 0.23)
    await annotate(`${attended} attended, ${off.toFixed(2)} standard errors off`)
    expect(attended).toBeGreaterThan(49_000)
    expect(off).toBeLessThan(STANDARD_ERRORS)
  })

  it('misses appointments again and again with the same chance: repeats are geometric', () => {
    const people = 50_000
    const dnaRate = 0.3
    // Slots for everybody every week: who is still there after k weeks has missed k appointments.
    const census = simulate(tablesOf({ steps: 8, waitingFirst: [[people]], firstSlots: { open: () => people }, dnaRate }))
    for (let week = 1; week <= 8; week++) {
      const before = listAt(census, week - 1)
      expect(flowAt(census, 'dna', week, 0)).toBe(listAt(census, week))
      expect(standardErrors(listAt(census, week), before, dnaRate)).toBeLessThan(STANDARD_ERRORS)
      expect(standardErrors(listAt(census, week), people, dnaRate ** week)).toBeLessThan(STANDARD_ERRORS)
    }
  })

  it.for([
    { backfillShare: 0, dnaRate: 0.12 },
    { backfillShare: 0.5, dnaRate: 0.12 },
    { backfillShare: 1, dnaRate: 0.3 },
  ])('keeps the capacity that is left: missed $dnaRate, filled again $backfillShare', async ({ backfillShare, dnaRate }, { annotate }) => {
    const slots = 400
    const weeks = 100
    const firstSlots = { open: () => slots, inTurnShare: 0 }
    const census = simulate(tablesOf({ steps: weeks, clockStarts: () => 500, waitingFirst: [[5000]], firstSlots, dnaRate, backfillShare }))
    // A slot is attended, or missed and filled with chance b, and so on: (1 − d) ÷ (1 − d b).
    const chance = (1 - dnaRate) / (1 - dnaRate * backfillShare)
    const attended = flowOver(census, 'nonAdmitted')
    const off = chance === 1 ? slots * weeks - attended : standardErrors(attended, slots * weeks, chance)
    await annotate(`${attended} of ${slots * weeks} slots attended, expected ${(chance * slots * weeks).toFixed(0)}`)
    // With everything filled again, only chains of more than eight missed in a row are lost: 40,000 × 0.3⁹ ≈ 0.8.
    expect(off).toBeLessThan(chance === 1 ? 8 : STANDARD_ERRORS)
  })

  it('puts those who missed back among the others, neither first nor last: offers go by chance, whatever was missed', async ({ annotate }) => {
    const slots = 60
    // One group misses nearly every appointment and the other none; all have the same chance to be offered one.
    const tables = tablesOf({
      steps: 20,
      strata: 2,
      waitingFirst: [[1000], [1000]],
      firstSlots: { open: () => slots, inTurnShare: 0 },
      dnaRate: (_, stratum) => (stratum === 0 ? 0.9 : 0),
    })
    let [excess, spread] = [0, 0]
    simulateMany(tables, 100, (census) => {
      for (let row = 1; row <= census.steps; row++) {
        const waiting = listAt(census, row - 1)
        const share = waitingAt(census, row - 1, 0) / waiting
        excess += flowAt(census, 'dna', row, 0) + flowAt(census, 'nonAdmitted', row, 0) - slots * share
        spread += (slots * share * (1 - share) * (waiting - slots)) / (waiting - 1)
      }
    })
    await annotate(`offers to those who miss nearly all: ${(excess / Math.sqrt(spread)).toFixed(2)} standard errors off`)
    expect(Math.abs(excess)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(spread))
  })

  it('discharges after a DNA the share that the tables say, and nobody else', () => {
    const parts = { steps: 100, clockStarts: () => 300, firstSlots: { open: () => 300 }, dnaRate: 0.2, dischargeAfterDna: 0.35 }
    const census = simulate(tablesOf(parts))
    expect(standardErrors(flowOver(census, 'dischargedAfterDna'), flowOver(census, 'dna'), 0.35)).toBeLessThan(STANDARD_ERRORS)
    expect(flowOver(simulate(tablesOf({ ...parts, dnaRate: 0 })), 'dischargedAfterDna')).toBe(0)
  })

  it('attendance, its outcome and what follows are independent of each other', () => {
    const parts = { steps: 100, clockStarts: () => 400, firstSlots: { open: () => 400 }, dnaRate: 0.3, admittedShare: 0.4, dischargeAfterDna: 0.5 }
    const census = simulate(tablesOf(parts))
    const attended = flowOver(census, 'decisionsToAdmit') + flowOver(census, 'nonAdmitted')
    const offered = attended + flowOver(census, 'dna')
    expect(standardErrors(attended, offered, 0.7)).toBeLessThan(STANDARD_ERRORS)
    expect(standardErrors(flowOver(census, 'decisionsToAdmit'), attended, 0.4)).toBeLessThan(STANDARD_ERRORS)
    expect(standardErrors(flowOver(census, 'dischargedAfterDna'), flowOver(census, 'dna'), 0.5)).toBeLessThan(STANDARD_ERRORS)
  })
})
