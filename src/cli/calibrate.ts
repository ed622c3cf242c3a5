/** `fairwait calibrate SERIES… --out FILE` */
import type { Command } from 'commander'
import type { MonthAheadCheck } from '../baseline/calibrate/check-fit.ts'
import type { ServiceFit } from '../baseline/calibrate/fit-service.ts'
import type { FitSpread } from '../baseline/calibrate/resample.ts'
import type { MonthEffects } from '../baseline/calibrate/forecast-flows.ts'
import { ALL_SPECIALTIES, type AreaSeries, type SpecialtySeries } from '../baseline/series/types.ts'
import type { FittedSpecialty } from './calibrate-packs.ts'
import { saySeriesCommand, seriesText } from './calibrate-messages.ts'

interface CalibrateOptions {
  readonly out: string
  readonly area?: string
  readonly until?: string
  readonly whole?: string
  readonly monthly?: string
  readonly packs?: string
  readonly refits: string
  readonly json?: true
  readonly quiet?: true
}

const MOST_REFITS = 200

/** Adds the command. */
export function register(program: Command): void {
  program
    .command('calibrate')
    .summary(seriesText.calibrateDescription)
    .description(`${seriesText.calibrateDescription}\n${seriesText.calibrateHelp}`)
    .argument('<series...>', seriesText.files)
    .requiredOption('--out <file>', seriesText.calibrateOut)
    .option('--area <code>', seriesText.area)
    .option('--until <month>', seriesText.until)
    .option('--whole <table>', seriesText.whole)
    .option('--monthly <table>', seriesText.monthly)
    .option('--packs <dir>', seriesText.packs)
    .option('--refits <number>', seriesText.refits, '0')
    .option('--json', seriesText.json)
    .option('--quiet', seriesText.quiet)
    .action(calibrate)
}

/** One fitted treatment function. */
interface CalibratedSpecialty extends FittedSpecialty {
  readonly check: MonthAheadCheck
  readonly spread: FitSpread | null
}

async function calibrate(files: readonly string[], options: CalibrateOptions): Promise<void> {
  const refits = refitsOf(options.refits)
  const { readSeries } = await import('../baseline/series/read-series.ts')
  const areas = await readSeries(files, options.area ?? null)
  const until = untilOf(areas[0], options.until)
  const whole = options.whole === undefined ? null : (await readSeries([options.whole], null))[0]
  const effects = await effectsAt(options.monthly, until)
  const { fitPacks, packsToFit } = await import('./calibrate-packs.ts')
  const packs = options.packs === undefined ? null : await packsToFit(options.packs, areas.map(({ area }) => area), until)
  const { prepareFile, writeFileAside } = await import('./write-files.ts')
  await prepareFile(options.out)
  const wholeFits = await fitsOfWhole(whole, until)
  const fitted: { area: string; specialties: CalibratedSpecialty[] }[] = []
  for (const area of areas) {
    const tell = (code: string): void => {
      if (options.quiet !== true && process.stderr.isTTY) process.stderr.write(seriesText.fitting(area.area, code))
    }
    fitted.push({ area: area.area, specialties: await fitArea(area, wholeFits, until, effects, refits, tell) })
  }
  const document = { format: 'fairwait-calibration', version: 1, until, areas: fitted.map(documentOf) }
  const text = `${JSON.stringify(document)}\n`
  const written = packs === null ? [] : await fitPacks(packs, fitted, { series: files, whole: options.whole, monthly: options.monthly })
  await writeFileAside(options.out, text)
  if (options.json === true) process.stdout.write(text)
  else process.stdout.write([...fitted.map(tableOf), '', ...[options.out, ...written].map(seriesText.written)].join(''))
}

function refitsOf(text: string): number {
  const refits = Number(text)
  if (!Number.isInteger(refits) || refits < 0 || refits === 1 || refits > MOST_REFITS) throw saySeriesCommand.badCount('--refits', text, 2, MOST_REFITS)
  return refits
}

function untilOf(area: AreaSeries, month: string | undefined): string {
  const { months } = area.specialties[0]
  const fourth = months[3].month
  const last = months[months.length - 1].month
  if (month === undefined) return last
  if (!months.some((each) => each.month === month) || month < fourth) throw saySeriesCommand.badMonth('--until', month, fourth, last)
  return month
}

