/**
 * Makes docs/validation.md and its charts from published months:
 *
 *     node scripts/validation-page.ts FOLDER
 *
 * FOLDER holds the week-band tables of England's constant panel and of the boards, and the overview time series.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkMonthAhead } from '../src/baseline/calibrate/check-fit.ts'
import { fitService } from '../src/baseline/calibrate/fit-service.ts'
import { monthEffects } from '../src/baseline/calibrate/forecast-flows.ts'
import { readMonthlyTotals } from '../src/baseline/series/read-monthly.ts'
import { readSeries } from '../src/baseline/series/read-series.ts'
import { together } from '../src/baseline/series/read-week-bands.ts'
import { ALL_SPECIALTIES, KnownSeries, listOf, totalOf, type AreaSeries } from '../src/baseline/series/types.ts'
import { backtestReport } from '../src/cli/backtest-report.ts'
import { errorGrowth } from '../src/experiment/backtest/error-growth.ts'
import { runBacktest } from '../src/experiment/backtest/run-backtest.ts'
import { coverageOf, summarise, type BacktestSummary } from '../src/experiment/backtest/summarise.ts'
import type { BacktestMethod, BacktestMode, BacktestRow } from '../src/experiment/backtest/types.ts'
import { bodyOf, coverageTable } from './validation-tables.ts'

const PANEL = 'weekband-england-constant-panel-2024-04-to-2026-01.csv'
const BOARDS = 'weekband-icb-2024-04-to-2026-01.csv.gz'
const MONTHLY = 'rtt-england-monthly-2007-04-to-2026-01.csv'
const ORIGIN = '2025-02'
/** Commissioners without a board. */
const NO_BOARD = 'NONE'
/** People whom a treatment function needs for its share to be no chance. */
const LEAST_PEOPLE = 1000

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: node scripts/validation-page.ts FOLDER')
const totals = await readMonthlyTotals(join(folder, MONTHLY))
const [england] = await readSeries([join(folder, PANEL)], null)
const boards = (await readSeries([join(folder, BOARDS)], 'all')).filter(({ area }) => area !== NO_BOARD)

const run = (area: AreaSeries, origins: readonly string[], bySpecialty: boolean, whole: AreaSeries | null): BacktestRow[] =>
  runBacktest({ area, origins, bySpecialty, whole, effectsAt: (origin) => monthEffects(totals, origin), growthAt: errorGrowth(totals) })

const one = run(england, [ORIGIN], true, null)
const months = england.specialties[0].months.map(({ month }) => month)
const many = run(england, months.slice(6, -1), false, null)
const ofBoards = boards.flatMap((board) => run(board, [ORIGIN], false, england))

const pick = (rows: readonly BacktestRow[], mode: BacktestMode, method: BacktestMethod, ahead: number): BacktestRow => {
  const row = rows.find((each) => each.specialty === ALL_SPECIALTIES && each.mode === mode && each.method === method && each.monthsAhead === ahead)
  if (row === undefined) throw new Error(`nothing projected ${ahead} months ahead`)
  return row
}

/** A goal, what was reached, and whether that is enough. */
type Goal = readonly [what: string, most: number, reached: number, digits: number]

