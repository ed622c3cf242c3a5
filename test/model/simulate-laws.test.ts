import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BANDS } from '../../src/baseline/types.ts'
import { createCensus, EXIT_FLOWS } from '../../src/model/census.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'
import { simulateService } from '../../src/model/simulate.ts'
import type { ServiceTables } from '../../src/model/tables.ts'
import { anyService, flowAt, flowOver, keysOf, level, listAt, memoryFor, simulate, slotsOffered, sum, tablesOf, waitingAt, waitingByBand } from './tables-fixture.ts'

/** Calls `check` for every step's row (from 1) and stratum. */
function everyCell(census: ServiceCensus, check: (row: number, stratum: number) => void): void {
  for (let row = 1; row <= census.steps; row++) {
    for (let stratum = 0; stratum < census.strata; stratum++) check(row, stratum)
  }
}

function holds(numRuns: number, seed: number, law: (tables: ServiceTables, census: ServiceCensus) => void): void {
  fc.assert(
    fc.property(anyService, (parts) => {
      const tables = tablesOf(parts)
      law(tables, simulate(tables))
    }),
    { seed, numRuns },
  )
}

describe('every run of the kernel', () => {
  it('keeps waiting = waiting before + clock starts − all exits in every step and stratum', () => {
    holds(300, 71, (_, census) => {
      const offBalance: string[] = []
      everyCell(census, (row, stratum) => {
        const exits = sum(EXIT_FLOWS.map((flow) => flowAt(census, flow, row, stratum)))
        const expected = waitingAt(census, row - 1, stratum) + flowAt(census, 'clockStarts', row, stratum) - exits
        if (waitingAt(census, row, stratum) !== expected) offBalance.push(`row ${row}, stratum ${stratum}`)
      })
      expect(offBalance).toEqual([])
    })
  })

  it('starts from the list in the tables, by stage, stratum and weeks waited', () => {
    holds(60, 72, (tables, census) => {
      for (let stratum = 0; stratum < tables.strata; stratum++) {
        expect(waitingByBand(census, 0, 0, stratum)).toEqual(tables.first.initial.subarray(stratum * BANDS, (stratum + 1) * BANDS))
        expect(waitingByBand(census, 0, 1, stratum)).toEqual(tables.admission.initial.subarray(stratum * BANDS, (stratum + 1) * BANDS))
      }
    })
  })

  it('counts nothing below nothing', () => {
    holds(100, 73, (_, census) => {
      for (const counts of [census.waiting, census.flows, census.admittedByBand, census.nonAdmittedByBand, census.unmetNeed, census.unusedSlots]) {
        expect(counts.every((count) => count >= 0)).toBe(true)
      }
    })
  })

  it('uses or leaves every admission slot, and leaves one only when nobody waits for it', () => {
    holds(200, 74, (tables, census) => {
      for (let row = 1; row <= census.steps; row++) {
        const unused = census.unusedSlots[row * 2 + 1]
        expect(flowOver(census, 'admitted', row, row) + unused).toBe(slotsOffered(tables.admission, row - 1))
        const waiting = sum(Array.from({ length: census.strata }, (_, stratum) => waitingAt(census, row, stratum, [1])))
        expect(unused === 0 || waiting === 0).toBe(true)
      }
    })
  })

  it('uses or leaves every first-appointment slot: attended, missed or unused; without backfill nobody else gets it', () => {
    fc.assert(
      fc.property(anyService, (parts) => {
        // Those who start with a decision to admit are never given an appointment: without them, every decision used a slot.
        const tables = tablesOf({ ...parts, directStarts: () => 0, backfillShare: 0 })
        const census = simulate(tables)
        for (let row = 1; row <= census.steps; row++) {
          const used = flowOver(census, 'nonAdmitted', row, row) + flowOver(census, 'decisionsToAdmit', row, row) + flowOver(census, 'dna', row, row)
          expect(used + census.unusedSlots[row * 2]).toBe(slotsOffered(tables.first, row - 1))
        }
      }),
      { seed: 75, numRuns: 200 },
    )
  })

  it('with backfill, attends to no more people than slots, and fills only slots that were missed', () => {
    fc.assert(
      fc.property(anyService, fc.constantFrom(0.2, 1), (parts, backfillShare) => {
        const tables = tablesOf({ ...parts, directStarts: () => 0, backfillShare })
        const census = simulate(tables)
        for (let row = 1; row <= census.steps; row++) {
          const attended = flowOver(census, 'nonAdmitted', row, row) + flowOver(census, 'decisionsToAdmit', row, row)
          const missed = flowOver(census, 'dna', row, row)
          const offered = slotsOffered(tables.first, row - 1)
          expect(attended).toBeLessThanOrEqual(offered)
          // Each offer beyond the first of a slot follows a missed appointment.
          expect(attended + missed + census.unusedSlots[row * 2]).toBeLessThanOrEqual(offered + missed)
        }
      }),
      { seed: 76, numRuns: 150 },
    )
  })

  it('counts clock stops by weeks waited that add up to the clock stops', () => {
    holds(100, 77, (_, census) => {
      everyCell(census, (row, stratum) => {
        const from = (row * census.strata + stratum) * BANDS
        expect(sum(census.admittedByBand.subarray(from, from + BANDS))).toBe(flowAt(census, 'admitted', row, stratum))
        expect(sum(census.nonAdmittedByBand.subarray(from, from + BANDS))).toBe(flowAt(census, 'nonAdmitted', row, stratum))
      })
    })
  })

  it('counts nobody twice: a cohort on the list only shrinks, and none is older than its clock', () => {
    fc.assert(
      fc.property(anyService, (parts) => {
        const tables = tablesOf({ ...parts, stepsPerWeek: 1 })
        const census = simulate(tables)
        everyCell(census, (row, stratum) => {
          const now = cohortsOf(census, row, stratum)
          const before = cohortsOf(census, row - 1, stratum)
          expect(now[0]).toBeLessThanOrEqual(flowAt(census, 'clockStarts', row, stratum))
          for (let band = 1; band < BANDS - 1; band++) expect(now[band]).toBeLessThanOrEqual(before[band - 1])
          expect(now[BANDS - 1]).toBeLessThanOrEqual(before[BANDS - 1] + before[BANDS - 2])
        })
      }),
      { seed: 78, numRuns: 60 },
    )
  })

  it('moves unmet need by what arises, what outreach finds and what resolves', () => {
    holds(100, 79, (tables, census) => {
      everyCell(census, (row, stratum) => {
        const found = flowAt(census, 'additionalStarts', row, stratum)
        const referred = flowAt(census, 'clockStarts', row, stratum) - found
        const unreferred = flowAt(census, 'needArising', row, stratum) - referred
        const before = census.unmetNeed[(row - 1) * tables.strata + stratum]
        expect(unreferred).toBeGreaterThanOrEqual(0)
        expect(census.unmetNeed[row * tables.strata + stratum]).toBe(before + unreferred - found - flowAt(census, 'unmetResolved', row, stratum))
      })
    })
  })

  it('reports how many pathways it followed: the list at the start and every clock start', () => {
    fc.assert(
      fc.property(anyService, (parts) => {
        const tables = tablesOf(parts)
        const census = createCensus(tables.steps, tables.strata)
        const pathways = simulateService(tables, keysOf(tables, 0), memoryFor(tables), census)
        expect(pathways).toBe(listAt(census, 0) + flowOver(census, 'clockStarts'))
      }),
      { seed: 80, numRuns: 60 },
    )
  })
})

