/**
 * One scenario of a study file, resolved: programmes with budgets, allocations and lever parameters; the rest in
 * files of their own.
 */
import { addDays, daysBetween } from '../baseline/calendar.ts'
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { programmeIds } from './programme-ids.ts'
import { RANGES } from './ranges.ts'
import { reportGroups, resolveAdjustments } from './resolve-adjust.ts'
import { resolveAid } from './resolve-aid.ts'
import { resolveLever } from './resolve-lever.ts'
import { resolvePolicies } from './resolve-policy.ts'
import { resolveShock } from './resolve-shocks.ts'
import type { ProgrammeFile, ScenarioFile } from './schema-scenario.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Allocation, Budget, Programme, Rebooking, Scenario } from './study.ts'

const DAYS_PER_YEAR = 365.25

/**
 * Resolves a scenario; problems go to `reader`.
 *
 * @param rebooking the study's own rules of rebooking
 */
export function resolveScenario(
  id: string,
  scenario: ScenarioFile,
  rebooking: Rebooking,
  frame: StudyFrame,
  reader: NumberReader,
): Scenario {
  const path: DocumentPath = ['scenarios', id]
  const ids = programmeIds(scenario.invest ?? [])
  return {
    id,
    title: scenario.title ?? id,
    description: scenario.description ?? '',
    invest: (scenario.invest ?? []).map((programme, index) =>
      resolveProgramme(ids[index], programme, [...path, 'invest', index], frame, reader),
    ),
    policies: resolvePolicies(scenario.policy, [...path, 'policy'], rebooking, frame, reader),
    shocks: (scenario.shocks ?? []).map((shock, index) =>
      resolveShock(shock, [...path, 'shocks', index], frame, reader),
    ),
    adjustments: resolveAdjustments(scenario.adjust ?? [], [...path, 'adjust'], frame, reader),
    mutualAid: (scenario.mutualAid ?? []).map((aid, index) => resolveAid(aid, [...path, 'mutualAid', index], frame, reader)),
  }
}

function resolveProgramme(
  id: string,
  programme: ProgrammeFile,
  path: DocumentPath,
  frame: StudyFrame,
  reader: NumberReader,
): Programme {
  reader.names('specialty', programme.specialties ?? [], frame.specialtyCodes, [...path, 'specialties'])
  reader.names('system', programme.systems ?? [], frame.systemCodes, [...path, 'systems'])
  return {
    id,
    lever: programme.lever,
    specialties: programme.specialties ?? [],
    systems: programme.systems ?? [],
    budget: resolveBudget(programme.budget, [...path, 'budget'], frame, reader),
    allocate: resolveAllocation(programme.allocate, [...path, 'allocate'], frame, reader),
    ...resolveLever(programme, path, reader),
  }
}

function resolveBudget(budget: ProgrammeFile['budget'], path: DocumentPath, frame: StudyFrame, reader: NumberReader): Budget {
  const from = budget.from ?? frame.time.start
  // Two days more than to the end of the study, since years are not whole numbers of weeks.
  const years = budget.years ?? Math.max(0, daysBetween(from, frame.end) + 2) / DAYS_PER_YEAR
  const until = addDays(from, Math.round(years * DAYS_PER_YEAR))
  const outside = daysBetween(from, frame.end) <= 0 || daysBetween(frame.time.start, until) <= 0
  if (frame.datesMustFit && outside) {
    reader.report(path, text.moneyOutside(from, until, frame.time.start, frame.end))
  }
  return {
    perYear: reader.read(budget.perYear, [...path, 'perYear'], RANGES.perYear),
    from,
    years,
    rampWeeks: budget.rampWeeks ?? 0,
  }
}

function resolveAllocation(
  allocate: ProgrammeFile['allocate'],
  path: DocumentPath,
  frame: StudyFrame,
  reader: NumberReader,
): Allocation {
  switch (allocate?.rule) {
    case 'proportionate':
      return { rule: 'proportionate', theta: reader.read(allocate.theta, [...path, 'theta'], RANGES.theta) }
    case 'targeted':
      reportGroups(allocate.groups, [...path, 'groups'], frame, reader)
      return { rule: 'targeted', groups: allocate.groups }
    default:
      return { rule: 'universal' }
  }
}
