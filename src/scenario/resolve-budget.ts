/** Money resolved: budgets, envelopes and prices. */
import { addDays, daysBetween, financialYear } from '../baseline/calendar.ts'
import { financialYearsOf, firstYearOf, yearName } from './financial-years.ts'
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { RANGES } from './ranges.ts'
import type { BudgetFile, EnvelopeFile, PricesFile, YearlyFile } from './schema-money.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Budget, Envelope, NumberSpec, Prices, YearlyMoney, YearMoney } from './study.ts'

const DAYS_PER_YEAR = 365.25
const AMOUNTS = ['perYear', 'byYear', 'share'] as const

/** A programme's money; problems go to `reader`. */
export function resolveBudget(budget: BudgetFile, path: DocumentPath, frame: StudyFrame, reader: NumberReader): Budget {
  reportAmounts(budget, path, reader)
  const byYear = resolveYears(budget.byYear ?? {}, [...path, 'byYear'], frame, reader)
  const pounds = (key: 'perYear' | 'earmark' | 'minimum'): NumberSpec => reader.read(budget[key] ?? 0, [...path, key], RANGES.perYear)
  return {
    perYear: pounds('perYear'),
    byYear,
    share: budget.share === undefined ? null : reader.read(budget.share, [...path, 'share'], RANGES.share),
    ...resolveTime(budget, byYear, path, frame, reader),
    rampWeeks: budget.rampWeeks ?? 0,
    late: budget.late === undefined ? null : { share: reader.read(budget.late.share, [...path, 'late', 'share'], RANGES.share), weeks: budget.late.weeks },
    earmark: pounds('earmark'),
    minimum: pounds('minimum'),
    maximum: budget.maximum === undefined ? null : reader.read(budget.maximum, [...path, 'maximum'], RANGES.perYear),
  }
}

function reportAmounts(budget: BudgetFile, path: DocumentPath, reader: NumberReader): void {
  const [first, second] = AMOUNTS.filter((key) => budget[key] !== undefined)
  if (first === undefined) reader.report(path, text.noAmount)
  if (second !== undefined) reader.report([...path, second], text.oneOfTwo(first, second), 'key')
  for (const key of ['from', 'years'] as const) {
    if (budget.byYear !== undefined && budget[key] !== undefined) reader.report([...path, key], text.timeIsInYears, 'key')
  }
}

/** When the money flows; by years, from the first that has any to the last. */
function resolveTime(
  budget: BudgetFile,
  byYear: readonly YearMoney[],
  path: DocumentPath,
  frame: StudyFrame,
  reader: NumberReader,
): Pick<Budget, 'from' | 'years'> {
  if (byYear.length > 0) {
    const years = byYear.map((each) => each.financialYear)
    return { from: `${Math.min(...years)}-04-01`, years: Math.max(...years) - Math.min(...years) + 1 }
  }
  const from = budget.from ?? frame.time.start
  // Two days more than to the end of the study, since years are not whole numbers of weeks.
  const years = budget.years ?? Math.max(0, daysBetween(from, frame.end) + 2) / DAYS_PER_YEAR
  const until = addDays(from, Math.round(years * DAYS_PER_YEAR))
  const outside = daysBetween(from, frame.end) <= 0 || daysBetween(frame.time.start, until) <= 0
  if (frame.datesMustFit && outside) reader.report(path, text.moneyOutside(from, until, frame.time.start, frame.end))
  return { from, years }
}

/** Money by financial year, in the order of years; each must lie at least partly in the study. */
function resolveYears(file: Readonly<Record<string, NumberSpec>>, path: DocumentPath, frame: StudyFrame, reader: NumberReader): YearMoney[] {
  const years = yearsOf(frame)
  return Object.entries(file)
    .map(([name, pounds]): YearMoney => {
      const year = firstYearOf(name)
      if (frame.datesMustFit && !years.includes(year)) {
        reader.report([...path, name], text.yearOutside(name, yearName(years[0]), yearName(years[years.length - 1])), 'key')
      }
      return { financialYear: year, pounds: reader.read(pounds, [...path, name], RANGES.perYear) }
    })
    .toSorted((a, b) => a.financialYear - b.financialYear)
}

/** Financial years of which at least a day lies in the study, by their first calendar years. */
export const yearsOf = ({ time, end }: StudyFrame): number[] => financialYearsOf(time.start, addDays(end, -1))

/** What a scenario's programmes share; null where the file has none. */
export function resolveEnvelope(file: EnvelopeFile | undefined, path: DocumentPath, frame: StudyFrame, reader: NumberReader): Envelope | null {
  if (file === undefined) return null
  if (file.revenue === undefined && file.capital === undefined) reader.report(path, text.envelopeOfNothing)
  const money = (key: 'revenue' | 'capital'): YearlyMoney | null => {
    const written = file[key]
    return written === undefined ? null : resolveYearly(written, [...path, key], frame, reader)
  }
  return { revenue: money('revenue'), capital: money('capital'), underspend: file.underspend ?? 'lost' }
}

function resolveYearly(file: YearlyFile, path: DocumentPath, frame: StudyFrame, reader: NumberReader): YearlyMoney {
  if (typeof file === 'object' && !('dist' in file) && !('formula' in file)) {
    const byYear = resolveYears(file, path, frame, reader)
    if (byYear.length === 0) reader.report(path, text.noAmount)
    return { perYear: 0, byYear }
  }
  return { perYear: reader.read(file as NumberSpec, path, RANGES.perYear), byYear: [] }
}

/** Prices of a study. */
export function resolvePrices(file: PricesFile | undefined, frame: StudyFrame, reader: NumberReader): Prices {
  const rate = (key: 'inflation' | 'costInflation', otherwise: NumberSpec): NumberSpec =>
    file?.[key] === undefined ? otherwise : reader.read(file[key], ['prices', key], RANGES.inflation)
  const inflation = rate('inflation', 0)
  return {
    baseYear: file?.baseYear === undefined ? financialYear(frame.time.start) : firstYearOf(file.baseYear),
    budgets: file?.budgets ?? 'real',
    inflation,
    costInflation: rate('costInflation', inflation),
  }
}