function goals(): Goal[] {
  const known = new KnownSeries(together(england.specialties), ORIGIN)
  const check = checkMonthAhead(known, fitService(known))
  const eleven = pick(one, 'given-flows', 'fairwait', 11)
  const balanced = pick(one, 'given-removals', 'fairwait', 11)
  const forecast = summarise(many.filter(({ mode, method }) => mode === 'forecast' && method === 'fairwait'))
  const byFunction = summarise(one.filter(({ specialty, mode, method }) => specialty !== ALL_SPECIALTIES && mode === 'given-flows' && method === 'fairwait'))
  const ofFunctions = (ahead: number): BacktestSummary => {
    const found = byFunction.find(({ monthsAhead }) => monthsAhead === ahead)
    if (found === undefined) throw new Error(`no treatment function is scored ${ahead} months ahead`)
    return found
  }
  const others = summarise(many.filter(({ mode, method }) => mode === 'forecast' && method !== 'fairwait' && method !== 'held-level'))
  // Of the same windows: last year's change is known from fewer origins.
  const windows = (ahead: number): number => forecast.find(({ monthsAhead }) => monthsAhead === ahead)?.projections ?? 0
  const best = (ahead: number): number => Math.min(...others.filter(({ monthsAhead, projections }) => monthsAhead === ahead && projections === windows(ahead)).map(({ size }) => size.list))
  const list = (ahead: number): number => forecast.find(({ monthsAhead }) => monthsAhead === ahead)?.size.list ?? Number.NaN
  return [
    ['fitted months, one month ahead: distance of non-admitted stops', 0.05, check.nonAdmitted, 4],
    ['… of admitted stops', 0.05, check.admitted, 4],
    ['… of the list', 0.02, check.list, 4],
    ['… of the list with a decision to admit', 0.02, check.withDecision, 4],
    ['… share within 18 weeks, points', 1, check.within18Size, 2],
    ['starts and stops given, one month: distance', 0.02, pick(one, 'given-flows', 'fairwait', 1).distance ?? 1, 4],
    ['… eleven months: distance', 0.035, eleven.distance ?? 1, 4],
    ['… within 18 weeks, points', 1, Math.abs(eleven.error.within18), 2],
    ['… over 52 weeks, points', 0.4, Math.abs(eleven.error.over52), 2],
    ['… list, %', 1, Math.abs(eleven.error.list), 2],
    ['unreported removals given too, eleven months: within 18 weeks, points', 1, Math.abs(balanced.error.within18), 2],
    ['… over 52 weeks, points', 0.4, Math.abs(balanced.error.over52), 2],
    ['… list, %', 1, Math.abs(balanced.error.list), 2],
    ['forecast, six months, mean over origins: list, %', 1, list(6), 2],
    ['… eleven months: list, %', 3, list(11), 2],
    ['… six months: over that of the best comparator from the same origins', 1, list(6) / best(6), 2],
    ['… eleven months: over that of the best comparator from the same origins', 1, list(11) / best(11), 2],
    ['treatment functions, fitted months, one month ahead: the worst share within 18 weeks of those with 1,000 people, points', 1, worstWithin18(), 2],
    ['treatment functions, starts and stops given, one month: distance', 0.014, ofFunctions(1).distance ?? 1, 4],
    ['… eleven months: distance', 0.0235, ofFunctions(11).distance ?? 1, 4],
    ['… list, %', 4.5, ofFunctions(11).size.list, 2],
    ['… over 52 weeks, points', 0.3, ofFunctions(11).size.over52, 2],
    ['share of published values outside 95% intervals', 0.1, 1 - (coverageOf(many, 'level95') ?? 0), 3],
  ]
}

/** The largest mean error within 18 weeks, one month ahead, among treatment functions. */
function worstWithin18(): number {
  const all = fitService(new KnownSeries(together(england.specialties), ORIGIN))
  const sizes = england.specialties.flatMap((series) => {
    const known = new KnownSeries(series, ORIGIN)
    if (totalOf(listOf(known.last)) < LEAST_PEOPLE) return []
    return [checkMonthAhead(known, fitService(known, { leanOn: all })).within18Size]
  })
  return Math.max(...sizes)
}

function goalTable(): string {
  const rows = goals().map(([what, most, reached, digits]) => `| ${what} | ${most} | ${reached.toFixed(digits)} | ${reached <= most ? 'yes' : '**no**'} |`)
  return ['| | at most | reached | met |', '|---|---|---|---|', ...rows].join('\n')
}

