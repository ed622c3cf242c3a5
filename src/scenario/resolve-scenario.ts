/**
 * One scenario of a study file, resolved: programmes with budgets, allocations and lever parameters; the rest in
 * files of their own.
 */
import { reportEnvelope } from './envelope-checks.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { programmeIds } from './programme-ids.ts'
import { resolveAdjustments, resolveFurtherGroups } from './resolve-adjust.ts'
import { resolveAid } from './resolve-aid.ts'
import { resolveAcross, resolveAllocation } from './resolve-allocation.ts'
import { resolveBudget, resolveEnvelope } from './resolve-budget.ts'
import { resolveLever } from './resolve-lever.ts'
import { resolvePolicies } from './resolve-policy.ts'
import { resolveShock } from './resolve-shocks.ts'
import type { ProgrammeFile, ScenarioFile } from './schema-scenario.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Programme, Rebooking, Scenario } from './study.ts'

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
  const invest = (scenario.invest ?? []).map((programme, index) => resolveProgramme(ids[index], programme, [...path, 'invest', index], frame, reader))
  const envelope = resolveEnvelope(scenario.envelope, [...path, 'envelope'], frame, reader)
  reportEnvelope(scenario, invest, envelope, path, frame, reader)
  return {
    id,
    title: scenario.title ?? id,
    description: scenario.description ?? '',
    invest,
    envelope,
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
    ...(programme.dimensions === undefined ? {} : { people: resolveFurtherGroups(programme.dimensions, [...path, 'dimensions'], frame, reader) }),
    allocate: resolveAllocation(programme.allocate, [...path, 'allocate'], frame, reader),
    across: resolveAcross(programme.across, [...path, 'across'], { systems: systems(programme, frame), specialties: specialties(programme, frame) }, frame, reader),
    ...resolveLever(programme, path, reader),
  }
}

/** Codes of the systems, and of the specialties, that a programme is for. */
const systems = ({ systems: named }: ProgrammeFile, { systemCodes }: StudyFrame): readonly string[] => named ?? systemCodes
const specialties = ({ specialties: named }: ProgrammeFile, { specialtyCodes }: StudyFrame): readonly string[] => named ?? specialtyCodes