/** People of a stratum on the list by weeks waited, both stages. */
function cohortsOf(census: ServiceCensus, row: number, stratum: number): number[] {
  const admission = waitingByBand(census, row, 1, stratum)
  return Array.from(waitingByBand(census, row, 0, stratum), (people, band) => people + admission[band])
}

describe('the same tables and key', () => {
  it('give the same census, in fresh memory and in memory that another service has used', () => {
    fc.assert(
      fc.property(anyService, anyService, (parts, others) => {
        const tables = tablesOf(parts)
        const once = simulate(tables)
        expect(simulate(tables)).toEqual(once)
        const memory = memoryFor(tables)
        simulate(tablesOf({ ...others, code: 'T_2', steps: parts.steps, strata: tables.strata, stepsPerWeek: tables.stepsPerWeek }), 3, memory)
        expect(simulate(tables, 0, memory)).toEqual(once)
      }),
      { seed: 81, numRuns: 80 },
    )
  })

  it('give the same census after a service whose last second look at exits fell in the same week as its first', () => {
    const once = { steps: 40, clockStarts: (step: number): number => (step === 0 ? 200 : 0) }
    const tables = tablesOf({ ...once, hazards: { died: level(0.03) } })
    const memory = memoryFor(tables)
    simulate(tablesOf({ ...once, code: 'T_2', hazards: { died: level(0.001) } }), 0, memory)
    expect(simulate(tables, 0, memory)).toEqual(simulate(tables))
  })

  it('give other numbers in another replication', () => {
    const tables = tablesOf({ steps: 30, clockStarts: () => 20, firstSlots: { open: () => 19 } })
    expect(simulate(tables, 1).flows).not.toEqual(simulate(tables, 0).flows)
  })

  it('give, for a shorter horizon, exactly the first part of the longer one', () => {
    fc.assert(
      fc.property(anyService, fc.integer({ min: 1, max: 70 }), (parts, more) => {
        const short = simulate(tablesOf(parts))
        const long = simulate(tablesOf({ ...parts, steps: parts.steps + more }))
        expect(long.waiting.subarray(0, short.waiting.length)).toEqual(short.waiting)
        expect(long.flows.subarray(0, short.flows.length)).toEqual(short.flows)
        expect(long.admittedByBand.subarray(0, short.admittedByBand.length)).toEqual(short.admittedByBand)
        expect(long.nonAdmittedByBand.subarray(0, short.nonAdmittedByBand.length)).toEqual(short.nonAdmittedByBand)
        expect(long.unmetNeed.subarray(0, short.unmetNeed.length)).toEqual(short.unmetNeed)
        expect(long.unusedSlots.subarray(0, short.unusedSlots.length)).toEqual(short.unusedSlots)
      }),
      { seed: 82, numRuns: 80 },
    )
  })
})

