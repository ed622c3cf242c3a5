import { describe, expect, it } from 'vitest'
import { createContext } from '../../../src/model/compile/context.ts'
import { layOutRun } from '../../../src/model/compile/calendar.ts'
import { draftService } from '../../../src/model/compile/drafts.ts'
import { layOutMoneyCells } from '../../../src/model/compile/money-cells.ts'
import { compilePathway } from '../../../src/model/compile/pathway.ts'
import { layOutStrata } from '../../../src/model/compile/strata.ts'
import type { Pathway } from '../../../src/model/tables.ts'
import { programme } from '../../investment/programmes.ts'
import { compiled, study, sum, WEEKS, type StudyParts } from './study-builder.ts'

const TESTS: StudyParts = { assumptions: { testShare: [0.3, 0.3, 0.3], testWeeks: 6 }, time: { warmUpWeeks: 4, stepDays: 1 }, steps: (WEEKS + 4) * 7 }
const pathwayOf = (parts: StudyParts): Pathway => compiled(parts)[0].services[0].pathway

/** The pathway where money has left these factors on the time that tests take, and so many appointments, by group in one week; tests take a hundred weeks in the others. */
function withFactors(factors: readonly number[], offered: readonly number[], week = 5): number {
  const built = study({ assumptions: { testShare: [0.3, 0.3, 0.3], testWeeks: 100 } })
  const run = layOutRun(built.time)
  const strata = layOutStrata(built)
  const [scenario] = built.scenarios
  const [system] = built.baselines
  const service = draftService(createContext(built, scenario, run, strata, layOutMoneyCells(scenario, built.dimensions, strata), system, system.specialties[0]))
  service.draft.testFactor.set(factors, week * 3)
  service.draft.appointmentsOffered.set(offered, week * 3)
  const { testSteps } = compilePathway(service)
  expect(testSteps.every((steps, step) => step === week || steps === 100)).toBe(true)
  return testSteps[week]
}

describe('the time that tests take', () => {
  it('is in the mean over the first appointments of the groups', () => {
    expect(withFactors([0.5, 1, 1], [10, 20, 70])).toBe(95)
    expect(withFactors([1, 1, 0.5], [10, 20, 70])).toBe(65)
    expect(withFactors([0.4, 0.6, 0.8], [50, 50, 0])).toBe(50)
    expect(withFactors([0.4, 0.6, 0.8], [50, 50, 0], 0)).toBe(50)
    expect(withFactors([1, 1, 1], [10, 20, 70])).toBe(100)
  })

  it('is in the mean over the groups alike in a week without appointments', () => {
    expect(withFactors([0.4, 0.6, 0.8], [0, 0, 0])).toBe(60)
  })

  it('shortens where a diagnostic centre works, never in the warm-up', () => {
    const days = (invest: ReturnType<typeof programme>[]): number[] => [...pathwayOf({ ...TESTS, scenarios: [{ invest }] }).testSteps]
    expect(new Set(days([]))).toEqual(new Set([42]))
    const shorter = days([programme({ lever: 'diagnostic-centre', perYear: 3_000_000, from: '2026-01-01' })])
    expect(shorter.slice(0, 28)).toEqual(Array<number>(28).fill(42))
    expect(shorter.at(-1)).toBeLessThan(42)
    expect(Math.min(...shorter)).toBeGreaterThan(0)
    expect(sum(shorter)).toBeLessThan(42 * shorter.length)
  })
})

describe('what lies before an outcome', () => {
  it('is written in steps, at least one of them for what is another occasion', () => {
    const weeks = { furtherAppointmentShare: [0.2, 0.1, 0], furtherAppointmentWeeks: 3, minimumPathwayWeeks: 2, followUpsPerAppointment: 0.4, followUpWeeks: 5 }
    const { furtherShare, ...rest } = pathwayOf({ assumptions: weeks })
    expect([...(furtherShare ?? [])]).toEqual([0.2, 0.1, 0])
    expect(rest).toMatchObject({ furtherSteps: 3, minimumSteps: 2, followUps: 0.4, followUpSteps: 5, testShare: null })
    expect(pathwayOf({ assumptions: weeks, time: { stepDays: 1 }, steps: WEEKS * 7 })).toMatchObject({ furtherSteps: 21, minimumSteps: 14, followUpSteps: 35 })
    expect(pathwayOf({ assumptions: { ...weeks, furtherAppointmentWeeks: 0.2, followUpWeeks: 0.2 } })).toMatchObject({ furtherSteps: 1, followUpSteps: 1 })
  })
})
