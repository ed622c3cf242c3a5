/** Tables that the pages of validation share. */
import { backtestReport } from '../src/cli/backtest-report.ts'
import { NO_GROWTH } from '../src/experiment/backtest/error-growth.ts'
import { intervalsFrom } from '../src/experiment/backtest/lines.ts'
import { summarise } from '../src/experiment/backtest/summarise.ts'
import { MEASURES, type BacktestRow } from '../src/experiment/backtest/types.ts'

/** A report's body under a heading of its own, without its title and its pictures. */
export function bodyOf(rows: readonly BacktestRow[], heading: string): string {
  const body = backtestReport(rows).markdown.split('\n').slice(2).filter((line) => !line.startsWith('!['))
  return `## ${heading}\n\n${body.join('\n').replaceAll(/^## /gm, '### ').trim()}`
}

/** What intervals held by measure and months ahead: those of a random walk, and as they are made now. */
export function coverageTable(rows: readonly BacktestRow[]): string {
  const made = rows.filter(({ intervals }) => intervals !== null)
  const walks = made.map((row) => ({ ...row, intervals: row.intervals === null ? null : intervalsFrom(row.projected, row.intervals.spread, row.intervals.freedom, NO_GROWTH) }))
  const before = new Map(summarise(walks).map((each) => [each.monthsAhead, each]))
  const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(100 * share).toFixed(0)}%`)
  const lines = summarise(made).flatMap((after) =>
    (['coverage80', 'coverage95'] as const).map((level) => {
      const walk = before.get(after.monthsAhead)
      const cells = MEASURES.flatMap((measure) => [percent(walk?.[level]?.[measure]), percent(after[level]?.[measure])])
      return `| ${[after.monthsAhead, after.projections, level === 'coverage80' ? '80%' : '95%', ...cells].join(' | ')} |`
    }),
  )
  return [
    '| months ahead | forecasts | intervals of | list: walk | now | within 18: walk | now | over 52: walk | now |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}
