/**
 * One scenario of a study file, resolved: programmes with budgets, allocations and lever parameters; policy;
 * shocks.
 */
import { addDays, daysBetween } from '../baseline/calendar.ts'
import { assumptionEntry } from './assumptions.ts'
import { leverParameterNames } from './lever-parameters.ts'
import { text, unknownName } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { programmeIds } from './programme-ids.ts'
import { RANGES } from './ranges.ts'
import type { ProgrammeFile, ScenarioFile } from './schema.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Allocation, Budget, NumberSpec, Policy, Programme, Scenario, Shock } from './study.ts'

const DAYS_PER_YEAR = 365.25

/** Resolves a scenario; problems go to `reader`. */
export function resolveScenario(id: string, scenario: ScenarioFile, frame: StudyFrame, reader: NumberReader): Scenario {
  const path: DocumentPath = ['scenarios', id]
  const ids = programmeIds(scenario.invest ?? [])
  return {
    id,
    title: scenario.title ?? id,
    description: scenario.description ?? '',
    invest: (scenario.invest ?? []).map((programme, index) =>
      resolveProgramme(ids[index], programme, [...path, 'invest', index], frame, reader),
    ),
    policies: scenario.policy === undefined ? [] : [resolvePolicy(scenario, [...path, 'policy'], frame, reader)],
    shocks: (scenario.shocks ?? []).map((shock, index) =>
      resolveShock(shock, [...path, 'shocks', index], frame, reader),
    ),
    adjustments: [],
    mutualAid: [],
  }
}

function resolveProgramme(
  id: string,
  programme: ProgrammeFile,
  path: DocumentPath,
  frame: StudyFrame,
  reader: NumberReader,
): Programme {
  for (const [index, code] of (programme.specialties ?? []).entries()) {
    if (frame.specialtyCodes.includes(code)) continue
    reader.report([...path, 'specialties', index], unknownName('specialty', code, frame.specialtyCodes))
  }
  return {
    id,
    lever: programme.lever,
    specialties: programme.specialties ?? [],
    budget: resolveBudget(programme.budget, [...path, 'budget'], frame, reader),
    allocate: resolveAllocation(programme.allocate, [...path, 'allocate'], frame, reader),
    parameters: resolveParameters(programme, [...path, 'parameters'], reader),
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
      for (const [index, group] of allocate.groups.entries()) {
        if (group > frame.groups) reader.report([...path, 'groups', index], text.groupRange(String(group), frame.groups))
      }
      return { rule: 'targeted', groups: allocate.groups }
    default:
      return { rule: 'universal' }
  }
}

function resolveParameters(programme: ProgrammeFile, path: DocumentPath, reader: NumberReader): Record<string, NumberSpec> {
  const parameters: Record<string, NumberSpec> = {}
  for (const name of leverParameterNames(programme.lever)) {
    const { value, range } = assumptionEntry(`lever.${programme.lever}.${name}`)
    const written = programme.parameters?.[name]
    parameters[name] = written === undefined ? Number(value) : reader.read(written, [...path, name], range)
  }
  return parameters
}

function resolvePolicy(scenario: ScenarioFile, path: DocumentPath, frame: StudyFrame, reader: NumberReader): Policy {
  const { policy = {} } = scenario
  const headStartWeeks = Array.from({ length: frame.groups }, (): NumberSpec => 0)
  for (const [group, spec] of Object.entries(policy.headStartWeeks?.deprivation ?? {})) {
    const at: DocumentPath = [...path, 'headStartWeeks', 'deprivation', group]
    if (Number(group) > frame.groups) reader.report(at, text.groupRange(group, frame.groups), 'key')
    else headStartWeeks[Number(group) - 1] = reader.read(spec, at, RANGES.headStartWeeks)
  }
  const inTurn = (stage: 'firstAppointment' | 'admission'): NumberSpec | null => {
    const spec = policy.inTurnShare?.[stage]
    return spec === undefined ? null : reader.read(spec, [...path, 'inTurnShare', stage], RANGES.inTurnShare)
  }
  if (frame.datesMustFit && policy.from !== undefined && daysBetween(policy.from, frame.end) <= 0) {
    reader.report([...path, 'from'], text.dateOutside(frame.time.start, frame.end))
  }
  if (frame.datesMustFit && policy.to !== undefined && daysBetween(frame.time.start, policy.to) < 0) {
    reader.report([...path, 'to'], text.dateOutside(frame.time.start, frame.end))
  }
  return {
    headStartWeeks,
    inTurnShareFirst: inTurn('firstAppointment'),
    inTurnShareAdmission: inTurn('admission'),
    chanceWeight: headStartWeeks.map(() => 1),
    longWait: null,
    reservedShare: headStartWeeks.map(() => 0),
    rebooking: null,
    from: policy.from ?? null,
    to: policy.to ?? null,
  }
}

function resolveShock(
  shock: NonNullable<ScenarioFile['shocks']>[number],
  path: DocumentPath,
  frame: StudyFrame,
  reader: NumberReader,
): Shock {
  const weeks = new Set<number>()
  for (const [index, date] of shock.weeks.entries()) {
    const days = daysBetween(frame.time.start, date)
    const week = Math.floor(days / 7)
    if (frame.datesMustFit && (days < 0 || week >= frame.time.weeks)) {
      reader.report([...path, 'weeks', index], text.dateOutside(frame.time.start, frame.end))
    } else if (weeks.has(week)) reader.report([...path, 'weeks', index], text.sameWeek)
    weeks.add(week)
  }
  const all = (value: number): number[] => Array.from({ length: frame.groups }, () => value)
  return {
    kind: shock.kind,
    weeks: shock.weeks,
    capacityLoss: reader.read(shock.capacityLoss, [...path, 'capacityLoss'], RANGES.capacityLoss),
    recovered: 0,
    recoveryWeeks: 0,
    referralLoss: all(0),
    referralReturn: all(0),
    returnWeeks: 0,
    dnaOdds: all(1),
    emergencyFactor: all(1),
    deathFactor: all(1),
    chanceWeight: all(1),
    systems: [],
  }
}
