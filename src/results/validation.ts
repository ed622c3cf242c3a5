/** Whom validation took off the list: said wherever the list is, so that a shorter count is not taken for care. */
import { VALIDATION_MEASURES } from '../measures/definitions.ts'
import { groupSeries } from '../measures/group-series.ts'
import type { StudyResults } from './types.ts'

/** People whom a scenario's programmes of validation removed from the start to the end. */
export interface RemovedByValidation {
  readonly scenario: string
  readonly title: string
  /** Mean over runs, above 0. */
  readonly people: number
}

/** Scenarios that remove anybody, as the study lists them; none of a study without such a programme. */
export function removedByValidation({ catalogue, scenarios }: Pick<StudyResults, 'catalogue' | 'scenarios'>): RemovedByValidation[] {
  const series = groupSeries(catalogue, { measure: VALIDATION_MEASURES[0], specialty: 'all', group: 'all' })
  if (series < 0) return []
  return scenarios
    .map(({ id, title, mean }) => ({ scenario: id, title, people: mean[(series + 1) * catalogue.dates.length - 1] }))
    .filter(({ people }) => people > 0)
}
