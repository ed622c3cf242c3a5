/** Money of a study → one draw of it. */
import type { Concretise } from './concrete-scenario.ts'
import type { DocumentPath } from './positions.ts'
import { RANGES } from './ranges.ts'
import type { Across, Allocation, Budget, Destination, Envelope, NumberSpec, Prices, Series, YearlyMoney, YearMoney } from './study.ts'

/** A programme's money as this draw has it. */
export function concreteBudget(budget: Budget, path: DocumentPath, concretise: Concretise): Budget<Series> {
  const pounds = (spec: NumberSpec, key: string): Series => concretise(spec, [...path, key], RANGES.perYear)
  const { late } = budget
  return {
    ...budget,
    perYear: pounds(budget.perYear, 'perYear'),
    byYear: concreteYears(budget.byYear, [...path, 'byYear'], concretise),
    share: budget.share === null ? null : concretise(budget.share, [...path, 'share'], RANGES.share),
    late: late === null ? null : { ...late, share: concretise(late.share, [...path, 'late', 'share'], RANGES.share) },
    earmark: pounds(budget.earmark, 'earmark'),
    minimum: pounds(budget.minimum, 'minimum'),
    maximum: budget.maximum === null ? null : pounds(budget.maximum, 'maximum'),
  }
}

function concreteYears(byYear: readonly YearMoney[], path: DocumentPath, concretise: Concretise): YearMoney<Series>[] {
  return byYear.map(({ financialYear, pounds }) => ({ financialYear, pounds: concretise(pounds, [...path, financialYear], RANGES.perYear) }))
}

/** How money is shared among groups, systems or specialties as this draw has it. */
export function concreteAllocation(allocate: Allocation, path: DocumentPath, concretise: Concretise): Allocation<Series> {
  if (allocate.rule !== 'pace-of-change') return concreteDestination(allocate, path, concretise)
  return {
    ...allocate,
    to: concreteDestination(allocate.to, [...path, 'to'], concretise),
    perYear: concretise(allocate.perYear, [...path, 'perYear'], RANGES.share),
  }
}

function concreteDestination(rule: Destination, path: DocumentPath, concretise: Concretise): Destination<Series> {
  return rule.rule === 'proportionate' ? { ...rule, theta: concretise(rule.theta, [...path, 'theta'], RANGES.theta) } : rule
}

/** The same for systems and specialties. */
export function concreteAcross(across: Across, path: DocumentPath, concretise: Concretise): Across<Series> {
  const each = (key: keyof Across): Allocation<Series> | null => {
    const rule = across[key]
    return rule === null ? null : concreteAllocation(rule, [...path, key], concretise)
  }
  return { systems: each('systems'), specialties: each('specialties') }
}

/** A scenario's envelope as this draw has it. */
export function concreteEnvelope(envelope: Envelope | null, path: DocumentPath, concretise: Concretise): Envelope<Series> | null {
  if (envelope === null) return null
  const money = (key: 'revenue' | 'capital'): YearlyMoney<Series> | null => {
    const own = envelope[key]
    if (own === null) return null
    const at = [...path, key]
    return { perYear: concretise(own.perYear, at, RANGES.perYear), byYear: concreteYears(own.byYear, at, concretise) }
  }
  return { revenue: money('revenue'), capital: money('capital'), underspend: envelope.underspend }
}

/** Prices as this draw has them. */
export function concretePrices(prices: Prices, concretise: Concretise): Prices<Series> {
  const rate = (key: 'inflation' | 'costInflation'): Series => concretise(prices[key], ['prices', key], RANGES.inflation)
  return { ...prices, inflation: rate('inflation'), costInflation: rate('costInflation') }
}
