/**
 * Results made by a formula, for tests of the screen: more money shortens the list, θ moves the visible gap. Nothing
 * here comes from a model, and no number means anything.
 */
import type { Precision, ScreenResults, ScreenSeries, StudyFile } from '../../../src/app/contract.ts'
import type { MoneyRow } from '../../../src/results/money.ts'
import type { Study } from '../../../src/scenario/study.ts'

const GROUPS = [1, 2, 3, 4, 5].map((group) => ({ id: String(group), label: `Fifth ${group}`, population: 500_000 }))
const MEASURES = [
  ['waiting', 'pathways', 'higher-is-worse'],
  ['within-18-weeks', 'share', 'higher-is-better'],
  ['over-52-weeks', 'share', 'higher-is-worse'],
  ['slope-index:within-18-weeks', 'difference of shares', 'higher-is-better'],
  ['slope-index:unmet-need-per-1000', 'per 1,000 residents', 'higher-is-worse'],
  ['spend-to-date', '£', 'neutral'],
] as const

/** Money a year and θ of a scenario's first programme. */
function leversOf(file: StudyFile, id: string): { readonly pounds: number; readonly theta: number } {
  const [programme] = file.scenarios[id].invest ?? []
  if (programme === undefined) return { pounds: 0, theta: 0 }
  const { perYear } = programme.budget
  const theta = programme.allocate?.rule === 'proportionate' ? programme.allocate.theta : 0
  return { pounds: typeof perYear === 'number' ? perYear : 0, theta: typeof theta === 'number' ? theta : 0 }
}

/** Mean of a measure by a share of the way to the horizon. */
function meanOf(file: StudyFile, id: string, measure: string, group: string, way: number): number {
  const { pounds, theta } = leversOf(file, id)
  const millions = pounds / 1e6
  const place = group === 'all' || group === 'gap' ? 0 : Number(group) - 3
  switch (measure) {
    case 'waiting':
      return (346_000 * (1 - 0.15 * way) - millions * 900 * way) * (place === 0 && group !== '3' ? 1 : 0.2 - place * 0.01)
    case 'within-18-weeks':
      return 0.61 + way * (0.04 + millions * 0.002) + place * 0.004 * (1 - theta * 0.3 * way)
    case 'over-52-weeks':
      return 0.022 - 0.01 * way - millions * 0.0001 * way
    case 'slope-index:within-18-weeks':
      return -0.016 + theta * millions * 0.0004 * way
    case 'slope-index:unmet-need-per-1000':
      return 38 + way * 3
    default:
      return pounds * 5 * way
  }
}

const HALF_WIDTH: Readonly<Record<string, number>> = {
  waiting: 900,
  'within-18-weeks': 0.002,
  'over-52-weeks': 0.0008,
  'slope-index:within-18-weeks': 0.0009,
  'slope-index:unmet-need-per-1000': 0.3,
}

/** ISO dates a week apart. */
function weeklyDates(start: string, weeks: number): string[] {
  const first = Date.parse(start)
  return Array.from({ length: weeks + 1 }, (_, week) => new Date(first + week * 7 * 86_400_000).toISOString().slice(0, 10))
}

function seriesOf(file: StudyFile, reference: string, scenario: string, measure: string, group: string, dates: readonly string[]): ScreenSeries {
  const wide = HALF_WIDTH[measure] ?? 0
  const last = dates.length - 1
  const mean = Float64Array.from(dates, (_, week) => meanOf(file, scenario, measure, group, week / last))
  const difference = mean.map((value, week) => value - meanOf(file, reference, measure, group, week / last))
  const dimension = group === 'all' ? 'all' : 'deprivation'
  return {
    scenario,
    dimension,
    group,
    measure,
    mean,
    lower: mean.map((value) => value - wide),
    upper: mean.map((value) => value + wide),
    difference,
    differenceLower: difference.map((value) => value - (scenario === reference ? 0 : wide / 4)),
    differenceUpper: difference.map((value) => value + (scenario === reference ? 0 : wide / 4)),
  }
}

function moneyOf(file: StudyFile, id: string): MoneyRow[] {
  const { pounds } = leversOf(file, id)
  if (pounds === 0) return []
  return ['2026/27', '2027/28', '2028/29'].flatMap((financialYear) =>
    GROUPS.map(({ id: group }): MoneyRow => ({
      scenario: id,
      programme: 'capacity',
      lever: 'capacity',
      kind: 'revenue',
      system: 'all',
      specialty: 'all',
      group,
      financialYear,
      budgetPence: Math.round(pounds * 20),
      spentPence: Math.round(pounds * 20),
      unspentPence: 0,
    })),
  )
}

/** What the engine would send of a study. */
export function fakeResults(file: StudyFile, study: Study, precision: Precision, only?: readonly string[]): ScreenResults {
  const { reference } = study
  const ids = Object.keys(file.scenarios).filter((id) => only === undefined || only.includes(id) || id === reference)
  const dates = weeklyDates(study.time.start, study.time.weeks)
  const series = ids.flatMap((id) =>
    MEASURES.flatMap(([measure]) => {
      const groups = measure.startsWith('slope-index') ? ['gap'] : ['all', ...GROUPS.map((group) => group.id)]
      return groups.map((group) => seriesOf(file, reference, id, measure, group, dates))
    }),
  )
  return {
    study,
    precision,
    dates,
    dimensions: [{ id: 'deprivation', ordered: true, ofResidents: true, groups: GROUPS }],
    measures: MEASURES.map(([id, unit, direction]) => ({ id, label: id, unit, direction, meaning: id })),
    scenarios: ids.map((id) => ({ id, title: file.scenarios[id].title ?? id })),
    series,
    targets: ids.flatMap((scenario) => targetsOf(file, study, scenario)),
    money: ids.flatMap((id) => moneyOf(file, id)),
    equity: null,
  }
}

function targetsOf(file: StudyFile, study: Study, scenario: string): ScreenResults['targets'] {
  const share = Math.min(1, leversOf(file, scenario).pounds / 30e6)
  const estimate = { mean: share, lower: Math.max(0, share - 0.1), upper: Math.min(1, share + 0.1) }
  return study.targets.map((target) => ({
    scenario,
    target,
    date: target.by,
    runs: 8,
    probability: estimate,
    value: { mean: 0.66, lower: 0.65, upper: 0.67 },
    shortfall: { mean: 0.01, lower: 0, upper: 0.02 },
    firstMet: null,
    keptFrom: null,
  }))
}
