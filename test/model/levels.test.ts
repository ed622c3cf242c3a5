import { describe, expect, it } from 'vitest'
import { flowAt, flowOver, level, simulate, tablesOf, waitingAt } from './tables-fixture.ts'

describe('a decision to admit', () => {
  const certain = (): number => 50
  const common = { steps: 4, levels: 2, strata: 2, waitingFirst: [[0, 0, 100]], admittedShare: 1, firstSlots: { open: () => 100 } }

  it('leaves people to deteriorate on the admission list from the next step on', () => {
    const census = simulate(tablesOf({ ...common, deteriorationAdmission: certain }))
    expect([1, 2].map((row) => flowAt(census, 'deteriorated', row, 0))).toEqual([0, 100])
    expect(waitingAt(census, 2, 1, [1])).toBe(100)
  })

  it('that changes the level has them leave by the hazards of the new level from the next step on', () => {
    const hazards = { died: (stratum: number): number => (stratum === 1 ? 50 : 0) }
    const census = simulate(tablesOf({ ...common, levelShares: [0, 1], hazards, exitsByLevel: true }))
    expect([1, 2].map((row) => flowAt(census, 'died', row, 1))).toEqual([0, 100])
  })

  it('after tests has them leave and deteriorate from the same step on, since exits are yet to come in it', () => {
    const parts = { ...common, testShare: 1, testSteps: 1 }
    const moved = simulate(tablesOf({ ...parts, deteriorationAdmission: certain }))
    expect([1, 2].map((row) => flowAt(moved, 'deteriorated', row, 0))).toEqual([0, 100])
    const hazards = { died: (stratum: number): number => (stratum === 1 ? 50 : 0) }
    const left = simulate(tablesOf({ ...parts, levelShares: [0, 1], hazards, exitsByLevel: true }))
    expect([1, 2].map((row) => flowAt(left, 'died', row, 1))).toEqual([0, 100])
  })
})

describe('whoever is rebooked to the front', () => {
  it('is seen when the time comes, also when everybody who stood there has been seen meanwhile', () => {
    const tables = tablesOf({
      steps: 6,
      // The one who has waited longest attends; the others of a later week are all cancelled once, and held for three steps.
      strata: 2,
      waitingFirst: [[0, 0, 0, 0, 0, 1], [5]],
      firstSlots: { open: (step) => (step === 0 ? 6 : 1) },
      firstAbsence: { hospital: (step, stratum) => (stratum === 1 && step === 0 ? 1 : 0), places: ['own-place', 'own-place', 'front'], rebookSteps: 3 },
      clockStarts: (step, stratum) => (stratum === 0 && step > 0 ? 3 : 0),
    })
    const census = simulate(tables)
    expect(flowAt(census, 'cancelledByHospital', 1, 1)).toBe(5)
    expect([4, 5, 6].map((row) => flowAt(census, 'nonAdmitted', row, 1))).toEqual([1, 1, 1])
  })
})

describe('levels', () => {
  it('are moved up to by everybody in the end, one at a time, and no further than the highest', () => {
    const census = simulate(tablesOf({ steps: 200, levels: 3, strata: 3, waitingFirst: [[400]], deteriorationFirst: level(0.2) }))
    expect([0, 1, 2].map((stratum) => flowOver(census, 'deteriorated') === 800 && waitingAt(census, 200, stratum))).toEqual([0, 0, 400])
  })
})
