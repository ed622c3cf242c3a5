/**
 * One honest sentence on a scenario against its reference, made from intervals: `Compared with “No further investment”,
 * by 31 March 2029 under “X” the list is shorter by 1,200 (1,000 to 1,400); the gap at 18 weeks narrows by 0.6 points
 * (0.3 to 0.9).` Plain inputs: the report and the screen say it alike.
 */
import { changeLimits, COUNT, isClear, POINTS, RATE_GAP, SHARE, sizeText, valueText, type Scale } from './numbers.ts'
import type { Estimate } from './reader.ts'

/** What a scenario does to one quantity on one date. */
export interface Change {
  readonly estimate: Estimate
  /** Mean of the reference on that date. */
  readonly reference: number
}

/** The quantities that the sentence speaks of; one that is left out is not spoken of. */
export interface Comparison {
  readonly scenario: string
  readonly reference: string
  /** When, e.g. `by 31 March 2029`. */
  readonly when: string
  readonly waiting?: Change
  readonly within18Weeks?: Change
  /** Slope index of the share within 18 weeks. */
  readonly gapAt18Weeks?: Change
  /** Slope index of unmet need per 1,000 residents. */
  readonly gapInUnmetNeed?: Change
}

/** The sentence. */
export function comparisonSentence(comparison: Comparison): string {
  const { scenario, reference, when, waiting, within18Weeks, gapAt18Weeks, gapInUnmetNeed } = comparison
  const clauses = [
    ...(waiting === undefined ? [] : [movedClause('the list', waiting, COUNT, ['longer', 'shorter'])]),
    ...(within18Weeks === undefined ? [] : [movedClause('the share within 18 weeks', within18Weeks, SHARE, ['higher', 'lower'])]),
    ...(gapAt18Weeks === undefined ? [] : [gapClause('the gap at 18 weeks', gapAt18Weeks, POINTS)]),
    ...(gapInUnmetNeed === undefined ? [] : [gapClause('the gap in unmet need', gapInUnmetNeed, RATE_GAP, ' per 1,000')]),
  ]
  return `Compared with “${reference}”, ${when} under “${scenario}” ${clauses.join('; ')}.`
}

/** `the list is shorter by 1,200 (1,000 to 1,400)`, or that there is no clear difference. */
function movedClause(subject: string, { estimate }: Change, scale: Scale, [more, less]: readonly [string, string]): string {
  if (isSame(estimate)) return `${subject} does not change`
  if (!isClear(estimate)) return `there is no clear difference in ${subject}${spanText(estimate, scale, '')}`
  return `${subject} is ${estimate.difference > 0 ? more : less} by ${sizeWithLimits(estimate, scale, '')}`
}

/** `the gap at 18 weeks narrows by 0.6 points (0.3 to 0.9)`; a gap whose sides change places reverses. */
function gapClause(subject: string, { estimate, reference }: Change, scale: Scale, unit = ''): string {
  if (isSame(estimate)) return `${subject} does not change`
  if (!isClear(estimate)) return `there is no clear difference in ${subject}${spanText(estimate, scale, unit)}`
  if (estimate.mean * reference < 0)
    return `${subject} reverses, from ${valueText(reference, scale)} to ${valueText(estimate.mean, scale)}${unit}: a change of ${sizeWithLimits(estimate, scale, unit)}`
  return `${subject} ${Math.abs(estimate.mean) < Math.abs(reference) ? 'narrows' : 'widens'} by ${sizeWithLimits(estimate, scale, unit)}`
}

/** Exactly the reference's in every run: what the scenario does not reach at all. */
function isSame({ difference, differenceLower, differenceUpper }: Estimate): boolean {
  return difference === 0 && !(differenceLower < 0 || differenceUpper > 0)
}

/** The size of a clear change and the sizes that its interval holds, the smaller first. */
function sizeWithLimits({ difference, differenceLower, differenceUpper }: Estimate, scale: Scale, unit: string): string {
  const [least, most] = [Math.abs(differenceLower), Math.abs(differenceUpper)].toSorted((a, b) => a - b)
  return `${sizeText(difference, scale)}${unit} (${scale.change(least)} to ${scale.change(most)})`
}

/** The interval of a change that is not clear. */
function spanText(estimate: Estimate, scale: Scale, unit: string): string {
  const limits = changeLimits(estimate, scale)
  return limits === null ? ' that one run could show' : ` (${`${limits} ${scale.changeUnit}`.trimEnd()}${unit})`
}
