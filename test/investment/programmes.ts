/** Programmes, steps and drafts for tests of money, written out. */
import type { AllocationContext } from '../../src/investment/allocation/units.ts'
import { createDraft, type DraftService } from '../../src/investment/draft.ts'
import { layOutSteps } from '../../src/model/steps.ts'
import type { Steps } from '../../src/model/steps.ts'
import { LEVER_ENTRIES } from '../../src/scenario/lever-parameters.ts'
import type { Across, Allocation, Budget, LeverId, Programme, Series } from '../../src/scenario/study.ts'
import { BANDS } from '../../src/baseline/types.ts'

/** What a test says of a programme; the rest is a universal capacity programme of ten years. */
export interface ProgrammeParts {
  readonly lever?: LeverId
  readonly perYear?: Series
  readonly from?: string
  readonly years?: number
  readonly rampWeeks?: number
  readonly allocate?: Allocation<Series>
  readonly across?: Partial<Across<Series>>
  readonly budget?: Partial<Budget<Series>>
  readonly id?: string
  readonly specialties?: readonly string[]
  readonly systems?: readonly string[]
  readonly people?: Programme<Series>['people']
  readonly parameters?: Readonly<Record<string, number>>
}

/** A programme with its lever's default parameters. */
export function programme(parts: ProgrammeParts = {}): Programme<Series> {
  const { lever = 'capacity' } = parts
  const prefix = `lever.${lever}.`
  const defaults = LEVER_ENTRIES.filter(({ id }) => id.startsWith(prefix)).map(({ id, value }): [string, number] => [id.slice(prefix.length), Number(value)])
  return {
    id: parts.id ?? 'programme',
    lever,
    specialties: parts.specialties ?? [],
    systems: parts.systems ?? [],
    budget: {
      perYear: parts.perYear ?? 1_000_000,
      byYear: [],
      share: null,
      from: parts.from ?? '2026-02-01',
      years: parts.years ?? 10,
      rampWeeks: parts.rampWeeks ?? 0,
      late: null,
      earmark: 0,
      minimum: 0,
      maximum: null,
      ...parts.budget,
    },
    ...(parts.people === undefined ? {} : { people: parts.people }),
    allocate: parts.allocate ?? { rule: 'universal' },
    across: { systems: null, specialties: null, ...parts.across },
    parameters: { ...Object.fromEntries(defaults), ...parts.parameters },
  }
}

/** Weekly steps from 1 February 2026, a Sunday, so that financial years begin within a step. */
export const weeklySteps = (weeks: number): Steps => 
  layOutSteps({ start: '2026-02-01', weeks, stepDays: 7, workingDays: false, warmUpWeeks: 0, seasonality: { clockStarts: null, capacity: null } })

/** Residents and need of the groups of one system, in which nine in ten of the least needy are seen and half of the others. */
export function contextOf(population: readonly number[], needPerHead: readonly number[] = population.map(() => 1), code = 'LAB'): AllocationContext {
  const groups = population.map((residents, index) => ({ id: String(index + 1), label: `Group ${index + 1}`, population: residents }))
  const need = population.map((residents, group) => residents * needPerHead[group])
  const use = need.map((people, group) => people * (group === population.length - 1 ? 0.9 : 0.5))
  return { systems: [{ code, groups, specialties: [{ code: 'T_1', use, need }] }] }
}

/** A draft of a specialty with level numbers in every group. */
export function draftOf(code: string, steps: number, groups: number, system = 'LAB'): DraftService {
  const cells = steps * groups
  const perGroup = <T>(value: T): T[] => Array.from({ length: groups }, () => value)
  return createDraft({
    baseline: {
      code,
      name: code,
      clockStartsPerWeek: perGroup(50),
      directShare: perGroup(0),
      waitingFirst: perGroup(Array.from({ length: BANDS }, (_, week) => (week < 40 ? 20 : 0))),
      waitingAdmission: perGroup([30, 30, 30]),
      firstAppointmentsPerWeek: 100,
      admissionsPerWeek: 20,
      admittedShare: perGroup(0.2),
      chanceWeightFirst: [1],
      chanceWeightAdmission: [1],
      removedPerWeek: [0],
      withdrewPerWeek: [0],
    },
    system,
    steps,
    groups,
    classes: 1,
    stepsPerWeek: 1,
    firstSlotsPerWeek: 100,
    admissionSlotsPerWeek: 20,
    unmetNeed: perGroup(500),
    appointmentsOffered: new Float64Array(cells).fill(100 / groups),
    referralsExpected: new Float64Array(cells).fill(50),
    firstIndependent: new Float64Array(steps),
    admissionIndependent: new Float64Array(steps),
    admissionHub: new Float64Array(steps),
  })
}
