/** What a difference between two scenarios may honestly be called. */
import type { ScenarioSummary } from '../results/types.ts'
import { isClear } from './numbers.ts'
import type { Estimate, Reader } from './reader.ts'

/** +1 where a higher value is better, −1 where a lower one is; of a gap, better for the most deprived. */
export function favouringSign(reader: Reader, measure: string): 1 | -1 {
  const info = reader.results.measures.find(({ id }) => id === measure)
  return info?.direction === 'higher-is-better' ? 1 : -1
}

/** What a scenario does to a gap. */
export type GapVerdict = 'no clear difference' | 'narrows' | 'widens' | 'reverses'

/** `reverses`: the end that was behind in the reference is ahead. */
export function gapVerdict(reader: Reader, scenario: ScenarioSummary, gapMeasure: string, date: number): GapVerdict {
  const own = reader.at(scenario, gapMeasure, 'gap', date)
  const reference = reader.at(reader.reference, gapMeasure, 'gap', date)
  if (!isClear(own)) return 'no clear difference'
  if (own.mean * reference.mean < 0) return 'reverses'
  return Math.abs(own.mean) < Math.abs(reference.mean) ? 'narrows' : 'widens'
}

/** The largest clear change from the reference in one direction. */
export interface LargestChange {
  readonly scenario: ScenarioSummary
  readonly estimate: Estimate
  /** Other scenarios with a clear change that lies within this one's interval: nothing says that they do less. */
  readonly alike: readonly ScenarioSummary[]
}

/** @returns null where no scenario's change in that direction is clear */
export function largestClearChange(
  reader: Reader,
  {
    measure,
    group,
    sign,
    date,
  }: { readonly measure: string; readonly group: string; readonly sign: 1 | -1; readonly date: number },
): LargestChange | null {
  const changes = reader.others.map((scenario) => ({ scenario, estimate: reader.at(scenario, measure, group, date) }))
  const [best] = changes
    .filter(({ estimate }) => isClear(estimate) && estimate.difference * sign > 0)
    .toSorted((a, b) => (b.estimate.difference - a.estimate.difference) * sign)
  if (best === undefined) return null
  const { differenceLower, differenceUpper } = best.estimate
  const alike = changes.filter(
    ({ scenario, estimate }) =>
      scenario !== best.scenario &&
      isClear(estimate) &&
      estimate.difference >= differenceLower &&
      estimate.difference <= differenceUpper,
  )
  return { ...best, alike: alike.map(({ scenario }) => scenario) }
}

/** A scenario's title inside a sentence. */
export function titled({ title }: { readonly title: string }): string {
  return `“${title}”`
}

/** Titles as a list inside a sentence. */
export function titledList(scenarios: readonly { readonly title: string }[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(scenarios.map(titled))
}

/** ` (“B” and “C” lie within that interval)`, or nothing. */
export function alikeText({ alike }: LargestChange): string {
  if (alike.length === 0) return ''
  return ` (${titledList(alike)} ${alike.length === 1 ? 'lies' : 'lie'} within that interval)`
}
