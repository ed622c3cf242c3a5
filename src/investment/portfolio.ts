/**
 * A portfolio: programmes that share an envelope, by financial year and kind of money.
 *
 *     what each asks for, raised to its minimum and cut to its maximum
 *     → as asked, where the envelope holds it
 *     → otherwise earmarks and minimums in full, and the rest in proportion to what is asked for beyond them
 *
 * A programme that takes both capital and revenue gets the smaller of the two shares of what it asks for, in both: what
 * cannot be built need not be run, and what cannot be run need not be built.
 */
import { valueAt, type Steps } from '../model/steps.ts'
import { MONEY_KINDS, type BudgetLine, type EnvelopeLine, type MoneyKind, type Transfer } from '../model/tables.ts'
import type { Budget, Envelope, Series } from '../scenario/study.ts'
import { splitPence } from './allocation/split-pence.ts'
import { poundsAYear, yearlyPence, type Tranche } from './money.ts'
import type { PriceLevel } from './prices.ts'

/** A programme's claim on an envelope. */
export interface Claim {
  readonly budget: Budget<Series>
  readonly tranches: readonly Tranche[]
}

/** Pence of an envelope by financial year, for each kind that has a limit. */
export type Limits = ReadonlyMap<MoneyKind, ReadonlyMap<number, number>>

/** The limits of an envelope within a study; parts of financial years by days. */
export function envelopeLimits(envelope: Envelope<Series>, level: PriceLevel, steps: Steps): Limits {
  return new Map(
    MONEY_KINDS.flatMap((kind): [MoneyKind, Map<number, number>][] => {
      const money = envelope[kind]
      return money === null ? [] : [[kind, yearlyPence(money, level, steps)]]
    }),
  )
}

/** Pence by financial year of one kind. */
export function penceByYear(tranches: readonly Tranche[], kind: MoneyKind): Map<number, number> {
  const pence = new Map<number, number>()
  for (const tranche of tranches) {
    if (tranche.kind === kind) pence.set(tranche.financialYear, (pence.get(tranche.financialYear) ?? 0) + tranche.pence)
  }
  return pence
}

/** What each programme gets of what it asks for; never more in a financial year and kind than the envelope holds. */
export function shareEnvelope(claims: readonly Claim[], limits: Limits, level: PriceLevel, steps: Steps): Tranche[][] {
  const years = [...new Set(claims.flatMap(({ tranches }) => tranches.map(({ financialYear }) => financialYear)))]
  let granted = claims.map(({ tranches }) => [...tranches])
  for (const year of years) {
    const asked = MONEY_KINDS.map((kind) => granted.map((tranches) => penceByYear(tranches, kind).get(year) ?? 0))
    const given = MONEY_KINDS.map((kind, at) => {
      const bounds = claims.map(({ budget }, index) => boundsOf(budget, asked[at][index], asked[0][index] + asked[1][index], year, level, steps))
      return grants(bounds, limits.get(kind)?.get(year) ?? (limits.has(kind) ? 0 : Number.POSITIVE_INFINITY))
    })
    granted = granted.map((tranches, index) => {
      const ratio = Math.min(...MONEY_KINDS.flatMap((_, at) => (asked[at][index] > 0 ? [given[at][index] / asked[at][index]] : [])))
      const takesBoth = asked.every((ofKind) => ofKind[index] > 0)
      const pence = MONEY_KINDS.map((_, at) => (takesBoth ? Math.min(given[at][index], Math.floor(asked[at][index] * ratio)) : given[at][index]))
      return MONEY_KINDS.reduce((scaled, kind, at) => rescaled(scaled, kind, year, pence[at]), tranches)
    })
  }
  return granted
}

/** What a programme wants of a financial year's money, and what it must have of it, whole pence. */
export interface Bounds {
  readonly wanted: number
  readonly least: number
}

/** Pounds a year as pence by financial year: as much of a year as lies in the study. */
function penceIn(pounds: Series, level: PriceLevel, steps: Steps): (financialYear: number) => number {
  const pence = yearlyPence({ perYear: pounds, byYear: [] }, level, steps)
  return (year) => pence.get(year) ?? 0
}

/** The most that a programme may have of a financial year's envelope, whole pence; infinite without a maximum. */
export function mostPence({ maximum }: Budget<Series>, level: PriceLevel, steps: Steps): (financialYear: number) => number {
  return maximum === null ? () => Number.POSITIVE_INFINITY : penceIn(maximum, level, steps)
}

