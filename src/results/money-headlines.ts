/** The few numbers on money that `fairwait run --json` gives, by scenario: years, what they buy, prices, the trade-off. */
import type { TradeOff } from '../measures/distribution/trade-offs.ts'
import type { Price } from '../measures/money/ratio.ts'
import type { Activity, MoneyEstimate, Outcome } from '../measures/money/types.ts'
import { accountTotals, moneyChecks, sortedMoneyRows } from './money-accounts.ts'
import { moneyOutOf, tradeOffsOf } from './money-out.ts'
import { peopleRows, type PeopleRow } from './people-money.ts'
import type { StudyResults } from './types.ts'

/** Pounds of one financial year, all programmes together. */
export interface MoneyYear {
  /** e.g. `2026/27`. */
  readonly financialYear: string
  readonly budget: number
  readonly spent: number
  readonly unspent: number
  /** Spent, by deprivation group's id. */
  readonly spentByGroup: Readonly<Record<string, number>>
  /** Spent by programmes for people of further groups: dimension, then group; left out where there are none. */
  readonly spentByOtherGroup?: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** One scenario's money; outcomes are everybody's, in all specialties, over the whole projection, against the reference. */
export interface MoneyHeadline {
  readonly scenario: string
  readonly years: readonly MoneyYear[]
  /** Whether budget = spent + unspent and accounts = runs, to the penny. */
  readonly reconciles: boolean
  /** Nothing for the reference. */
  readonly extra: Readonly<Partial<Record<Activity, MoneyEstimate>>>
  readonly costPer: Readonly<Partial<Record<Outcome, Price>>>
  /** Against the reference; null for the reference and where nothing can be compared. */
  readonly tradeOff: TradeOff | null
}

/** Every scenario as the study lists them. */
export function moneyHeadlines(results: StudyResults): MoneyHeadline[] {
  const totals = accountTotals(sortedMoneyRows(results))
  const people = peopleRows(results)
  const checks = moneyChecks(results)
  const { activity, costs } = moneyOutOf(results)
  const { dates } = results.catalogue
  const pairs = (tradeOffsOf(results)?.pairs ?? []).filter(({ against }) => against === results.study.reference)
  const isWhole = ({ group, specialty, financialYear, to }: (typeof costs)[number] | (typeof activity)[number]): boolean =>
    group === 'all' && specialty === 'all' && financialYear === null && to === dates[dates.length - 1]
  return results.scenarios.map(({ id }) => {
    const own = totals.filter(({ scenario }) => scenario === id)
    return {
      scenario: id,
      years: [...Map.groupBy(own, ({ financialYear }) => financialYear)].map(([year, parts]) => ({
        ...yearOf(year, parts),
        ...byOtherGroup(people.filter(({ scenario, financialYear }) => scenario === id && financialYear === year)),
      })),
      reconciles: checks.every(({ scenario, differencePence }) => scenario !== id || differencePence === 0),
      extra: Object.fromEntries(
        activity.filter((row) => row.scenario === id && isWhole(row)).map(({ activity: name, mean, lower, upper }) => [name, { mean, lower, upper }]),
      ),
      costPer: Object.fromEntries(costs.filter((row) => row.scenario === id && isWhole(row)).map(({ outcome, price }) => [outcome, price])),
      tradeOff: pairs.find(({ scenario }) => scenario === id) ?? null,
    }
  })
}

function byOtherGroup(people: readonly PeopleRow[]): Pick<MoneyYear, 'spentByOtherGroup'> {
  if (people.length === 0) return {}
  const byGroup = (rows: readonly PeopleRow[]): Record<string, number> =>
    Object.fromEntries([...Map.groupBy(rows, ({ group }) => group)].map(([group, own]) => [group, own.reduce((pence, { spentPence }) => pence + spentPence, 0) / 100]))
  return { spentByOtherGroup: Object.fromEntries([...Map.groupBy(people, ({ dimension }) => dimension)].map(([dimension, rows]) => [dimension, byGroup(rows)])) }
}

function yearOf(financialYear: string, parts: readonly ReturnType<typeof accountTotals>[number][]): MoneyYear {
  const pence = (of: (part: (typeof parts)[number]) => number): number => parts.reduce((sum, part) => sum + of(part), 0)
  const groups = [...new Set(parts.flatMap((part) => part.groups.map(({ group }) => group)))]
  const spentOn = (group: string): number => pence((part) => part.groups.find((each) => each.group === group)?.spentPence ?? 0)
  return {
    financialYear,
    budget: pence(({ budgetPence }) => budgetPence) / 100,
    spent: pence(({ spentPence }) => spentPence) / 100,
    unspent: pence(({ unspentPence }) => unspentPence) / 100,
    spentByGroup: Object.fromEntries(groups.map((group) => [group, spentOn(group) / 100])),
  }
}
