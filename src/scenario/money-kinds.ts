/** Which kind of money a programme takes, by its lever. */
import { LEVER } from '../investment/levers/index.ts'
import type { MoneyKind } from '../model/tables.ts'
import type { NumberSpec, Programme } from './study.ts'

/** The kind that the lever takes. */
export const kindOf = ({ lever }: Pick<Programme, 'lever'>): MoneyKind => LEVER[lever].kind

/** Share of a programme's money that is capital; the rest of a capital lever's runs what is built. */
export function capitalShareOf(programme: Programme, meanOf: (spec: NumberSpec) => number): number {
  if (kindOf(programme) === 'revenue') return 0
  const { runningCostShare } = programme.parameters
  return runningCostShare === undefined ? 1 : 1 - meanOf(runningCostShare)
}
