/**
 * Case mix: sources of slots that accept only part of the people. Who is accepted is a property of people, so the study
 * splits every group into classes of its own: class 0 is accepted everywhere, the last by no source with a limit, and
 * where both sources have a limit the class between by the one that accepts more.
 */
import { InputError } from '../../errors.ts'
import type { ConcreteStudy, Series } from '../../scenario/study.ts'
import { text } from './messages.ts'

/** Sources with a limit. */
export type LimitedSource = 'independentSectorSuitable' | 'hubSuitable'

const SOURCES: readonly LimitedSource[] = ['independentSectorSuitable', 'hubSuitable']

/** The dimension that reports the classes. */
export const CASE_MIX = {
  id: 'case-mix',
  /** @param limits sources with a limit, 1 or 2 */
  groups: (limits: number): readonly { readonly id: string; readonly label: string }[] => {
    const [all, some, none] = [
      { id: 'accepted', label: 'Accepted by every source' },
      { id: 'partly-accepted', label: 'Accepted by some sources' },
      { id: 'nhs-only', label: 'Treated by the NHS itself only' },
    ]
    return limits === 1 ? [all, none] : [all, some, none]
  },
} as const

/**
 * Sources that refuse somebody somewhere in a study.
 * @throws InputError where a scenario changes who is accepted
 */
export function limitedSources(study: ConcreteStudy): LimitedSource[] {
  for (const scenario of study.scenarios) {
    const index = scenario.adjustments.findIndex(({ assumption }) => SOURCES.some((source) => source === assumption))
    if (index < 0) continue
    throw new InputError({ path: `scenarios.${scenario.id}.adjust[${index}]`, message: text.caseMixInScenario(scenario.adjustments[index].assumption) })
  }
  const below1 = (series: Series): boolean => (typeof series === 'number' ? series < 1 : series.some((value) => value < 1))
  return SOURCES.filter((source) => study.assumptions[source].some(below1) || study.adjustments.some(({ assumption }) => assumption === source))
}

/**
 * Share of people in a class.
 * @param suitable share accepted by each source with a limit, 0 to 1, one or two of them
 */
export function caseMixShare(caseMix: number, suitable: readonly number[]): number {
  if (suitable.length === 0) return 1
  const cuts = [0, ...suitable.toSorted((a, b) => a - b), 1]
  return cuts[caseMix + 1] - cuts[caseMix]
}

/** Whether a source with a limit accepts a class; `suitable` as above, `source` an index into it. */
export function accepted(caseMix: number, suitable: readonly number[], source: number): boolean {
  const cuts = suitable.toSorted((a, b) => a - b)
  return caseMix === 0 || (caseMix < suitable.length && suitable[source] >= cuts[caseMix])
}
