/** Accounts added up, and the proof that they reconcile. */
import { groupSeries } from '../measures/group-series.ts'
import type { MoneyKind } from '../model/tables.ts'
import { moneyRows, type MoneyRow } from './money.ts'
import { peopleRows, type PeopleRow } from './people-money.ts'
import type { StudyResults } from './types.ts'

/** Whole pence: budget = spent + unspent. */
export interface Amounts {
  readonly budgetPence: number
  readonly spentPence: number
  readonly unspentPence: number
}

/** One programme's year in one scenario. */
export interface AccountTotal extends Amounts {
  readonly scenario: string
  readonly financialYear: string
  readonly programme: string
  readonly lever: string
  readonly kind: MoneyKind
  /** Its lines: consecutive ones of {@link sortedMoneyRows}, from `first` up to but without `end`. */
  readonly first: number
  readonly end: number
  /** Spent by deprivation group: group's id, pence, and its lines. */
  readonly groups: readonly { readonly group: string; readonly spentPence: number; readonly first: number; readonly end: number }[]
}

/** One thing that must be equal to another, in whole pence. */
export interface MoneyCheck {
  readonly scenario: string
  readonly check: 'budget = spent + unspent' | 'spent in the accounts = spent in the runs' | `spent by groups of ${string} = spent of their programmes`
  readonly leftPence: number
  readonly rightPence: number
  readonly differencePence: number
  /** False where runs of different draws spend differently: the accounts are those of the first draw. */
  readonly isExpected: boolean
}

/** What lines are sorted by after the scenario, so that everything that is added up stands together. */
const ORDER = ['financialYear', 'programme', 'lever', 'kind', 'group', 'specialty', 'system'] as const satisfies readonly (keyof MoneyRow)[]
const OF_PROGRAMME = ['scenario', 'financialYear', 'programme', 'lever', 'kind'] as const satisfies readonly (keyof MoneyRow)[]

/** The accounts by scenario (in the study's order), year, programme, kind, group, specialty and system. */
export function sortedMoneyRows(results: StudyResults): MoneyRow[] {
  const order = new Map(results.scenarios.map(({ id }, index) => [id, index]))
  const place = ({ scenario }: MoneyRow): number => order.get(scenario) ?? 0
  return moneyRows(results).toSorted((a, b) => place(a) - place(b) || compareBy(a, b))
}

function compareBy(a: MoneyRow, b: MoneyRow): number {
  const key = ORDER.find((each) => a[each] !== b[each])
  return key === undefined ? 0 : a[key] < b[key] ? -1 : 1
}

/** @param rows from {@link sortedMoneyRows} */
export function accountTotals(rows: readonly MoneyRow[]): AccountTotal[] {
  return runsOf(rows, 0, rows.length, OF_PROGRAMME).map(({ first, end }) => {
    const { scenario, financialYear, programme, lever, kind } = rows[first]
    const groups = runsOf(rows, first, end, ['group']).map((part) => ({
      group: rows[part.first].group,
      spentPence: sumPence(rows, part.first, part.end, 'spentPence'),
      ...part,
    }))
    return { scenario, financialYear, programme, lever, kind, ...amounts(rows, first, end), first, end, groups }
  })
}

/** Consecutive lines that are alike in some keys. */
function runsOf(rows: readonly MoneyRow[], from: number, to: number, keys: readonly (keyof MoneyRow)[]): { first: number; end: number }[] {
  const runs: { first: number; end: number }[] = []
  for (let at = from; at < to; at += 1) {
    const current = runs.at(-1)
    const first = current?.first
    if (current !== undefined && first !== undefined && keys.every((key) => rows[first][key] === rows[at][key])) current.end = at + 1
    else runs.push({ first: at, end: at + 1 })
  }
  return runs
}

function amounts(rows: readonly MoneyRow[], first: number, end: number): Amounts {
  const [budgetPence, spentPence, unspentPence] = (['budgetPence', 'spentPence', 'unspentPence'] as const).map((name) => sumPence(rows, first, end, name))
  return { budgetPence, spentPence, unspentPence }
}

function sumPence(rows: readonly MoneyRow[], first: number, end: number, name: keyof Amounts): number {
  let pence = 0
  for (let at = first; at < end; at += 1) pence += rows[at][name]
  return pence
}

/** Checks of each scenario: within the accounts, of the accounts against what the runs spent, and of parts by further groups. */
export function moneyChecks(results: StudyResults): MoneyCheck[] {
  const rows = sortedMoneyRows(results)
  const people = peopleRows(results)
  return results.scenarios.flatMap((scenario): MoneyCheck[] => {
    const own = rows.filter((row) => row.scenario === scenario.id)
    const { budgetPence, spentPence, unspentPence } = amounts(own, 0, own.length)
    const inRuns = spendInRuns(results, scenario)
    const compare = (check: MoneyCheck['check'], leftPence: number, rightPence: number, isExpected: boolean): MoneyCheck => ({
      scenario: scenario.id,
      check,
      leftPence,
      rightPence,
      differencePence: leftPence - rightPence,
      isExpected,
    })
    return [
      compare('budget = spent + unspent', budgetPence, spentPence + unspentPence, true),
      compare('spent in the accounts = spent in the runs', spentPence, inRuns.pence, inRuns.isSame),
      ...dimensionsOf(people, scenario.id).map((parts) => {
        const programmes = new Set(parts.map(({ programme }) => programme))
        const whole = own.reduce((pence, row) => pence + (programmes.has(row.programme) ? row.spentPence : 0), 0)
        return compare(`spent by groups of ${parts[0].dimension} = spent of their programmes`, parts.reduce((pence, part) => pence + part.spentPence, 0), whole, true)
      }),
    ]
  })
}

/** A scenario's money by further groups, dimension by dimension. */
function dimensionsOf(rows: readonly PeopleRow[], scenario: string): PeopleRow[][] {
  return [...Map.groupBy(rows.filter((row) => row.scenario === scenario), ({ dimension }) => dimension).values()]
}

/** Mean spend of a scenario's runs to the end, and whether every run spends the same. */
function spendInRuns({ catalogue, runRows }: StudyResults, { id }: { readonly id: string }): { readonly pence: number; readonly isSame: boolean } {
  const series = groupSeries(catalogue, { measure: 'spend-to-date', specialty: 'all', group: 'all' })
  const width = runRows.dateIndices.length
  const pence = runRows.runs.filter(({ scenario }) => scenario === id).map(({ values }) => Math.round(values[series * width + width - 1] * 100))
  const total = pence.reduce((sum, each) => sum + each, 0)
  return { pence: pence.length === 0 ? 0 : Math.round(total / pence.length), isSame: new Set(pence).size <= 1 }
}
