/**
 * money.json: the accounts by year and programme, their checks, and what the money buys. The accounts' lines are in
 * money.csv, activity of single specialties in money-outcomes.csv.
 */
import { envelopesOf } from './envelopes.ts'
import { finiteOrNull } from './equity-json.ts'
import { accountTotals, moneyChecks, sortedMoneyRows } from './money-accounts.ts'
import { moneyOutOf } from './money-out.ts'
import { financialYearName, poundsText } from './money.ts'
import { peopleRows } from './people-money.ts'
import type { StudyResults } from './types.ts'

/** Text of money.json, one row a line. Undefined numbers are null; pounds of accounts are exact. */
export function moneyJson(results: StudyResults): string {
  const { activity, costs, savings, opportunityCost, ...perspective } = moneyOutOf(results)
  const { envelopes, transfers } = envelopesOf(results)
  const { dates } = results.catalogue
  const head = { schemaVersion: 1, study: results.study.name, from: dates[0], to: dates[dates.length - 1], ...perspective, interval: 'Student t of means, Fieller of prices, 95%' }
  const parts: [string, readonly string[]][] = [
    ['accounts', accountTotals(sortedMoneyRows(results)).map(({ first: _first, end: _end, groups, budgetPence, spentPence, unspentPence, ...names }) => {
      const byGroup = groups.map(({ group, spentPence: spent }) => `${JSON.stringify(group)}:${poundsText(spent)}`)
      return `{${bare(names)},"budget":${poundsText(budgetPence)},"spent":${poundsText(spentPence)},"unspent":${poundsText(unspentPence)},"spentByGroup":{${byGroup.join(',')}}}`
    })],
    ['people', peopleRows(results).map(({ budgetPence, spentPence, unspentPence, ...names }) =>
      `{${bare(names)},"budget":${poundsText(budgetPence)},"spent":${poundsText(spentPence)},"unspent":${poundsText(unspentPence)}}`)],
    ['envelopes', envelopes.map(({ envelopePence, carriedInPence, carriedOutPence, budgetPence, unallocatedPence, scenario, financialYear, kind }) => {
      const names = { scenario, financialYear, kind }
      return `{${bare(names)},"envelope":${poundsText(envelopePence)},"carriedIn":${poundsText(carriedInPence)},"budgets":${poundsText(budgetPence)},"carriedOut":${poundsText(carriedOutPence)},"unallocated":${poundsText(unallocatedPence)}}`
    })],
    ['transfers', transfers.map(({ pence, ...names }) => `{${bare(names)},"pounds":${poundsText(pence)}}`)],
    ['checks', moneyChecks(results).map((check) => JSON.stringify(check))],
    ['activity', activity.filter(({ specialty }) => specialty === 'all').map(withYear)],
    ['costs', costs.map(withYear)],
    ['savings', savings.map(withYear)],
    ['opportunityCost', opportunityCost.map((row) => JSON.stringify(row, finiteOrNull))],
  ]
  const lists = parts.map(([name, lines]) => `"${name}":[${lines.map((line) => `\n${line}`).join(',')}\n]`)
  return `{${bare(head)},\n${lists.join(',\n')}}\n`
}

/** An object's members without its braces. */
function bare(members: object): string {
  return JSON.stringify(members).slice(1, -1)
}

function withYear(row: { readonly financialYear: number | null }): string {
  return JSON.stringify({ ...row, financialYear: row.financialYear === null ? null : financialYearName(row.financialYear) }, finiteOrNull)
}
