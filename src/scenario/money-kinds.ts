/** Which kind of money a programme takes, by its lever. */
import type { MoneyKind } from '../model/tables.ts'
import { allParameterNames } from './lever-parameters.ts'
import type { NumberSpec, Programme } from './study.ts'

/** Capital levers are those that say which share of their money runs what they build. */
export const kindOf = ({ lever }: Pick<Programme, 'lever'>): MoneyKind =>
  allParameterNames(lever).includes('runningCostShare') ? 'capital' : 'revenue'

/** Share of a programme's money that is capital; the rest of a capital lever's runs what is built. */
export function capitalShareOf(programme: Programme, meanOf: (spec: NumberSpec) => number): number {
  return kindOf(programme) === 'revenue' ? 0 : 1 - meanOf(programme.parameters['runningCostShare'])
}
