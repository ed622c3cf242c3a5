/** Prices of the day: what money that is written in real terms comes to, and what things cost. */
import { valueAt, type Steps } from '../model/steps.ts'
import { assumptionEntry } from '../scenario/assumptions.ts'
import type { Prices, Programme, Series } from '../scenario/study.ts'

/** Factors on pounds of the base year, by financial year. */
export interface PriceLevel {
  readonly money: (financialYear: number) => number
  readonly costs: (financialYear: number) => number
}

/** Prices that never change. */
export const CONSTANT_PRICES: PriceLevel = { money: () => 1, costs: () => 1 }

/** Price levels of a study; rates are read once, at the start. */
export function priceLevel({ baseYear, budgets, inflation, costInflation }: Prices<Series>): PriceLevel {
  return {
    money: (year) => (budgets === 'cash' ? 1 : compounded(valueAt(inflation, 0), year - baseYear)),
    costs: (year) => compounded(valueAt(costInflation, 0), year - baseYear),
  }
}

/** (1 + rate)^years by multiplication, which is the same in every engine; 1 for a rate of 0. */
function compounded(rate: number, years: number): number {
  let factor = 1
  for (let year = 0; year < Math.abs(years); year++) factor *= 1 + rate
  return years < 0 ? 1 / factor : factor
}

/** The programme with its unit costs in prices of the day; itself where they do not change. */
export function atCurrentCosts(programme: Programme<Series>, steps: Steps, level: PriceLevel): Programme<Series> {
  const factors = steps.financialYears.map(level.costs)
  if (factors.every((factor) => factor === 1)) return programme
  const parameters = Object.entries(programme.parameters).map(([name, value]): [string, Series] => [
    name,
    isCost(programme, name) ? factors.map((factor, step) => factor * valueAt(value, step)) : value,
  ])
  return { ...programme, parameters: Object.fromEntries(parameters) }
}

const isCost = ({ lever }: Programme<Series>, name: string): boolean => assumptionEntry(`lever.${lever}.${name}`).unit.startsWith('£')
