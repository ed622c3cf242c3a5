/**
 * Compile: one scenario of one draw → dense tables.
 *
 *     baselines → 1 drafts → 2 money buys, then all that it bought acts → 3 each specialty of each system → 4 systems that share slots → tables
 *
 * Investments, policies, shocks, adjustments, the calendar and formulas all act here and nowhere else. Money knows
 * deprivation groups, and classes of their people where a programme is for further groups (`money-cells.ts`); strata
 * (further groups, case mix, priority) are laid out after it.
 */
import { addDays } from '../../baseline/calendar.ts'
import { groupUnits } from '../../investment/allocation/units.ts'
import { invest } from '../../investment/invest.ts'
import { takeEffect } from '../../investment/levers/index.ts'
import { priceLevel } from '../../investment/prices.ts'
import type { ConcreteStudy, PriorityLevel } from '../../scenario/study.ts'
import type { CompiledScenario, ServiceTables } from '../tables.ts'
import { allocationContext, serviceContext } from './allocation-context.ts'
import { layOutRun } from './calendar.ts'
import { layOutMoneyCells, layOutNamedGroups } from './money-cells.ts'
import { withPeople } from './people-money.ts'
import { createContext } from './context.ts'
import { draftService, type ServiceDraft } from './drafts.ts'
import { withLevelling } from './levelling.ts'
import { lendingOf, sharingSystems } from './mutual-aid.ts'
import { readPolicies } from './policy.ts'
import { compileService } from './service.ts'
import { shareService, type SharingPart } from './share-service.ts'
import { readShocks } from './shocks.ts'
import { layOutStrata, reportedDimensions, type Strata } from './strata.ts'

/**
 * Compiles a scenario of a draw.
 * @param scenarioIndex into `study.scenarios`
 * @throws InputError where the study asks for what cannot be: hazards above 1 a step, assumptions that change in a run
 *   although they are read once, systems that differ where they share
 */
export function compileScenario(study: ConcreteStudy, scenarioIndex: number): CompiledScenario {
  const scenario = study.scenarios[scenarioIndex]
  const run = layOutRun(study.time)
  const strata = layOutStrata(study)
  const cells = layOutMoneyCells(scenario, study.dimensions, strata)
  const specialties = specialtiesOf(study)
  const drafts = study.baselines.map((system) =>
    system.specialties.map((specialty) => draftService(createContext(study, scenario, run, strata, cells, system, specialty))),
  )
  const drafted = drafts.flat().map(({ draft }) => draft)
  const terms = { envelope: scenario.envelope, prices: priceLevel(study.prices) }
  const money = invest(scenario.invest, drafted, run.projection, (programme) => allocationContext(programme, study, run, strata, cells), terms)
  for (const draft of drafted) takeEffect(draft)
  const named = layOutNamedGroups(scenario, study.dimensions, strata)
  const policy = readPolicies(scenario, study.rebooking, run)
  const shocks = study.baselines.map(({ system }) => readShocks(scenario, system.code, strata.groups, run))

  const partOf = (systemIndex: number, code: string, specialtyIndex: number): SharingPart => {
    const baseline = study.baselines[systemIndex]
    const { system } = baseline
    const service = draftOf(drafts[systemIndex], code)
    const ownPolicy = withLevelling(policy, groupUnits(serviceContext(baseline, service.context.specialty, study, run)))
    const lending = lendingOf(scenario, system.code, code, study, run)
    return { system: system.code, service: compileService({ service, shocks: shocks[systemIndex], policy: ownPolicy }, specialtyIndex, systemIndex, lending), lending }
  }
  const services = specialties.flatMap(({ code }, index) =>
    sharingSystems(study, code).map((systems): ServiceTables => shareService(systems.map((system) => partOf(system, code, index)), run, strata)),
  )
  return {
    id: scenario.id,
    steps: run.count,
    warmUpSteps: run.warmUp,
    strata: strata.systems.length * strata.own.length,
    dates: run.projection.firstDays.map((day) => addDays(day, -1)),
    ...reportedDimensions(study, strata),
    targetWeeksFirst: targetWeeks(study, strata, ({ targetWeeksFirst }) => targetWeeksFirst),
    targetWeeksAdmission: targetWeeks(study, strata, ({ targetWeeksAdmission }) => targetWeeksAdmission),
    counted: study.counted,
    specialties,
    services,
    sample: study.sample,
    ...money,
    budgets: named === null ? money.budgets : withPeople(money.budgets, { study, scenario, run, strata, named }),
  }
}

/** Specialties of all systems, each once, in the order in which they first come. */
function specialtiesOf({ baselines }: ConcreteStudy): { code: string; name: string }[] {
  const names = new Map(baselines.flatMap(({ specialties }) => specialties.map(({ code, name }): [string, string] => [code, name])).toReversed())
  return [...new Set(baselines.flatMap(({ specialties }) => specialties.map(({ code }) => code)))].map((code) => ({ code, name: names.get(code) ?? code }))
}

function draftOf(drafts: readonly ServiceDraft[], code: string): ServiceDraft {
  const found = drafts.find(({ context }) => context.specialty.code === code)
  if (found === undefined) throw new Error(`no draft of ${code}`)
  return found
}

function targetWeeks({ priority }: ConcreteStudy, { systems, own }: Strata, of: (level: PriorityLevel) => number | null): Float64Array {
  return Float64Array.from(systems.flatMap(() => own.map(({ level }) => of(priority.levels[level]) ?? Number.NaN)))
}
