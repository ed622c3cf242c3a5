/**
 * A study without the gradients of some mechanisms:
 *
 *     Study ── one draw ──▶ StudyOfDraw ── flattenStudy(mechanisms) ──▶ Study
 *
 * The baseline is derived first, once: otherwise an assumption without its gradient would change what a pack is
 * read to say of the starting point, and a coalition would differ from the study in more than its gradients.
 */
import { concreteStudy } from '../../scenario/resolve.ts'
import type { Assumptions, ConcreteStudy, NumberSpec, Series, Study, StudyBaseline } from '../../scenario/study.ts'
import { flattenAdjustments, type AdjustmentGround } from './flatten-adjustments.ts'
import { flattenBaseline } from './flatten-baseline.ts'
import { flattenScenario } from './flatten-scenario.ts'
import { ASSUMPTION_PLACES, MECHANISMS, type MechanismId } from './mechanisms.ts'
import { firstOf, flattened } from './number-mean.ts'
import { groupWeights, weightedMean, type GroupWeights } from './weights.ts'

/** A study whose baseline is that of one draw, beside the numbers of the draw. */
export interface StudyOfDraw {
  readonly study: Study
  readonly concrete: ConcreteStudy
  readonly weights: GroupWeights
}

type AssumptionKey = keyof Assumptions

const KEYS = Object.keys(ASSUMPTION_PLACES) as AssumptionKey[]

/** Numbers by group, or one number for all of them. */
const isByGroup = <N>(value: N | readonly N[]): value is readonly N[] => Array.isArray(value)

/**
 * Takes one draw: its baseline, and what its numbers are.
 * @param draw 0 to `draws` − 1; 0 where the study takes no draws
 * @throws InputError where a formula has no finite value in some week of this draw
 */
export function studyOfDraw(study: Study, draw: number): StudyOfDraw {
  const concrete = concreteStudy(study, draw)
  const { baselines } = concrete
  const systems = baselines.map((baseline) => ({ kind: 'inline', baseline }) as const)
  const baseline: StudyBaseline = systems.length === 1 ? systems[0] : { kind: 'systems', systems }
  const weights = groupWeights(baselines, concrete.assumptions.referralPropensity.map(firstOf))
  return { study: { ...study, baseline }, concrete, weights }
}

/** The study with the gradients of these mechanisms taken out and everything else as it is. */
export function flattenStudy(ofDraw: StudyOfDraw, flat: ReadonlySet<MechanismId>): Study {
  const { study, concrete, weights } = ofDraw
  const ground: AdjustmentGround = {
    flat,
    groupIds: concrete.baselines[0].groups.map(({ id }) => id),
    weights,
    valuesOf: (assumption) => ownValues(ofDraw, assumption),
  }
  const own = concrete.assumptions.referralPropensity.map(firstOf)
  const referral = { own, mean: weightedMean(own, weights.need) }
  const systems = concrete.baselines.map((each) => ({ kind: 'inline', baseline: flattenBaseline(each, flat, referral) }) as const)
  return {
    ...study,
    baseline: systems.length === 1 ? systems[0] : { kind: 'systems', systems },
    assumptions: flattenAssumptions(study.assumptions, concrete.assumptions, flat, weights),
    adjustments: flattenAdjustments(study.adjustments, concrete.adjustments, ground),
    scenarios: study.scenarios.map((scenario, index) => flattenScenario(scenario, concrete.scenarios[index], ground)),
  }
}

/**
 * Mechanisms that differ by group in the study, in their fixed order.
 * @param scenarios indices of the scenarios that matter
 */
export function mechanismsWithGradient(ofDraw: StudyOfDraw, scenarios: readonly number[]): MechanismId[] {
  const seen = (study: Study): string =>
    JSON.stringify({ ...study, scenarios: scenarios.map((index) => study.scenarios[index]) })
  const asItIs = seen(flattenStudy(ofDraw, new Set()))
  return MECHANISMS.filter((mechanism) => seen(flattenStudy(ofDraw, new Set([mechanism]))) !== asItIs)
}

function flattenAssumptions(
  assumptions: Assumptions,
  drawn: Assumptions<Series>,
  flat: ReadonlySet<MechanismId>,
  weights: GroupWeights,
): Assumptions {
  const entries = KEYS.map((key): [AssumptionKey, NumberSpec | readonly NumberSpec[]] => {
    const { mechanism, weight } = ASSUMPTION_PLACES[key]
    const specs = assumptions[key]
    const values = drawn[key] as readonly Series[]
    if (!flat.has(mechanism) || !isByGroup<NumberSpec>(specs)) return [key, specs]
    const numbers = specs.map((spec, group) => ({ spec, value: values[group] }))
    return [key, flattened(numbers, weights[weight])]
  })
  return { ...assumptions, ...(Object.fromEntries(entries) as Partial<Assumptions>) }
}

/** An assumption's values by group in the first step. */
function ownValues({ study, concrete }: StudyOfDraw, key: AssumptionKey): readonly number[] {
  const values = concrete.assumptions[key]
  // The study tells numbers by group from one number: of the draw, a list may also be one number's steps.
  if (isByGroup<NumberSpec>(study.assumptions[key])) return (values as readonly Series[]).map(firstOf)
  return concrete.baselines[0].groups.map(() => firstOf(values as Series))
}