/** Month effects from England's overview up to a month; none without it. */
export async function effectsAt(file: string | undefined, until: string): Promise<MonthEffects> {
  const { monthEffects, NO_EFFECTS } = await import('../baseline/calibrate/forecast-flows.ts')
  if (file === undefined) return NO_EFFECTS
  const { readMonthlyTotals } = await import('../baseline/series/read-monthly.ts')
  return monthEffects(await readMonthlyTotals(file), until)
}

async function fitArea(area: AreaSeries, wholeFits: ReadonlyMap<string, ServiceFit>, until: string, effects: MonthEffects, refits: number, tell: (code: string) => void): Promise<CalibratedSpecialty[]> {
  const { fitService } = await import('../baseline/calibrate/fit-service.ts')
  const { checkMonthAhead } = await import('../baseline/calibrate/check-fit.ts')
  const { packSpread } = await import('../baseline/calibrate/pack-spread.ts')
  const { systemOf } = await import('./calibrate-packs.ts')
  const { resampleFit } = await import('../baseline/calibrate/resample.ts')
  const { fitFlows } = await import('../baseline/calibrate/forecast-flows.ts')
  const { comparableMonths, steadyMonths, steadyPairs } = await import('../baseline/series/comparable.ts')
  const { together } = await import('../baseline/series/read-week-bands.ts')
  const { KnownSeries } = await import('../baseline/series/types.ts')
  const comparable = comparableMonths(new KnownSeries(together(area.specialties), until))
  const one = (series: SpecialtySeries, leanOn: ServiceFit | undefined): CalibratedSpecialty => {
    tell(series.code)
    const known = new KnownSeries(series, until)
    const pairs = steadyPairs(known, comparable)
    const pairWeights = pairs.map(Number)
    const options = leanOn === undefined ? { pairWeights } : { pairWeights, leanOn }
    const fit = fitService(known, options)
    const spread = refits === 0 ? null : resampleFit(known, refits, area.area, options)
    const flows = fitFlows(known, effects, steadyMonths(known, comparable))
    return { fit, check: checkMonthAhead(known, fit, pairs), flows, spread, last: known.last, packSpread: packSpread(known, fit, flows, pairs, systemOf(area.area)) }
  }
  const all = one(together(area.specialties), wholeFits.get(ALL_SPECIALTIES))
  return [all, ...area.specialties.map((series) => one(series, wholeFits.get(series.code) ?? all.fit))]
}

/** Fits of the whole by treatment function, for parts to lean on; none where there is no whole. */
async function fitsOfWhole(whole: AreaSeries | null, until: string): Promise<ReadonlyMap<string, ServiceFit>> {
  if (whole === null) return new Map()
  const { fitService } = await import('../baseline/calibrate/fit-service.ts')
  const { together } = await import('../baseline/series/read-week-bands.ts')
  const { KnownSeries } = await import('../baseline/series/types.ts')
  const all = fitService(new KnownSeries(together(whole.specialties), until))
  return new Map([[ALL_SPECIALTIES, all], ...whole.specialties.map((series) => [series.code, fitService(new KnownSeries(series, until), { leanOn: all })] as const)])
}

function documentOf({ area, specialties }: { area: string; specialties: readonly CalibratedSpecialty[] }): unknown {
  return {
    area,
    specialties: specialties.map(({ fit, check, flows, spread }) => ({
      code: fit.code,
      pairs: fit.pairs,
      law: {
        ...fit.law,
        chanceWeightFirst: rounded(fit.law.chanceWeightFirst),
        chanceWeightAdmission: rounded(fit.law.chanceWeightAdmission),
        removedPerWeek: rounded(fit.law.removedPerWeek),
        unlisted: rounded(fit.law.unlisted),
      },
      drift: fit.drift,
      flows,
      monthAhead: check,
      spread,
    })),
  }
}

/** Five significant digits: the sixth is noise. */
function rounded(values: Float64Array): number[] {
  return Array.from(values, (value) => Number(value.toPrecision(5)))
}

const COLUMNS = ['list', 'withDecision', 'nonAdmitted', 'admitted'] as const

function tableOf({ area, specialties }: { area: string; specialties: readonly CalibratedSpecialty[] }): string {
  const head = `${area}, one month ahead: distance of the list, of those with a decision, of stops; within 18 weeks (points); removals ÷ published`
  const lines = specialties.map(({ fit, check }) =>
    [fit.code.padEnd(6), ...COLUMNS.map((column) => check[column].toFixed(4)), check.within18.toFixed(2).padStart(6), check.removals.toFixed(3)].join('  '),
  )
  return `${[head, ...lines].join('\n')}\n`
}
