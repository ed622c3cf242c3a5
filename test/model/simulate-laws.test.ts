import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BANDS } from '../../src/baseline/types.ts'
import { createCensus, EXIT_FLOWS, FLOWS } from '../../src/model/census.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'
import { simulateService } from '../../src/model/simulate.ts'
import type { ServiceTables } from '../../src/model/tables.ts'
import { anyService, anyTwoServices } from './any-service.ts'
import { flowAt, flowOver, keysOf, level, listAt, memoryFor, simulate, slotsOffered, sum, tablesOf, waitingAt, waitingByBand } from './tables-fixture.ts'

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

describe('the services tried here', () => {
  it('have every flow occur between them, most of them often', () => {
    const runs = FLOWS.map(() => 0)
    holds(150, 70, (_, census) => {
      for (const [index, flow] of FLOWS.entries()) if (flowOver(census, flow) > 0) runs[index]++
    })
    expect(FLOWS.filter((_, index) => runs[index] < 15)).toEqual([])
  })
})

describe('every run of the kernel', () => {
  it('keeps waiting = waiting before + clock starts − all exits in every step and group, its levels together', () => {
    holds(300, 71, (tables, census) => {
      const offBalance: string[] = []
      for (let row = 1; row <= census.steps; row++) {
        for (let group = 0; group < tables.strata / tables.levels; group++) {
          const levels = Array.from({ length: tables.levels }, (_, rank) => group * tables.levels + rank)
          const over = (of: (stratum: number) => number): number => sum(levels.map(of))
          const expected = over((stratum) => waitingAt(census, row - 1, stratum) + flowAt(census, 'clockStarts', row, stratum) - exitsAt(census, row, stratum))
          if (over((stratum) => waitingAt(census, row, stratum)) !== expected) offBalance.push(`row ${row}, group ${group}`)
        }
      }
      expect(offBalance).toEqual([])
    })
  })

  it('keeps each level, where a decision to admit keeps it: in come those who moved up to it, out go those who moved on', () => {
    holds(200, 83, (tables, census) => {
      if (tables.levelAtDecision !== null) return
      const offBalance: string[] = []
      everyCell(census, (row, stratum) => {
        const rank = stratum % tables.levels
        const moved = (rank === 0 ? 0 : flowAt(census, 'deteriorated', row, stratum - 1)) - flowAt(census, 'deteriorated', row, stratum)
        const expected = waitingAt(census, row - 1, stratum) + flowAt(census, 'clockStarts', row, stratum) + moved - exitsAt(census, row, stratum)
        if (waitingAt(census, row, stratum) !== expected) offBalance.push(`row ${row}, stratum ${stratum}`)
        if (rank === tables.levels - 1 && flowAt(census, 'deteriorated', row, stratum) > 0) offBalance.push(`row ${row}, stratum ${stratum}: beyond the highest`)
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
      for (const counts of [census.waiting, census.flows, census.admittedByBand, census.nonAdmittedByBand, census.unmetNeed, census.unusedSlots, census.attended]) {
        expect(counts.every((count) => count >= 0)).toBe(true)
      }
    })
  })

  it('ends every slot in one way: attended, admitted, lost, unused, or taken by a follow-up appointment', () => {
    holds(300, 74, (tables, census) => {
      const followUps = followUpsTaken(tables, census)
      for (let row = 1; row <= census.steps; row++) {
        const used = census.attended[row] + flowOver(census, 'admitted', row, row) + flowOver(census, 'slotsLost', row, row)
        const unused = census.unusedSlots[row * 2] + census.unusedSlots[row * 2 + 1]
        expect(used + unused + followUps[row - 1]).toBe(slotsOffered(tables.first, row - 1) + slotsOffered(tables.admission, row - 1))
      }
    })
  })

  it('leaves a slot unused only when nobody waits for it, where all pools are open or pass on, and nobody is held', () => {
    fc.assert(
      fc.property(anyService, (parts) => {
        const { pools: _, ...firstSlots } = parts.firstSlots ?? { open: () => 0 }
        const { pools: __, ...admissionSlots } = parts.admissionSlots ?? { open: () => 0 }
        const tables = tablesOf({ ...parts, firstSlots, admissionSlots, firstAbsence: {}, admissionAbsence: {}, furtherShare: 0, testShare: 0, minimumSteps: 0 })
        const census = simulate(tables)
        for (let row = 1; row <= census.steps; row++) {
          for (const stage of [0, 1] as const) {
            const waiting = sum(Array.from({ length: census.strata }, (___, stratum) => waitingAt(census, row, stratum, [stage])))
            expect(census.unusedSlots[row * 2 + stage] === 0 || waiting === 0).toBe(true)
          }
        }
      }),
      { seed: 75, numRuns: 150 },
    )
  })

  it('gives no slot of a source to people to whom all pools of the source are closed', () => {
    holds(300, 84, (tables, census) => {
      const pools = [...tables.first.pools, ...tables.admission.pools]
      const flows = { 'independent-sector': 'independentSlots', hub: 'hubSlots', 'mutual-aid': 'aidSlots' } as const
      for (const [source, flow] of Object.entries(flows)) {
        const own = pools.filter((pool) => pool.source === source)
        for (let stratum = 0; stratum < tables.strata; stratum++) {
          const given = sum(Array.from({ length: census.steps }, (_, step) => flowAt(census, flow, step + 1, stratum)))
          const open = own.some(({ access }) => access === null || access[stratum] > 0)
          expect(open || given === 0).toBe(true)
        }
      }
    })
  })

  it('brings every attended first appointment to one outcome, at once or after tests, or to a further appointment', () => {
    fc.assert(
      fc.property(anyService, (parts) => {
        // Those who start with a decision to admit never had an appointment.
        const tables = tablesOf({ ...parts, directStarts: () => 0 })
        const census = simulate(tables)
        const atOnce = tables.pathway.testShare === null && tables.pathway.minimumSteps === 0
        let [attended, outcomes] = [0, 0]
        for (let row = 1; row <= census.steps; row++) {
          attended += census.attended[row] - flowOver(census, 'furtherAppointments', row, row)
          outcomes += flowOver(census, 'nonAdmitted', row, row) + flowOver(census, 'decisionsToAdmit', row, row)
          expect(outcomes).toBeLessThanOrEqual(attended)
          expect(outcomes).toBeGreaterThanOrEqual(atOnce ? attended : 0)
        }
      }),
      { seed: 76, numRuns: 200 },
    )
  })

  it('stops nobody without admission before the least time that a pathway takes', () => {
    fc.assert(
      fc.property(anyService, fc.integer({ min: 2, max: 9 }), (parts, minimumSteps) => {
        const census = simulate(tablesOf({ ...parts, stepsPerWeek: 1, minimumSteps }))
        everyCell(census, (row, stratum) => {
          const from = (row * census.strata + stratum) * BANDS
          // Who stops n weeks after the start is published as n − 1 or n weeks waited.
          expect(sum(census.nonAdmittedByBand.subarray(from, from + minimumSteps - 1))).toBe(0)
        })
      }),
      { seed: 85, numRuns: 100 },
    )
  })

  it('discharges for missed appointments only, and loses slots to absences only', () => {
    holds(150, 86, (_, census) => {
      everyCell(census, (row, stratum) => {
        const absences = sum((['dna', 'cancelledByPatient', 'cancelledByHospital'] as const).map((flow) => flowAt(census, flow, row, stratum)))
        expect(flowAt(census, 'dischargedAfterDna', row, stratum)).toBeLessThanOrEqual(flowAt(census, 'dna', row, stratum))
        expect(flowAt(census, 'slotsLost', row, stratum)).toBeLessThanOrEqual(absences)
        expect(flowAt(census, 'slotsLost', row, stratum)).toBeGreaterThanOrEqual(flowAt(census, 'cancelledByHospital', row, stratum))
      })
    })
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

  it('counts nobody twice: a cohort of a group on the list only shrinks, and none is older than its clock', () => {
    fc.assert(
      fc.property(anyService, (parts) => {
        const tables = tablesOf({ ...parts, stepsPerWeek: 1 })
        const census = simulate(tables)
        for (let row = 1; row <= census.steps; row++) {
          for (let first = 0; first < tables.strata; first += tables.levels) {
            const own = Array.from({ length: tables.levels }, (_, rank) => first + rank)
            const now = cohortsOf(census, row, own)
            const before = cohortsOf(census, row - 1, own)
            expect(now[0]).toBeLessThanOrEqual(sum(own.map((stratum) => flowAt(census, 'clockStarts', row, stratum))))
            for (let band = 1; band < BANDS - 1; band++) expect(now[band]).toBeLessThanOrEqual(before[band - 1])
            expect(now[BANDS - 1]).toBeLessThanOrEqual(before[BANDS - 1] + before[BANDS - 2])
          }
        }
      }),
      { seed: 78, numRuns: 80 },
    )
  })

  it('moves unmet need by what arises, what outreach finds, what presents late, what ends in an emergency and what resolves', () => {
    holds(150, 79, (tables, census) => {
      everyCell(census, (row, stratum) => {
        const found = flowAt(census, 'additionalStarts', row, stratum) + flowAt(census, 'lateStarts', row, stratum)
        const referred = flowAt(census, 'clockStarts', row, stratum) - found
        const unreferred = flowAt(census, 'needArising', row, stratum) - referred
        const gone = flowAt(census, 'unmetResolved', row, stratum) + flowAt(census, 'unmetEmergency', row, stratum)
        const before = census.unmetNeed[(row - 1) * tables.strata + stratum]
        expect(unreferred).toBeGreaterThanOrEqual(0)
        expect(census.unmetNeed[row * tables.strata + stratum]).toBe(before + unreferred - found - gone)
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

/** Everybody of a stratum who leaves the list in a row. */
function exitsAt(census: ServiceCensus, row: number, stratum: number): number {
  return sum(EXIT_FLOWS.map((flow) => flowAt(census, flow, row, stratum)))
}

/** Slots of each step that follow-up appointments take: those due and those left over before, in whole slots of the last pool. */
function followUpsTaken({ first, pathway }: ServiceTables, census: ServiceCensus): number[] {
  const last = first.pools[first.pools.length - 1]
  let owed = 0
  return Array.from({ length: census.steps }, (_, step) => {
    const seen = step - pathway.followUpSteps
    if (pathway.followUps > 0 && seen >= 0) owed += census.attended[seen + 1] * pathway.followUps
    const taken = Math.min(Math.floor(owed), last.slots[step])
    owed -= taken
    return taken
  })
}

/** People of some strata on the list by weeks waited, both stages. */
function cohortsOf(census: ServiceCensus, row: number, strata: readonly number[]): number[] {
  const lists = strata.flatMap((stratum) => ([0, 1] as const).map((stage) => waitingByBand(census, row, stage, stratum)))
  return Array.from({ length: BANDS }, (_, band) => sum(lists.map((list) => list[band])))
}

describe('the same tables and key', () => {
  it('give the same census, in fresh memory and in memory that another service has used', () => {
    fc.assert(
      fc.property(anyTwoServices, ([parts, others]) => {
        const tables = tablesOf(parts)
        const once = simulate(tables)
        expect(simulate(tables)).toEqual(once)
        const memory = memoryFor(tables)
        simulate(tablesOf({ ...others, code: 'T_2' }), 3, memory)
        expect(simulate(tables, 0, memory)).toEqual(once)
      }),
      { seed: 81, numRuns: 150 },
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
        expect(long.attended.subarray(0, short.attended.length)).toEqual(short.attended)
      }),
      { seed: 82, numRuns: 150 },
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
