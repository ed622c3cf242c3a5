/**
 * Hazards of leaving the list untreated, and of moving up a priority level. Where an assumption changes with time, or a
 * shock acts, the hazard by weeks waited holds its highest value and a factor by step says how much of it acts.
 */
import { BANDS } from '../../baseline/types.ts'
import { InputError } from '../../errors.ts'
import { initialList, VALIDATION_FROM_WEEK, type DraftService } from '../../investment/draft.ts'
import { EXIT_CAUSES } from '../../scenario/study.ts'
import type { ExitHazard } from '../tables.ts'
import { at, type GroupKey } from './adjustments.ts'
import type { ServiceContext } from './context.ts'
import { removalDrift } from './drift.ts'
import { factorInRun, type ServiceDraft } from './drafts.ts'
import { text } from './messages.ts'
import type { Shocks } from './shocks.ts'

/** What a hazard is made of. */
interface HazardParts {
  /** Named in messages. */
  readonly name: string
  /** Hazard per week by weeks waited, times `level`; 1 where `level` alone is the hazard. */
  readonly shape: (week: number) => number
  readonly level: GroupKey
  /** Factor on an own stratum in a step, of drift, shocks and money; null for 1. */
  readonly acting: ((own: number, step: number) => number) | null
  /** Further hazard by own stratum × step; null for none. */
  readonly added: Float64Array | null
}

/** Exit hazards in the order of `EXIT_CAUSES`, and whether they differ between the levels of a group. */
export function compileExits({ context, draft }: ServiceDraft, shocks: Shocks): { exits: ExitHazard[]; exitsByLevel: boolean } {
  const { removedPerWeek, withdrewPerWeek } = context.specialty
  const curve = (weeks: readonly number[]) => (week: number): number => weeks[Math.min(week, weeks.length - 1)]
  const constant = (): number => 1
  const drift = removalDrift(context)
  const drifting: HazardParts['acting'] = drift === null ? null : (_, step) => drift[step]
  const parts: Readonly<Record<(typeof EXIT_CAUSES)[number], Omit<HazardParts, 'name'>>> = {
    removed: { shape: curve(removedPerWeek), level: 'removedFactor', acting: drifting, added: removalsAsHazard(context, draft) },
    withdrew: { shape: curve(withdrewPerWeek), level: 'withdrewFactor', acting: drifting, added: null },
    private: { shape: constant, level: 'privatePerWeek', acting: null, added: null },
    emergency: { shape: constant, level: 'emergencyPerWeek', acting: withMoney(context, shocks.emergency, draft.emergencyFactor), added: null },
    died: { shape: constant, level: 'deathPerWeek', acting: ofShock(context, shocks.death), added: null },
  }
  const exits = EXIT_CAUSES.map((name) => hazard(context, { name, ...parts[name] }))
  return { exits, exitsByLevel: exits.some((each) => differsByLevel(each, context)) }
}

/** Hazard of moving up one level at a stage; null where there is one level, or nobody moves. */
export function compileDeterioration({ context, draft }: ServiceDraft, level: 'deteriorationPerWeekFirst' | 'deteriorationPerWeekAdmission'): ExitHazard | null {
  if (context.strata.levels === 1) return null
  const made = hazard(context, { name: level, shape: () => 1, level, acting: withMoney(context, null, draft.deteriorationFactor), added: null })
  return made.byBand.some((value) => value > 0) ? made : null
}

/** A shock's factor, by group × step, on own strata; null where there is none. */
function ofShock({ run, strata }: ServiceContext, shock: Float64Array | null): HazardParts['acting'] {
  return shock === null ? null : (own, step) => shock[strata.own[own].group * run.count + step]
}

/** A shock's factor with the draft's; null where neither acts. */
function withMoney(context: ServiceContext, shock: Float64Array | null, factor: Float64Array): HazardParts['acting'] {
  const alone = ofShock(context, shock)
  if (factor.every((value) => value === 1)) return alone
  return (own, step) => (alone === null ? 1 : alone(own, step)) * factorInRun(factor, context, own, step)
}

/** One hazard, by stratum. */
function hazard(context: ServiceContext, { name, shape, level, acting, added }: HazardParts): ExitHazard {
  const { run, strata, values } = context
  const width = strata.own.length
  const byBand = new Float64Array(width * BANDS)
  const factor = new Float64Array(width * run.count).fill(1)
  strata.own.forEach((_, own) => {
    const curve = values.ofStratum(level, own)
    const highest = typeof curve === 'number' ? curve : curve.reduce((most, value) => Math.max(most, value), 0)
    for (let band = 0; band < BANDS; band++) byBand[own * BANDS + band] = (shape(band) * highest) / run.stepsPerWeek
    for (let step = 0; step < run.count; step++) {
      const own1 = typeof curve === 'number' || highest === 0 ? 1 : at(curve, step) / highest
      factor[own * run.count + step] = acting === null ? own1 : own1 * acting(own, step)
    }
  })
  const varies = factor.some((value) => value !== 1)
  const made = { byBand, added: varies && added !== null ? undoFactor(added, factor) : added, addedFromBand: added === null ? 0 : VALIDATION_FROM_WEEK, factor: varies ? factor : null }
  refuseAboveOne(made, name, context)
  return made
}

/** Least factor beside added hazards: what remains of a hazard that an assumption switches off for a time. */
const LEAST_FACTOR = 1e-9

/** The tables multiply added hazards by the factor too; validation does not change with it. Raises `factor` to its least. */
function undoFactor(added: Float64Array, factor: Float64Array): Float64Array {
  return added.map((value, index) => {
    factor[index] = Math.max(LEAST_FACTOR, factor[index])
    return value / factor[index]
  })
}

/** @throws InputError where a hazard is above 1 a step for somebody */
function refuseAboveOne({ byBand, added, factor }: ExitHazard, name: string, { strata, run, specialty, system }: ServiceContext): void {
  strata.own.forEach((_, own) => {
    const highest = byBand.subarray(own * BANDS, (own + 1) * BANDS).reduce((most, value) => Math.max(most, value), 0)
    for (let step = 0; step < run.count; step++) {
      const index = own * run.count + step
      const perStep = (highest + (added === null ? 0 : added[index])) * (factor === null ? 1 : factor[index])
      if (perStep > 1) throw new InputError({ path: 'assumptions', message: text.hazardAboveOne(name, perStep, specialty.code, system.system.code) })
    }
  })
}

function differsByLevel({ byBand, added, factor }: ExitHazard, { strata, run }: ServiceContext): boolean {
  const differs = (rows: Float64Array | null, length: number): boolean =>
    rows !== null && strata.own.some(({ level }, own) => level > 0 && rows.subarray(own * length, (own + 1) * length).some((value, index) => value !== rows[(own - level) * length + index]))
  return differs(byBand, BANDS) || differs(added, run.count) || differs(factor, run.count)
}

/** Removals by validation as a hazard of those on the initial list who have waited long enough; null where none. */
function removalsAsHazard({ run, strata, money }: ServiceContext, draft: DraftService): Float64Array | null {
  const { furtherRemovals, groups, steps } = draft
  if (!furtherRemovals.some((people) => people > 0)) return null
  const list = Array.from({ length: groups }, (_, group) => initialList(draft, group, VALIDATION_FROM_WEEK))
  const added = new Float64Array(strata.own.length * run.count)
  strata.own.forEach((_, own) => {
    const group = money.ofStratum[own]
    if (list[group] === 0) return
    for (let step = 0; step < steps; step++) added[own * run.count + run.warmUp + step] = furtherRemovals[step * groups + group] / list[group]
  })
  return added
}
