/** Concrete studies written out by hand for tests of compile: every mechanism off unless a test turns it on. */
import type { Baseline, SpecialtyBaseline } from '../../../src/baseline/types.ts'
import { compileScenario } from '../../../src/model/compile/index.ts'
import type { CompiledScenario } from '../../../src/model/tables.ts'
import { ASSUMPTION_KEYS, assumptionEntry, isPerGroup } from '../../../src/scenario/assumptions.ts'
import { OPTIONAL_COUNTS } from '../../../src/scenario/study.ts'
import type {
  Adjustment,
  Assumptions,
  ConcreteStudy,
  FurtherDimension,
  MutualAid,
  Policy,
  Priority,
  Scenario,
  Series,
  Shock,
  StudyTime,
  Where,
} from '../../../src/scenario/study.ts'

/** Groups of the built studies, most deprived first; the first day, a Monday; and the number of weeks. */
export const GROUPS = 3
const START = '2026-04-06'
export const WEEKS = 60

/** Assumptions with every mechanism off, and those given. */
function assumptionsWith(parts: Partial<Assumptions<Series>> = {}): Assumptions<Series> {
  const off = ASSUMPTION_KEYS.map((key) => {
    const value = assumptionEntry(key).inlineValue ?? 1
    return [key, isPerGroup(key) ? Array.from({ length: GROUPS }, () => value) : value]
  })
  return { ...(Object.fromEntries(off) as Assumptions<Series>), ...parts }
}

/** A specialty with level numbers; 10 people wait in each of the first weeks. */
export function specialty(code: string, parts: Partial<SpecialtyBaseline> = {}): SpecialtyBaseline {
  return {
    code,
    name: `Specialty ${code}`,
    clockStartsPerWeek: [50, 30, 20],
    waitingFirst: [Array<number>(20).fill(10), Array<number>(20).fill(8), Array<number>(20).fill(5)],
    waitingAdmission: [Array<number>(10).fill(6), Array<number>(10).fill(4), Array<number>(10).fill(2)],
    firstAppointmentsPerWeek: 90,
    admissionsPerWeek: 20,
    admittedShare: [0.2, 0.2, 0.3],
    directShare: [0.1, 0.05, 0],
    chanceWeightFirst: [1],
    chanceWeightAdmission: [1],
    removedPerWeek: [0, 0.002],
    withdrewPerWeek: [0.003],
    ...parts,
  }
}

/** A system with one specialty, or those given. */
export function system(code: string, specialties: readonly SpecialtyBaseline[] = [specialty('T_1')], population: readonly number[] = [30_000, 40_000, 50_000]): Baseline {
  return {
    system: { code, name: `System ${code}` },
    asOf: START,
    groups: population.map((residents, index) => ({ id: String(index + 1), label: `Group ${index + 1}`, population: residents })),
    specialties,
    notes: [],
  }
}

/** One level. */
const ONE_LEVEL: Priority<Series> = {
  levels: [{ id: 'all', title: 'All', targetWeeksFirst: null, targetWeeksAdmission: null }],
  sharesFirst: [1],
  sharesAdmission: [1],
  listSharesFirst: [1],
  listSharesAdmission: [1],
  headStartWeeksFirst: [0],
  headStartWeeksAdmission: [0],
  chanceWeightFirst: [1],
  chanceWeightAdmission: [1],
}

/** Routine and urgent. */
export const TWO_LEVELS: Priority<Series> = {
  levels: [
    { id: 'routine', title: 'Routine', targetWeeksFirst: 18, targetWeeksAdmission: null },
    { id: 'urgent', title: 'Urgent', targetWeeksFirst: 2, targetWeeksAdmission: 4 },
  ],
  sharesFirst: [0.8, 0.2],
  sharesAdmission: [0.7, 0.3],
  listSharesFirst: [0.9, 0.1],
  listSharesAdmission: [0.75, 0.25],
  headStartWeeksFirst: [0, 16],
  headStartWeeksAdmission: [0, 8],
  chanceWeightFirst: [1, 3],
  chanceWeightAdmission: [1, 2],
}

/** Two age bands whose shares differ by deprivation. */
export const AGE: FurtherDimension = {
  id: 'age',
  title: 'Age',
  ordered: true,
  groups: [
    { id: 'under-65', label: 'Under 65' },
    { id: '65+', label: '65 and over' },
  ],
  residents: [[0.9, 0.1], [0.8, 0.2], [0.75, 0.25]],
  clockStarts: [[0.7, 0.3], [0.6, 0.4], [0.5, 0.5]],
  list: [[0.65, 0.35], [0.6, 0.4], [0.5, 0.5]],
}

