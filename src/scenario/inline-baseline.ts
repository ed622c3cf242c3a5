/**
 * A baseline written out in a study file → the {@link Baseline} that the model reads, and what can be wrong
 * with it beyond its shape.
 */
import { CarriedRounding } from '../baseline/whole-people.ts'
import type { Baseline, Group, SpecialtyBaseline } from '../baseline/types.ts'
import type { Problem } from '../errors.ts'
import type { InlineBaseline, InlineSpecialty } from './inline-schema.ts'
import { text } from './messages.ts'
import { problemAt } from './positions.ts'
import type { DocumentPath, Positions } from './positions.ts'

type WaitingList = readonly number[] | readonly (readonly number[])[]

/** The two stages' lists as written. */
function listsOf(specialty: InlineSpecialty): { first: WaitingList; admission: WaitingList } {
  const { waiting } = specialty
  if (waiting === undefined) return { first: [], admission: [] }
  if (Array.isArray(waiting)) return { first: waiting, admission: [] }
  return { first: waiting.firstAppointment ?? [], admission: waiting.admission ?? [] }
}

const isByGroup = (list: WaitingList): list is readonly (readonly number[])[] => Array.isArray(list[0])

/**
 * Lists of the wrong length, codes twice, and a chance of being next that is nil for everybody.
 *
 * @param at path of the baseline in its file
 */
export function inlineProblems(inline: InlineBaseline, at: DocumentPath, positions: Positions): Problem[] {
  const groups = inline.groups.length
  const codes = new Set<string>()
  return inline.specialties.flatMap((specialty, index) => {
    const path: DocumentPath = [...at, 'specialties', index]
    const problems: Problem[] = []
    if (codes.has(specialty.code)) problems.push(problemAt(positions, [...path, 'code'], text.duplicateCode(specialty.code)))
    codes.add(specialty.code)
    for (const [key, entries] of perGroupLists(specialty)) {
      if (entries.length === groups) continue
      problems.push(problemAt(positions, [...path, ...key], text.perGroupLength(groups, entries.length)))
    }
    for (const stage of ['firstAppointment', 'admission'] as const) {
      const weight = specialty.chanceWeight?.[stage]
      if (weight === undefined || [weight].flat().some((each) => each > 0)) continue
      problems.push(problemAt(positions, [...path, 'chanceWeight', stage], text.nobodyTreated))
    }
    return problems
  })
}

/** Everything that was written as a list with one entry per group, with its path. */
function perGroupLists(specialty: InlineSpecialty): [DocumentPath, readonly unknown[]][] {
  const { first, admission } = listsOf(specialty)
  const byName = specialty.waiting !== undefined && !Array.isArray(specialty.waiting)
  const found: [DocumentPath, unknown][] = [
    [['clockStartsPerWeek'], specialty.clockStartsPerWeek],
    [['admittedShare'], specialty.admittedShare],
    [byName ? ['waiting', 'firstAppointment'] : ['waiting'], isByGroup(first) ? first : null],
    [['waiting', 'admission'], isByGroup(admission) ? admission : null],
  ]
  return found.filter((entry): entry is [DocumentPath, unknown[]] => Array.isArray(entry[1]))
}

/**
 * The baseline of an inline description that {@link inlineProblems} passes.
 *
 * @param asOf ISO date of the first day simulated
 */
export function inlineToBaseline(inline: InlineBaseline, asOf: string): Baseline {
  const groups = inline.groups.map((group, index): Group => {
    const written = typeof group === 'number' ? { population: group, label: undefined } : group
    return { id: String(index + 1), label: written.label ?? `Group ${index + 1}`, population: written.population }
  })
  const residents = groups.reduce((sum, group) => sum + group.population, 0)
  const populationShare = groups.map((group) => group.population / residents)
  return {
    system: { code: inline.code ?? 'INLINE', name: inline.name ?? 'Inline baseline' },
    asOf,
    groups,
    specialties: inline.specialties.map((specialty) => toSpecialty(specialty, populationShare)),
    notes: ['The baseline was written out in the study file; it is not published data.'],
  }
}

function toSpecialty(specialty: InlineSpecialty, populationShare: readonly number[]): SpecialtyBaseline {
  const { clockStartsPerWeek: starts, admittedShare = 0, chanceWeight, exits } = specialty
  const clockStarts = typeof starts === 'number' ? populationShare.map((share) => share * starts) : starts
  const total = clockStarts.reduce((sum, each) => sum + each, 0)
  const startShare = total > 0 ? clockStarts.map((each) => each / total) : populationShare
  const lists = listsOf(specialty)
  return {
    code: specialty.code,
    name: specialty.name ?? specialty.code,
    clockStartsPerWeek: clockStarts,
    waitingFirst: splitList(lists.first, startShare),
    waitingAdmission: splitList(lists.admission, startShare),
    firstAppointmentsPerWeek: specialty.firstAppointmentsPerWeek,
    admissionsPerWeek: specialty.admissionsPerWeek ?? 0,
    admittedShare: typeof admittedShare === 'number' ? populationShare.map(() => admittedShare) : admittedShare,
    directShare: populationShare.map(() => 0),
    chanceWeightFirst: [chanceWeight?.firstAppointment ?? 1].flat(),
    chanceWeightAdmission: [chanceWeight?.admission ?? 1].flat(),
    removedPerWeek: [exits?.removedPerWeek ?? 0].flat(),
    withdrewPerWeek: [exits?.withdrewPerWeek ?? 0].flat(),
  }
}

/** A list by group, in whole people; a list for all is shared out so that every week's total is kept. */
function splitList(list: WaitingList, shares: readonly number[]): number[][] {
  if (isByGroup(list)) return list.map((weeks) => [...weeks])
  const rounding = new CarriedRounding(shares.length)
  const byWeek = list.map((people) => rounding.next(shares.map((share) => share * people), people))
  return shares.map((_, group) => byWeek.map((split) => split[group]))
}