/** What of a financial year's envelope only this programme may have, whole pence. */
export function earmarkedPence({ earmark }: Budget<Series>, level: PriceLevel, steps: Steps): (financialYear: number) => number {
  return penceIn(earmark, level, steps)
}

/**
 * What a programme's money of a year and kind is held between; one that asks for nothing gets nothing. Of a programme
 * that takes both kinds each is bound by its part of what is asked for.
 */
function boundsOf(budget: Budget<Series>, asked: number, askedOfBoth: number, year: number, level: PriceLevel, steps: Steps): Bounds {
  if (asked === 0) return { wanted: 0, least: 0 }
  const part = asked / askedOfBoth
  const floor = Math.floor(part * Math.max(penceIn(budget.minimum, level, steps)(year), earmarkedPence(budget, level, steps)(year)))
  const wanted = Math.min(Math.floor(part * mostPence(budget, level, steps)(year)), Math.max(asked, floor))
  return { wanted, least: Math.min(wanted, floor) }
}

/** Shares an envelope's pence among those who want them. */
export function grants(bounds: readonly Bounds[], envelopePence: number): number[] {
  const total = (of: (bound: Bounds) => number): number => bounds.reduce((sum, bound) => sum + of(bound), 0)
  const wanted = total((bound) => bound.wanted)
  if (wanted <= envelopePence) return bounds.map((bound) => bound.wanted)
  const least = total((bound) => bound.least)
  if (envelopePence === 0) return bounds.map(() => 0)
  if (least >= envelopePence) return splitPence(envelopePence, bounds.map((bound) => bound.least / least))
  const beyond = splitPence(envelopePence - least, bounds.map((bound) => (bound.wanted - bound.least) / (wanted - least)))
  return bounds.map((bound, index) => bound.least + beyond[index])
}

/** Tranches of one kind and financial year brought to a total, each in proportion; whole pence. */
export function rescaled(tranches: readonly Tranche[], kind: MoneyKind, year: number, pence: number): Tranche[] {
  const concerned = (tranche: Tranche): boolean => tranche.kind === kind && tranche.financialYear === year
  const before = tranches.reduce((sum, tranche) => sum + (concerned(tranche) ? tranche.pence : 0), 0)
  if (before === pence || before === 0) return [...tranches]
  let upTo = 0
  let given = 0
  return tranches.map((tranche) => {
    if (!concerned(tranche)) return tranche
    upTo += tranche.pence
    const part = Math.round(pence * (upTo / before)) - given
    given += part
    return { ...tranche, pence: part }
  })
}

/** Pounds a year that a programme with a share of the envelope asks for. */
export function sharedPounds(budget: Budget<Series>, envelope: Envelope<Series>, kind: MoneyKind, level: PriceLevel): (step: number, year: number) => number {
  const money = envelope[kind]
  const { share } = budget
  if (money === null || share === null) return poundsAYear(budget, level)
  const whole = poundsAYear(money, level)
  return (step, year) => valueAt(share, step) * whole(step, year)
}

/** What became of each envelope in each financial year. */
export function envelopeLines(limits: Limits, budgets: readonly BudgetLine[], transfers: readonly Transfer[]): EnvelopeLine[] {
  const carried = transfers.filter(({ fromYear, toYear }) => fromYear !== toYear)
  return [...limits].flatMap(([kind, byYear]) =>
    [...byYear].map(([financialYear, envelopePence]): EnvelopeLine => {
      const ofKind = carried.filter((move) => move.kind === kind)
      const carriedInPence = ofKind.reduce((sum, { toYear, pence }) => sum + (toYear === financialYear ? pence : 0), 0)
      const carriedOutPence = ofKind.reduce((sum, { fromYear, pence }) => sum + (fromYear === financialYear ? pence : 0), 0)
      const budgetPence = budgets.reduce((sum, line) => sum + (line.kind === kind && line.financialYear === financialYear ? line.budgetPence : 0), 0)
      const unallocatedPence = envelopePence + carriedInPence - carriedOutPence - budgetPence
      return { kind, financialYear, envelopePence, carriedInPence, carriedOutPence, budgetPence, unallocatedPence }
    }),
  )
}
