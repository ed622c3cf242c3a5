/**
 * How large a study is, before it is run: people, runs, memory. An estimate from the lists and weekly starts at the
 * means of what is uncertain; money, policies and shocks are left out.
 */
import { BANDS } from '../baseline/types.ts'
import { FLOWS } from '../model/census.ts'
import { groupsIn, systemsOf } from './baselines.ts'
import { stepsOf } from './formula-series.ts'
import type { NumberSpec, Study, SystemBaseline } from './study.ts'

/** Memory for one person on a specialty's list, bytes: the kernel's columns and its queues, with room to grow. */
const BYTES_PER_PERSON = 100
/** Numbers that compiled tables hold for each step, stratum and specialty, about. */
const TABLES_PER_CELL = 14
const BYTES_PER_DOUBLE = 8
const BYTES_PER_COUNT = 4
const DAYS_PER_WEEK = 7

/** The size of a study. */
export interface StudySize {
  /** Cells of systems × deprivation × further dimensions × case mix × priority levels. */
  readonly strata: number
  /** Steps simulated, the warm-up among them. */
  readonly steps: number
  /** Scenarios × draws × replications. */
  readonly runs: number
  /** People simulated in one run: the list at the start and all clock starts, times the sample. */
  readonly pathwaysPerRun: number
  /** In all runs. */
  readonly pathways: number
  /** Memory that one thread needs for what it keeps: tables of every scenario, one specialty's people and counts, bytes. */
  readonly kernelBytes: number
}

interface SpecialtySize {
  readonly code: string
  readonly list: number
  readonly startsPerWeek: number
  readonly stopsPerWeek: number
}

/** Estimates the size of a study. */
export function studySize(study: Study): StudySize {
  const systems = systemsOf(study.baseline)
  const specialties = systems.map(specialtiesOf)
  const weeks = study.time.weeks + study.time.warmUpWeeks
  const steps = stepsOf({ ...study.time, weeks })
  const strata = systems.length * strataOf(study)
  const all = specialties.flat()
  const needFactor = Math.max(...study.assumptions.needFactor.map(plain))
  const starts = total(all.map(({ startsPerWeek }) => startsPerWeek)) * needFactor * weeks
  const pathwaysPerRun = (total(all.map(({ list }) => list)) + starts) * study.sample
  const runs = study.scenarios.length * Math.max(1, study.draws) * study.replications
  const tables = study.scenarios.length * all.length * steps * (strata / systems.length) * TABLES_PER_CELL * BYTES_PER_DOUBLE
  const census = (steps + 1) * strata * (4 * BANDS + FLOWS.length + 1) * BYTES_PER_COUNT
  const people = mostPeople(specialties, weeks, needFactor, sharesSlots(study)) * study.sample * BYTES_PER_PERSON
  return { strata, steps, runs, pathwaysPerRun, pathways: pathwaysPerRun * runs, kernelBytes: tables + census + people }
}

const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
/** A number written plainly; 1 for a factor that is a distribution or a formula. */
const plain = (spec: NumberSpec): number => (typeof spec === 'number' ? spec : 1)

/** Strata of one system. */
function strataOf({ baseline, dimensions, priority, assumptions }: Study): number {
  const limited = [assumptions.independentSectorSuitable, assumptions.hubSuitable].filter((shares) => shares.some((share) => share !== 1))
  const further = dimensions.reduce((product, { groups }) => product * groups.length, 1)
  return groupsIn(systemsOf(baseline)[0]) * further * (limited.length + 1) * priority.levels.length
}

const sharesSlots = (study: Study): boolean => study.scenarios.some(({ mutualAid }) => mutualAid.length > 0)

/** Most people that one specialty holds at a time; systems that share slots hold theirs together. */
function mostPeople(systems: readonly SpecialtySize[][], weeks: number, needFactor: number, together: boolean): number {
  const peak = ({ list, startsPerWeek, stopsPerWeek }: SpecialtySize): number =>
    list + Math.max(0, startsPerWeek * needFactor - stopsPerWeek) * weeks
  const byCode = new Map<string, number>()
  let most = 0
  for (const specialty of systems.flat()) {
    const people = (together ? (byCode.get(specialty.code) ?? 0) : 0) + peak(specialty)
    byCode.set(specialty.code, people)
    most = Math.max(most, people)
  }
  return most
}

function specialtiesOf(system: SystemBaseline): SpecialtySize[] {
  if (system.kind === 'inline') {
    return system.baseline.specialties.map((specialty) => ({
      code: specialty.code,
      list: total([...specialty.waitingFirst, ...specialty.waitingAdmission].map(total)),
      startsPerWeek: total(specialty.clockStartsPerWeek),
      stopsPerWeek: specialty.firstAppointmentsPerWeek,
    }))
  }
  const weeks = system.pack.days / DAYS_PER_WEEK
  return system.pack.specialties.map((specialty) => ({
    code: specialty.code,
    list: total(specialty.waitingWithoutDecision) + total(specialty.waitingWithDecision),
    startsPerWeek: specialty.clockStarts / weeks,
    stopsPerWeek: (total(specialty.admittedStops) + total(specialty.nonAdmittedStops)) / weeks,
  }))
}
