/** `fairwait backtest SERIES… --from MONTH [--to MONTH] --out DIR` */
import { join } from 'node:path'
import type { Command } from 'commander'
import type { AreaSeries } from '../baseline/series/types.ts'
import type { ErrorGrowth } from '../experiment/backtest/error-growth.ts'
import type { BacktestRow } from '../experiment/backtest/types.ts'
import { effectsAt } from './calibrate.ts'
import { saySeriesCommand, seriesText } from './calibrate-messages.ts'

interface BacktestOptions {
  readonly from: string
  readonly to?: string
  readonly out: string
  readonly area?: string
  readonly whole?: string
  readonly monthly?: string
  readonly specialties?: true
  readonly json?: true
  readonly quiet?: true
}

/** Months known at the first origin, at least: three pairs of month-ends. */
const LEAST_KNOWN = 4

/** Adds the command. */
export function register(program: Command): void {
  program
    .command('backtest')
    .summary(seriesText.backtestDescription)
    .description(`${seriesText.backtestDescription}\n${seriesText.backtestHelp}`)
    .argument('<series...>', seriesText.files)
    .requiredOption('--from <month>', seriesText.from)
    .requiredOption('--out <dir>', seriesText.backtestOut)
    .option('--to <month>', seriesText.to)
    .option('--area <code>', seriesText.area)
    .option('--whole <table>', seriesText.whole)
    .option('--monthly <table>', seriesText.monthly)
    .option('--specialties', seriesText.bySpecialty)
    .option('--json', seriesText.json)
    .option('--quiet', seriesText.quiet)
    .action(backtest)
}

async function backtest(files: readonly string[], options: BacktestOptions): Promise<void> {
  const { readSeries } = await import('../baseline/series/read-series.ts')
  const areas = await readSeries(files, options.area ?? null)
  const origins = originsOf(areas[0], options.from, options.to ?? options.from)
  const whole = options.whole === undefined ? null : (await readSeries([options.whole], null))[0]
  const effects = new Map(await Promise.all(origins.map(async (origin) => [origin, await effectsAt(options.monthly, origin)] as const)))
  const { NO_EFFECTS } = await import('../baseline/calibrate/forecast-flows.ts')
  const growthAt = await growthFrom(options.monthly)
  const { prepareFolder } = await import('./write-files.ts')
  await prepareFolder(options.out)
  const { runBacktest } = await import('../experiment/backtest/run-backtest.ts')
  const rows = areas.flatMap((area) =>
    runBacktest(
      { area, origins, bySpecialty: options.specialties === true, whole, effectsAt: (origin) => effects.get(origin) ?? NO_EFFECTS, growthAt },
      (origin) => {
        if (options.quiet !== true && process.stderr.isTTY) process.stderr.write(seriesText.origin(area.area, origin))
      },
    ),
  )
  await writeScores(options, rows)
}

/** How errors grow, from England's overview; as a walk's do without it. */
async function growthFrom(file: string | undefined): Promise<ErrorGrowth> {
  const { errorGrowth } = await import('../experiment/backtest/error-growth.ts')
  const { readMonthlyTotals } = await import('../baseline/series/read-monthly.ts')
  return errorGrowth(file === undefined ? [] : await readMonthlyTotals(file))
}

async function writeScores(options: BacktestOptions, rows: readonly BacktestRow[]): Promise<void> {
  const { scoresCsv } = await import('./backtest-scores.ts')
  const { backtestReport } = await import('./backtest-report.ts')
  const { summarise } = await import('../experiment/backtest/summarise.ts')
  const report = backtestReport(rows)
  const charts = Object.fromEntries((await report.charts()).map(({ name, svg }) => [name, svg]))
  const { writeFiles } = await import('./write-files.ts')
  await writeFiles(options.out, { 'scores.csv': scoresCsv(rows), 'report.md': report.markdown, ...charts })
  if (options.json === true) {
    const document = { format: 'fairwait-backtest', version: 1, summary: summarise(rows), rows }
    // Lists by week band are for the charts; rows are a table.
    process.stdout.write(`${JSON.stringify(document, (key, value: unknown) => (key === 'bands' ? undefined : value))}\n`)
  }
  else process.stdout.write(`${report.terminal}${seriesText.written(join(options.out, 'report.md'))}`)
}

function originsOf(area: AreaSeries, from: string, to: string): string[] {
  const months = area.specialties[0].months.map(({ month }) => month)
  const usable = months.slice(LEAST_KNOWN - 1, -1)
  const [first, last] = [usable[0], usable[usable.length - 1]]
  if (!usable.includes(from)) throw saySeriesCommand.badMonth('--from', from, first, last)
  if (!usable.includes(to)) throw saySeriesCommand.badMonth('--to', to, first, last)
  if (to < from) throw saySeriesCommand.backwards(from, to)
  return usable.filter((month) => month >= from && month <= to)
}