describe('a pathway on its way to admission', () => {
  const hazards = Object.fromEntries(EXIT_CAUSES.map((cause) => [cause, (_: number, week: number) => 0.004 + week / 4000]))
  const parts = { steps: 70, strata: 2, clockStarts: () => 25, waitingFirst: [[40, 0, 30], [10]], hazards }
  const exits = (census: ServiceCensus): number[][] =>
    EXIT_CAUSES.map((cause) => Array.from({ length: 70 }, (_, step) => flowAt(census, cause, step + 1, 0) + flowAt(census, cause, step + 1, 1)))

  it('leaves for the same cause in the same week as it would have left waiting for its first appointment', () => {
    const decided = simulate(tablesOf({ ...parts, admittedShare: 1, firstSlots: { open: () => 1000 } }))
    expect(sum([0, 1].map((stratum) => waitingAt(decided, 70, stratum, [0])))).toBe(0)
    expect(exits(decided)).toEqual(exits(simulate(tablesOf(parts))))
  })

  it('is admitted once a slot is there, in the week of the decision at the earliest', () => {
    const census = simulate(tablesOf({ ...parts, hazards: {}, admittedShare: 1, firstSlots: { open: () => 1000 }, admissionSlots: { open: () => 1000 } }))
    expect(listAt(census, 1)).toBe(0)
    expect(flowOver(census, 'admitted')).toBe(flowOver(census, 'decisionsToAdmit'))
  })
})

describe('strata with the same tables', () => {
  it('have draws of their own', () => {
    const census = simulate(tablesOf({ steps: 52, strata: 2, clockStarts: () => 50 }))
    const starts = [0, 1].map((stratum) => Array.from({ length: 52 }, (_, step) => flowAt(census, 'clockStarts', step + 1, stratum)))
    expect(starts[0]).not.toEqual(starts[1])
  })
})
