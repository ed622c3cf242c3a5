/**
 * A baseline without the gradients of some mechanisms. Each specialty keeps its clock starts, its list by weeks
 * waited and its slots; what changes is whose they are.
 *
 *     need        clock starts as if need per resident were the same in every group
 *     referral    clock starts as if every group's need were referred alike
 *     conversion  the same share of first appointments, and of clock starts, ends in a decision to admit
 *     starting-list  every group holds its share of clock starts (of decisions, at the admission stage) in every
 *                 week waited
 *
 * The list follows the clock starts of the same coalition: a list in the proportions of other clock starts than those
 * that feed it would drift from the first week on, and that drift would look like a gap.
 */
import type { Baseline, SpecialtyBaseline } from '../../baseline/types.ts'
import { CarriedRounding } from '../../baseline/whole-people.ts'
import type { MechanismId } from './mechanisms.ts'
import { shares, sum, weightedMean } from './weights.ts'

/** Relative difference below which a group's clock starts count as unchanged: rounding of the arithmetic. */
const SAME = 1e-9

/** What the baseline needs of the assumptions, in the first step. */
export interface ReferralShares {
  /** Probability that a need is referred, by group. */
  readonly own: readonly number[]
  /** The same without its gradient. */
  readonly mean: number
}

/** Takes the gradients of the mechanisms out of one system's baseline. */
export function flattenBaseline(
  baseline: Baseline,
  flat: ReadonlySet<MechanismId>,
  referral: ReferralShares,
): Baseline {
  const residents = baseline.groups.map(({ population }) => population)
  return { ...baseline, specialties: baseline.specialties.map((each) => flattenSpecialty(each, residents, flat, referral)) }
}

function flattenSpecialty(
  specialty: SpecialtyBaseline,
  residents: readonly number[],
  flat: ReadonlySet<MechanismId>,
  referral: ReferralShares,
): SpecialtyBaseline {
  const clockStartsPerWeek = flatStarts(specialty.clockStartsPerWeek, residents, flat, referral)
  const { directShare, admittedShare } = flat.has('conversion') ? flatConversion(specialty) : specialty
  const turned: SpecialtyBaseline = { ...specialty, clockStartsPerWeek, directShare, admittedShare }
  return flat.has('starting-list') ? flatList(turned, residents) : turned
}

/** Clock starts = need × share referred, at the specialty's own total. */
function flatStarts(
  starts: readonly number[],
  residents: readonly number[],
  flat: ReadonlySet<MechanismId>,
  { own, mean }: ReferralShares,
): readonly number[] {
  const need = flat.has('need') ? residents : starts.map((people, group) => people / own[group])
  const referred = need.map((people, group) => people * (flat.has('referral') ? mean : own[group]))
  const total = sum(starts)
  const turned = shares(referred, residents).map((share) => share * total)
  const isSame = turned.every((people, group) => Math.abs(people - starts[group]) <= SAME * total)
  return isSame ? starts : turned
}

function flatConversion(specialty: SpecialtyBaseline): Pick<SpecialtyBaseline, 'directShare' | 'admittedShare'> {
  const { clockStartsPerWeek: starts, directShare, admittedShare } = specialty
  const seen = starts.map((people, group) => people * (1 - directShare[group]))
  return { directShare: flatShare(directShare, starts), admittedShare: flatShare(admittedShare, seen) }
}

function flatShare(values: readonly number[], people: readonly number[]): readonly number[] {
  if (values.every((value) => value === values[0])) return values
  const mean = weightedMean(values, shares(people, values.map(() => 1)))
  return values.map(() => mean)
}

function flatList(specialty: SpecialtyBaseline, residents: readonly number[]): SpecialtyBaseline {
  const { clockStartsPerWeek: starts, directShare, admittedShare } = specialty
  const seen = starts.map((people, group) => people * (1 - directShare[group]))
  const decided = seen.map((people, group) => people * admittedShare[group] + starts[group] * directShare[group])
  return {
    ...specialty,
    waitingFirst: splitByWeek(specialty.waitingFirst, shares(seen, residents)),
    waitingAdmission: splitByWeek(specialty.waitingAdmission, shares(decided, residents)),
  }
}

/** Everybody of each week waited, split in these shares into whole people. */
function splitByWeek(waiting: readonly (readonly number[])[], share: readonly number[]): number[][] {
  const weeks = Math.max(...waiting.map((bands) => bands.length))
  const rounding = new CarriedRounding(share.length)
  const split: number[][] = waiting.map(() => [])
  for (let week = 0; week < weeks; week += 1) {
    const total = sum(waiting.map((bands) => bands[week] ?? 0))
    const whole = rounding.next(
      share.map((part) => part * total),
      total,
    )
    for (const [group, people] of whole.entries()) split[group].push(people)
  }
  return split
}
