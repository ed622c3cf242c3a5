import { describe, expect, it } from 'vitest'
import type { RebookPlace } from '../../src/scenario/study.ts'
import { flowAt, flowOver, simulate, sum, tablesOf } from '../model/tables-fixture.ts'
import type { AbsenceParts, ServiceParts } from '../model/tables-fixture.ts'
import { STANDARD_ERRORS, standardErrorsOff } from './statistics.ts'

const PEOPLE = 50_000

describe('absences of three kinds', () => {
  const absence: AbsenceParts = { dna: 0.08, patient: 0.1, hospital: 0.05, backfillAfterDna: 0.3, backfillAfterCancellation: 0.6 }
  const attends = 1 - 0.08 - 0.1 - 0.05

  it.for([
    { stage: 'first appointments', parts: { waitingFirst: [[PEOPLE]], firstSlots: { open: () => 400 }, firstAbsence: absence } satisfies Partial<ServiceParts> },
    { stage: 'admissions', parts: { waitingAdmission: [[PEOPLE]], admissionSlots: { open: () => 400 }, admissionAbsence: absence } satisfies Partial<ServiceParts> },
  ])('leave each slot of $stage used with chance a ÷ (1 − refilled), and come in their shares of the offers', async ({ parts }, { annotate }) => {
    const census = simulate(tablesOf({ steps: 100, ...parts }))
    const used = sum(census.attended) + flowOver(census, 'admitted')
    // A slot is offered again after a DNA or a patient's cancellation with the shares above, and so on.
    const off = standardErrorsOff(used, 40_000, attends / (1 - 0.08 * 0.3 - 0.1 * 0.6))
    const counts = (['dna', 'cancelledByPatient', 'cancelledByHospital'] as const).map((flow) => flowOver(census, flow))
    const offers = used + sum(counts)
    const shares = counts.map((count, kind) => standardErrorsOff(count, offers, [0.08, 0.1, 0.05][kind]))
    await annotate(`used ${used} of 40,000: ${off.toFixed(2)} standard errors off; absences ${shares.map((value) => value.toFixed(2)).join(', ')}`)
    for (const value of [off, ...shares]) expect(value).toBeLessThan(STANDARD_ERRORS)
    expect(flowOver(census, 'slotsLost')).toBe(40_000 - used)
  })

  it('end no admission before it takes place: whoever misses it waits on and is admitted later', () => {
    const census = simulate(tablesOf({ steps: 40, waitingAdmission: [[PEOPLE]], admissionSlots: { open: () => PEOPLE }, admissionAbsence: { dna: 0.3, rebookSteps: 2 } }))
    for (const [round, week] of [1, 3, 5, 7].entries()) {
      expect(standardErrorsOff(flowAt(census, 'dna', week, 0), PEOPLE, 0.3 ** (round + 1))).toBeLessThan(STANDARD_ERRORS)
      // Nobody is offered a slot in the weeks between.
      expect(flowAt(census, 'dna', week + 1, 0) + flowAt(census, 'admitted', week + 1, 0)).toBe(0)
    }
    expect(flowOver(census, 'admitted')).toBe(PEOPLE)
  })
})

describe('discharge at missed appointments', () => {
  const offered = (absence: AbsenceParts): number[] => {
    const census = simulate(tablesOf({ steps: 8, waitingFirst: [[PEOPLE]], firstSlots: { open: () => PEOPLE }, firstAbsence: absence }))
    return Array.from({ length: 8 }, (_, week) => flowAt(census, 'dischargedAfterDna', week + 1, 0))
  }

  it('comes at the third for certain, and at no other, where the rule says so', () => {
    const discharged = offered({ dna: 0.4, dischargeAtMiss: 3 })
    expect(standardErrorsOff(discharged[2], PEOPLE, 0.4 ** 3)).toBeLessThan(STANDARD_ERRORS)
    expect(sum(discharged)).toBe(discharged[2])
  })

  it('with a chance from the second on, is geometric from there', () => {
    const discharged = offered({ dna: 0.4, dischargeFromMiss: 2, dischargeAfterDna: 0.35 })
    expect(discharged[0]).toBe(0)
    for (let miss = 2; miss <= 7; miss++) {
      expect(standardErrorsOff(discharged[miss - 1], PEOPLE, 0.4 ** miss * 0.65 ** (miss - 2) * 0.35)).toBeLessThan(STANDARD_ERRORS)
    }
  })

  it('counts DNAs only, not cancellations', () => {
    const discharged = offered({ patient: 0.4, hospital: 0.3, dischargeAtMiss: 1, dischargeAfterDna: 1 })
    expect(sum(discharged)).toBe(0)
  })
})

describe('a new date after a cancellation', () => {
  /**
   * Weeks in which 100 people are seen who are all cancelled in the first week, in which a head start puts them first.
   * 300 have waited longer than they have; 100 join in each week; 100 slots a week.
   */
  function seen(place: RebookPlace, inTurnShare: number): number[] {
    const census = simulate(
      tablesOf({
        steps: 12,
        strata: 3,
        waitingFirst: [Array.from({ length: 21 }, (_, week) => (week === 20 ? 300 : 0)), Array.from({ length: 11 }, (_, week) => (week === 10 ? 100 : 0))],
        clockStarts: (_, stratum) => (stratum === 2 ? 100 : 0),
        firstSlots: { open: () => 100, inTurnShare },
        headStart: (step, stratum) => (step === 0 && stratum === 1 ? 300 : 0),
        groupWeight: (step, stratum) => (step === 0 && stratum === 1 ? 1e9 : 1),
        firstAbsence: { hospital: (step, stratum) => (step === 0 && stratum === 1 ? 1 : 0), places: ['own-place', 'own-place', place] },
      }),
    )
    expect(flowAt(census, 'cancelledByHospital', 1, 1)).toBe(100)
    return Array.from({ length: 12 }, (_, week) => flowAt(census, 'nonAdmitted', week + 1, 1))
  }

  it('in the own place comes when everybody who has waited longer has been seen', () => {
    expect(seen('own-place', 1).slice(0, 6)).toEqual([0, 0, 0, 0, 100, 0])
  })

  it('at the front comes first of all, in turn and by chance', () => {
    expect(seen('front', 1)[1]).toBe(100)
    expect(seen('front', 0)[1]).toBe(100)
  })

  it('at the back comes among those who join in that week, and after everybody before them', () => {
    const weeks = seen('back', 1)
    expect(weeks.slice(0, 4)).toEqual([0, 0, 0, 0])
    expect(weeks[4] + weeks[5] + weeks[6]).toBe(100)
    // About 200 share two weeks' slots at random.
    expect(Math.abs(weeks[4] - 50)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(100 / 8))
  })
})