const charts = await backtestReport(one).charts()
for (const { name, svg } of charts) await writeFile(join('docs', 'images', `validation-${name}`), svg)
const page = [
  '# Validation against published months',
  whatItIs(),
  '## Goals, and what is reached',
  `England, the providers that report throughout; fits know nothing after ${ORIGIN}, but for forecasts and intervals, which are over ${new Set(many.map(({ origin }) => origin)).size} origins.`,
  goalTable(),
  ...charts.map(({ name }) => `![${captions()[name] ?? name}](images/validation-${name})`),
  whereWeak(),
  bodyOf(many, 'England from every month-end, October 2024 to December 2025'),
  '### Intervals: a random walk, and widened',
  'By how much a walk is widened, and why, is said [with the longer series](validation-long.md#intervals-a-random-walk-and-widened).',
  coverageTable(many),
  bodyOf(one, 'England and its treatment functions from February 2025'),
  bodyOf(ofBoards, 'The boards from February 2025'),
]
await writeFile(join('docs', 'validation.md'), `${page.join('\n\n')}\n`)

function captions(): Readonly<Record<string, string>> {
  return {
    'distance.svg': 'Distance of the projected list from the published one, by months ahead',
    'bands.svg': 'The list of January 2026 by weeks waited: published, and projected from February 2025 given the flows',
    'specialties.svg': 'Within 18 weeks by treatment function: published, and projected from February 2025 given the flows',
  }
}

function whatItIs(): string {
  return [
    'This page is made by `node scripts/validation-page.ts FOLDER` from published month-ends, and by nothing else; `fairwait backtest` makes the same tables of any series. [calibration.md](calibration.md) says what is fitted and how.',
    'What is scored is the service law that the simulation runs, in expected values ([kernel and expected list agree](calibration.md#the-same-law-twice)). A fit sees copies of the months up to its origin and holds no other. *Clock starts and stops given* tells it the totals of what happened later, not who waited. *Distance* is the total variation distance by week band: the share of people who would have to be moved to make the two lists equal.',
    'The shape of the model (daily calendar, damping, half-life, how drifts lean on none) was settled while looking at these same 22 months, since there are no others by week band. One choice was made with scores seen: holding the drift of removals against its own error. It made the projection from February 2025 worse (eleven months, starts and stops given: list −1.0% became +2.1%, within 18 weeks −1.1 points became −2.3) and the half-year forecast of the list over all origins better (1.8% became 1.2%). Expect the next year to be somewhat worse than this page.',
  ].join('\n\n')
}

function whereWeak(): string {
  return [
    '## Where it is weak',
    '- **How many leave unreported.** They are a seventh of all removals, and move by campaigns that nobody announces: a sixth more in April and May 2025 than in the ten months before February. Given starts and stops alone, the list and the share within 18 weeks hang on them; with them given too, little is left to go wrong.',
    '- **The size of the list.** A forecast of it is worse than the best line through the published figures: half a year ahead than the last value, eleven months ahead than the straight trend. What is forecast well is who is on it.',
    '- **A level that is held.** Studies run without drift unless they ask for it. Eleven months ahead over 52 weeks then misses by three times as much (rows *level held* below): through 2025 long waits were pressed harder every month.',
    '- **Treatment functions.** The trial that these goals are half of gave errors for England alone; treatment functions are held to half of those, and miss them by 30 to 80%. Two small ones, whose lists were counted anew after the origin (`X03`, `C_170`), make a good part of it.',
    '- **Single treatment functions of single boards.** Stops by week band are then a few people each, and distances of 0.1 are chance.',
    '- **Small admission lists** (medicine, mental health): a few hundred people whose records move for reasons of coding.',
    '- **Intervals a year ahead** rest on few windows that do not overlap, here and [over the longer series](validation-long.md), which shows how much too narrow a walk\'s are and what widening them by a rule does.',
    '- **Treatment functions whose list was counted anew**, or whose clock starts are not where their stops are (some boards record one specialty\'s referrals under another): months before such a jump are left out of their flows, and what does not balance is put right by people who join without a published clock start.',
    '- **Origins by week band before October 2024** are not to be had: none are published together before April 2024 in these tables. England from 2017 on and twelve trusts by treatment function from 2021 on are scored [from totals](validation-long.md), with reconstructed bands. Gradients by deprivation are fitted and held against their anchors [elsewhere](gradients.md).',
  ].join('\n')
}
