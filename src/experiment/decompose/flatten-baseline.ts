/**
 * A baseline without the gradients of some mechanisms. Each specialty keeps its clock starts, its list by weeks
 * waited and its slots; what changes is whose they are.
 *
 *     need        clock starts as if need per resident were the same in every group
 *     referral    clock starts as if every group's need were referred alike
 *     conversion  the same share of first appointments, and of clock starts, ends in a decision to admit
 *     starting-list  every group holds, in every week waited, its share of what joins the list
 *
 * The list moves with what joins it (clock starts, or decisions to admit) whenever that moves: each group keeps its
 * list relative to what joins. A list in the proportions of other clock starts than those that feed it would drift
 * from the first week on, and that drift would look like a gap. So `starting-list` is what a list holds beyond the
 * clock starts behind it.
 */
import type { Baseline, SpecialtyBaseline } from '../../baseline/types.ts'
import { CarriedRounding } from '../../baseline/whole-people.ts'
import type { MechanismId } from './mechanisms.ts'
import { shares, sum, weightedMean } from './weights.ts'

/** Relative difference below which a group's clock starts count as unchanged: rounding of the arithmetic. */
const SAME = 1e-9
/** Share of a list by which rounding every week waited to whole people may move a group's total. */
const SAME_LIST = 0.01

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
  const [own, now] = [joining(specialty, residents), joining(turned, residents)]
  const isFlat = flat.has('starting-list')
  return {
    ...turned,
    waitingFirst: moveList(specialty.waitingFirst, own.first, now.first, isFlat),
    waitingAdmission: moveList(specialty.waitingAdmission, own.admission, now.admission, isFlat),
  }
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

/** Shares of the groups in what joins the list of each stage. */
function joining(
  { clockStartsPerWeek: starts, directShare, admittedShare }: SpecialtyBaseline,
  residents: readonly number[],
): { readonly first: readonly number[]; readonly admission: readonly number[] } {
  const seen = starts.map((people, group) => people * (1 - directShare[group]))
  const decided = seen.map((people, group) => people * admittedShare[group] + starts[group] * directShare[group])
  return { first: shares(seen, residents), admission: shares(decided, residents) }
}

/**
 * Everybody of each week waited, shared out anew into whole people: as they are relative to what joins, or where
 * `isFlat` as what joins. The list itself where that changes nothing.
 */
function moveList(
  waiting: readonly (readonly number[])[],
  own: readonly number[],
  now: readonly number[],
  isFlat: boolean,
): readonly (readonly number[])[] {
  const isMoved = now.some((share, group) => Math.abs(share - own[group]) > SAME)
  if (isFlat ? isInProportion(waiting, now) : !isMoved) return waiting
  const weeks = Math.max(...waiting.map((bands) => bands.length))
  const rounding = new CarriedRounding(now.length)
  const split: number[][] = waiting.map(() => [])
  for (let week = 0; week < weeks; week += 1) {
    const people = waiting.map((bands) => bands[week] ?? 0)
    const total = sum(people)
    const moved = people.map((each, group) => (own[group] > 0 ? (each * now[group]) / own[group] : each))
    const whole = rounding.next(
      (isFlat ? now : shares(moved, now)).map((share) => share * total),
      total,
    )
    for (const [group, count] of whole.entries()) split[group].push(count)
  }
  return split
}

/** Whether a list is in these shares but for the rounding to whole people: in every week waited, and in all. */
function isInProportion(waiting: readonly (readonly number[])[], share: readonly number[]): boolean {
  const totals = waiting.map(sum)
  const total = sum(totals)
  const room = Math.max(1, total * SAME_LIST)
  if (totals.some((people, group) => Math.abs(people - share[group] * total) > room)) return false
  const weeks = Math.max(...waiting.map((bands) => bands.length))
  return Array.from({ length: weeks }, (_, week) => waiting.map((bands) => bands[week] ?? 0)).every((people) => {
    const all = sum(people)
    return people.every((each, group) => Math.abs(each - share[group] * all) <= 1)
  })
}