/** A policy that holds always and sets nothing but what is given. */
export function policy(parts: Partial<Policy<Series>>): Policy<Series> {
  const each = (value: number): number[] => Array.from({ length: GROUPS }, () => value)
  return {
    headStartWeeks: each(0),
    chanceWeight: each(1),
    inTurnShareFirst: null,
    inTurnShareAdmission: null,
    longWait: null,
    reservedShare: each(0),
    levelling: null,
    rebooking: null,
    from: null,
    to: null,
    ...parts,
  }
}

/** A shock with no effect but those given. */
export function shock(parts: Partial<Shock<Series>>): Shock<Series> {
  const each = (value: number): number[] => Array.from({ length: GROUPS }, () => value)
  return {
    kind: 'industrial-action',
    weeks: [],
    capacityLoss: 0,
    recovered: 0,
    recoveryWeeks: 1,
    referralLoss: each(0),
    referralReturn: each(0),
    returnWeeks: 1,
    dnaOdds: each(1),
    emergencyFactor: each(1),
    deathFactor: each(1),
    chanceWeight: each(1),
    systems: [],
    ...parts,
  }
}

/** An adjustment; conditions left out hold everywhere. */
export function adjust(assumption: Adjustment['assumption'], change: Adjustment['change'], value: Series, where: Partial<Where> = {}): Adjustment<Series> {
  return { assumption, change, value, where: { specialties: [], systems: [], deprivation: [], priority: [], dimensions: [], from: null, to: null, ...where } }
}

/** Mutual aid from A to B all the time. */
export function aid(parts: Partial<MutualAid<Series>>): MutualAid<Series> {
  return { from: 'A', to: 'B', specialties: [], firstSlotsPerWeek: 0, admissionSlotsPerWeek: 0, uptake: [1, 1, 1], startsOn: null, endsOn: null, ...parts }
}

/** A scenario that changes nothing but what is given. */
function scenario(parts: Partial<Scenario<Series>> = {}): Scenario<Series> {
  return { id: 'scenario', title: 'Scenario', description: '', invest: [], envelope: null, policies: [], shocks: [], adjustments: [], mutualAid: [], ...parts }
}

/** What a test says of a study. */
export type StudyParts = Partial<Omit<ConcreteStudy, 'assumptions' | 'time' | 'scenarios'>> & {
  readonly assumptions?: Partial<Assumptions<Series>>
  readonly time?: Partial<StudyTime>
  readonly scenarios?: readonly Partial<Scenario<Series>>[]
}

/** A study of one system with one specialty, one scenario and every mechanism off, but for what is given. */
export function study(parts: StudyParts = {}): ConcreteStudy {
  const time: StudyTime = {
    start: START,
    weeks: WEEKS,
    stepDays: 7,
    workingDays: false,
    warmUpWeeks: 0,
    seasonality: { clockStarts: null, capacity: null },
    ...parts.time,
  }
  return {
    name: 'built',
    seed: 'built',
    draw: 0,
    steps: (time.weeks * 7) / time.stepDays,
    reference: 'scenario',
    sample: 1,
    baselines: [system('A')],
    adjustments: [],
    dimensions: [],
    priority: ONE_LEVEL,
    rebooking: { afterDna: 'own-place', afterPatientCancellation: 'own-place', afterHospitalCancellation: 'front' },
    prices: { baseYear: 2026, budgets: 'real', inflation: 0, costInflation: 0 },
    ...parts,
    time,
    assumptions: assumptionsWith(parts.assumptions),
    scenarios: (parts.scenarios ?? [{}]).map(scenario),
    counted: parts.counted ?? OPTIONAL_COUNTS,
  }
}

/** The built study's scenarios, compiled. */
export function compiled(parts: StudyParts = {}): CompiledScenario[] {
  const built = study(parts)
  return built.scenarios.map((_, index) => compileScenario(built, index))
}

/** Sum of numbers, of those that a test keeps. */
export function sum(values: ArrayLike<number> | null, keep: (index: number) => boolean = () => true): number {
  return Array.from(values ?? []).reduce((total, value, index) => (keep(index) ? total + value : total), 0)
}

/** The sum in one step, over strata, of numbers by cell. */
export const inStep = (cells: ArrayLike<number> | null, step: number, strata: number): number => sum(cells, (index) => Math.floor(index / strata) === step)
