import { describe, expect, it } from 'vitest'
import { flowAt, flowOver, listAt, simulate, tablesOf } from '../model/tables-fixture.ts'
import { STANDARD_ERRORS } from './statistics.ts'

/** Standard errors between a count out of n and its chance. */
const standardErrors = (count: number, n: number, chance: number): number => Math.abs(count - n * chance) / Math.sqrt(n * chance * (1 - chance))

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
