import { describe, expect, it } from 'vitest'
import { followExpected, type GroupedLists } from '../../../src/baseline/gradients/expected-groups.ts'
import { BANDS } from '../../../src/baseline/types.ts'
import { seedWords } from '../../../src/experiment/run-task.ts'
import { createCensus } from '../../../src/model/census.ts'
import { compileScenario } from '../../../src/model/compile/index.ts'
import { stratumKeys } from '../../../src/model/identity.ts'
import { createKernelMemory, simulateService } from '../../../src/model/simulate.ts'
import type { ServiceTables } from '../../../src/model/tables.ts'
import { checkStudyData } from '../../../src/scenario/parse.ts'
import { NO_POSITIONS } from '../../../src/scenario/positions.ts'
import { concreteStudy, resolveStudy } from '../../../src/scenario/resolve.ts'
import { twoSpecialties } from './lists.ts'

const WEEKS = 60

/** Tables of the two specialties; `assumptions` as a study file has them. */
async function servicesWith(assumptions: object): Promise<readonly ServiceTables[]> {
  const pack = twoSpecialties()
  const data = { schemaVersion: 1, name: 'expected', baseline: pack.path, time: { weeks: WEEKS }, assumptions, scenarios: { 'as-it-is': {} } }
  return compileScenario(concreteStudy(resolveStudy(await checkStudyData(data, NO_POSITIONS), pack, NO_POSITIONS), 0), 0).services
}

/** People by group, and those of them over 18 weeks, at the last week. */
function expectedAtEnd(tables: ServiceTables): { waiting: number[]; over18: number[] } {
  let last: { waiting: number[]; over18: number[] } = { waiting: [], over18: [] }
  followExpected(tables, (step, lists) => {
    if (step === WEEKS - 1) last = { waiting: byGroup(lists, 0), over18: byGroup(lists, 18) }
  })
  return last
}

function byGroup({ first, admission }: GroupedLists, from: number): number[] {
  return Array.from({ length: first.length / BANDS }, (_, group) => {
    let sum = 0
    for (let band = from; band < BANDS; band++) sum += first[group * BANDS + band] + admission[group * BANDS + band]
    return sum
  })
}

/** The same of one run of the kernel. */
function simulatedAtEnd(tables: ServiceTables, replication: number): { waiting: number[]; over18: number[] } {
  const census = createCensus(tables.steps, tables.strata)
  simulateService(tables, stratumKeys(seedWords('expected'), replication, tables, 0), createKernelMemory(tables.steps, tables.strata, tables.stepsPerWeek), census)
  const count = (group: number, from: number): number => {
    let sum = 0
    for (const stage of [0, 1]) {
      const row = tables.steps * 2 + stage
      for (let band = from; band < BANDS; band++) sum += census.waiting[(row * tables.strata + group) * census.bands + band]
    }
    return sum
  }
  const groups = Array.from({ length: tables.strata }, (_, group) => group)
  return { waiting: groups.map((group) => count(group, 0)), over18: groups.map((group) => count(group, 18)) }
}

describe('the kernel in expected values, by group', () => {
  it.each([
    ['as it is', {}],
    ['with cancellation, and admissions missed', { hospitalCancellation: [0.06, 0.05, 0.04, 0.03, 0.02], patientCancellation: 0.03, backfillAfterCancellation: 0.5, admissionDnaRate: 0.04 }],
  ])('finds the lists that the kernel finds, but for chance: %s', async (_, assumptions) => {
    for (const tables of await servicesWith(assumptions)) {
      const expected = expectedAtEnd(tables)
      const runs = Array.from({ length: 4 }, (_unused, replication) => simulatedAtEnd(tables, replication))
      for (const part of ['waiting', 'over18'] as const) {
        for (const [group, people] of expected[part].entries()) {
          const mean = runs.reduce((sum, run) => sum + run[part][group], 0) / runs.length
          // Five Poisson standard errors of the mean of four runs, and half a per cent for weeks and rounded slots.
          expect(Math.abs(mean - people), `${tables.code} ${part} ${group}`).toBeLessThan(5 * Math.sqrt(people / runs.length) + 0.005 * people)
        }
      }
    }
  }, 240_000)

  it('leaves groups alike where nothing differs between them but how many they are', async () => {
    const same = { independentSectorAccess: [1, 1, 1, 1, 1], dnaRate: 0.064, privatePerWeek: 0.0002, deathPerWeek: 0.0001, admissionOdds: 1 }
    for (const tables of await servicesWith(same)) {
      const { waiting, over18 } = expectedAtEnd(tables)
      const shares = over18.map((people, group) => people / waiting[group])
      // The list at the start still leans a little: those who then waited are nearly gone.
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(0.002)
    }
  })

  it('refuses tables with what it does not follow', async () => {
    const [tables] = await servicesWith({ inTurnShareFirst: 0.5 })
    expect(() => followExpected(tables, () => undefined)).toThrow(/by chance/)
  })
})
