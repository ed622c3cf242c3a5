/**
 * A made-up StudyResults with believable shapes: lists that grow without investment, a small visible gap, a
 * larger unmet-need gap. The numbers come from formulas and a fixed generator; nothing here is a projection.
 */
import type { BudgetLine } from '../../src/model/tables.ts'
import { MEASURES } from '../../src/measures/catalogue.ts'
import { STANDARD_HEALTH } from '../../src/measures/health/assumptions.ts'
import { reportingDateIndices } from '../../src/measures/reporting-dates.ts'
import type { DimensionInfo, SeriesKey } from '../../src/measures/types.ts'
import type { ScenarioSummary, StudyResults } from '../../src/results/types.ts'
import { ASSUMPTION_KEYS, assumptionEntry } from '../../src/scenario/assumptions.ts'
import { OPTIONAL_COUNTS } from '../../src/scenario/study.ts'
import type { Assumptions, Priority, Programme, Scenario, Shock, Study } from '../../src/scenario/study.ts'
import { fixturePack } from './pack-fixture.ts'

/** Size and naming of a fixture. */
export interface FixtureOptions {
  readonly specialties?: number
  readonly weeks?: number
  readonly replications?: number
  /** Put in place of the study's title, the second scenario's title and its programme's id. */
  readonly hostileText?: string
}

const INDICES = ['absolute-gap', 'relative-gap', 'slope-index', 'relative-index']
const GAP_MEASURES = [
  'within-18-weeks',
  'over-52-weeks',
  'over-65-weeks',
  'mean-wait',
  'median-wait',
  'percentile-92-wait',
  'treated-per-1000',
  'treated-per-need',
  'unmet-need-per-1000',
]
const GROUPS = ['1', '2', '3', '4', '5']
const ALIKE = [1, 1, 1, 1, 1]
const NONE = [0, 0, 0, 0, 0]
const STRIKE: Shock = {
  kind: 'industrial-action',
  weeks: ['2026-07-13'],
  capacityLoss: 0.35,
  recovered: 0,
  recoveryWeeks: 0,
  referralLoss: NONE,
  referralReturn: NONE,
  returnWeeks: 0,
  dnaOdds: ALIKE,
  emergencyFactor: ALIKE,
  deathFactor: ALIKE,
  chanceWeight: ALIKE,
  systems: [],
}

const ONE_LEVEL: Priority = {
  levels: [{ id: 'all', title: 'All', targetWeeksFirst: null, targetWeeksAdmission: null }],
  sharesFirst: [1],
  sharesAdmission: [1],
  listSharesFirst: [1],
  listSharesAdmission: [1],
  headStartWeeksFirst: [0],
  headStartWeeksAdmission: [0],
  chanceWeightFirst: [1],
  chanceWeightAdmission: [1],
}

/** Effects of each scenario: growth of the list a year, change in the gap, spend a week in pounds. */
const SCENARIOS = [
  { id: 'no-investment', title: 'No new investment', growth: 0.02, gap: 0, strikes: 0 },
  { id: 'capacity-universal', title: 'Capacity, equal per head', growth: -0.045, gap: 0.001, strikes: 0 },
  { id: 'capacity-proportionate', title: 'Capacity in proportion to need', growth: -0.043, gap: -0.009, strikes: 0 },
  { id: 'core20-targeted', title: 'Core20 targeted capacity', growth: -0.04, gap: -0.021, strikes: 0 },
  { id: 'attendance-and-outreach', title: 'Attendance support and outreach', growth: 0.012, gap: -0.004, strikes: 0 },
  { id: 'strikes', title: 'Industrial action, no new investment', growth: 0.028, gap: 0.0003, strikes: 1 },
]

/** Deterministic noise in −1…1 from two whole numbers. */
function noise(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x165667b1, 0xc2b2ae35)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  h ^= h >>> 12
  return (h >>> 0) / 0x7fffffff - 1
}

/** Mean of a measure: `position` is +1 for the most deprived group, −1 for the least, 0 for all. */
function level(measure: string, scenario: number, size: number, position: number, t: number): number {
  const effect = SCENARIOS[scenario]
  const years = t / 52.18
  const list = size * (1 + effect.growth * years) + effect.strikes * size * 0.01 * Math.min(1, t / 20)
  const share18 = Math.min(
    0.95,
    0.612 - effect.growth * 0.55 * years - 0.008 * position + effect.gap * -0.5 * position * Math.min(1, years),
  )
  switch (measure) {
    case 'waiting':
      return Math.round(list)
    case 'within-18-weeks':
      return share18
    case 'over-52-weeks':
      return Math.max(0.002, 0.022 + effect.growth * 0.06 * years + 0.002 * position)
    case 'over-65-weeks':
      return 0.003 + 0.0004 * position
    case 'over-52-weeks-count':
      return Math.round(list * 0.022)
    case 'mean-wait':
      return 16.2 + 0.4 * position
    case 'median-wait':
      return 13.6 + 0.3 * position
    case 'percentile-92-wait':
      return 40.4 + position
    case 'unmet-need':
      return Math.round(size * 0.3 * (1 + 0.3 * position))
    case 'unmet-need-per-1000':
      return 42 + 13 * position + effect.gap * 300 * position * Math.min(1, years)
    case 'treated-per-1000':
      return t === 0 ? Number.NaN : 310 + 12 * position
    case 'treated-per-need':
      return t === 0 ? Number.NaN : 0.82 - 0.05 * position
    case 'qalys-lost-to-date':
      return list * 0.004 * t
    case 'qalys-lost-off-list-to-date':
      return size * 0.3 * (1 + (0.3 + 5 * effect.gap) * position) * 0.003 * t
    case 'spend':
      return t === 0 ? 0 : [0, 142_789, 142_789, 142_789, 142_789, 0][scenario] * (size / 346_862)
    case 'spend-to-date':
      return t * [0, 142_789, 142_789, 142_789, 142_789, 0][scenario] * (size / 346_862)
    default:
      return t === 0 ? 0 : Math.round(size * 0.01)
  }
}

/** An inequality index of a measure, as the fixture's own groups would give it. */
function gapLevel(measure: string, scenario: number, t: number): number {
  const [index, of] = measure.split(':')
  const top = level(of, scenario, 1000, 1, t)
  const bottom = level(of, scenario, 1000, -1, t)
  if (index === 'relative-gap' || index === 'relative-index') return top / bottom
  return index === 'absolute-gap' ? top - bottom : (top - bottom) * 1.2
}

function seriesKeys(specialties: readonly string[]): SeriesKey[] {
  const keys: SeriesKey[] = []
  for (const specialty of ['all', ...specialties]) {
    for (const group of ['all', ...GROUPS]) {
      const dimension = group === 'all' ? 'all' : 'deprivation'
      for (const { id } of MEASURES.filter((each) => !each.id.includes(':')))
        keys.push({ specialty, stage: 'all', dimension, group, measure: id })
      for (const stage of ['first-appointment', 'admission'])
        keys.push({ specialty, stage, dimension, group, measure: 'waiting' })
    }
    for (const index of INDICES) {
      for (const of of GAP_MEASURES) {
        keys.push({ specialty, stage: 'all', dimension: 'deprivation', group: 'gap', measure: `${index}:${of}` })
      }
    }
  }
  return keys
}

function isoDates(weeks: number): string[] {
  const first = Date.UTC(2026, 0, 31)
  return Array.from({ length: weeks + 1 }, (_, t) => new Date(first + t * 7 * 86_400_000).toISOString().slice(0, 10))
}

function summarise(
  keys: readonly SeriesKey[],
  dates: number,
  scenario: number,
  title: string,
  replications: number,
  codes: readonly string[],
): ScenarioSummary {
  const size = keys.length * dates
  const summary = {
    id: SCENARIOS[scenario].id,
    title,
    mean: new Float64Array(size),
    sd: new Float64Array(size),
    n: new Int32Array(size).fill(replications),
    difference: new Float64Array(size),
    differenceSd: new Float64Array(size),
    differenceN: new Int32Array(size).fill(replications),
    budgets: budgetLines(scenario, scenario === 1 ? title : 'capacity'),
  }
  keys.forEach((key, s) => {
    const position = GROUPS.includes(key.group) ? (3 - Number(key.group)) / 2 : 0
    const part = (key.specialty === 'all' ? 1 : 1 / codes.length) * (key.group === 'all' ? 1 : 0.2 + 0.02 * position)
    for (let t = 0; t < dates; t++) {
      const at = s * dates + t
      const of = (which: number): number =>
        key.group === 'gap' ? gapLevel(key.measure, which, t) : level(key.measure, which, 346_862 * part, position, t)
      const exact = of(scenario)
      const isMoney = key.measure.startsWith('spend')
      const scatter = isMoney || t === 0 ? 0 : Math.abs(exact) * (key.group === 'gap' ? 0.05 : 0.004) + 1e-5
      const mean = exact + scatter * 0.2 * noise(s * 7919 + scenario * 104_729, t)
      // Counts are whole numbers in each run, so that their mean is a whole number of run-ths.
      summary.mean[at] = Number.isInteger(exact) ? Math.round(mean * replications) / replications : mean
      summary.sd[at] = replications > 1 ? scatter : 0
      if (Number.isNaN(exact)) summary.n[at] = summary.differenceN[at] = 0
      if (scenario === 0) continue
      summary.difference[at] = exact - of(0) + scatter * 0.05 * noise(s, t + scenario)
      summary.differenceSd[at] = summary.sd[at] / 3
    }
  })
  return summary
}

function budgetLines(scenario: number, programme: string): BudgetLine[] {
  if (scenario === 0 || scenario === 5) return []
  const lines: BudgetLine[] = []
  for (const [id, lever, share] of [
    [programme, 'capacity', 0.9],
    ['attendance', 'attendance-support', 0.1],
  ] as const) {
    for (let group = 0; group < 5; group++) {
      const weight = scenario === 3 ? (group === 0 ? 1 : 0) : scenario === 2 ? (5 - group) / 15 : 0.2
      for (const financialYear of [2026, 2027, 2028]) {
        const budgetPence = Math.round(1_350_000_033 * share * weight)
        const spentPence = Math.round(budgetPence * (financialYear === 2026 ? 0.75 : 1))
        lines.push({
          programme: id,
          lever,
          kind: 'revenue',
          system: 'all',
          specialty: 'all',
          group,
          financialYear,
          budgetPence,
          spentPence,
          unspentPence: budgetPence - spentPence,
        })
      }
    }
  }
  return lines
}

function fixtureScenario(index: number, title: string): Scenario {
  const { id, strikes } = SCENARIOS[index]
  const invest: Programme[] =
    budgetLines(index, index === 1 ? title : 'capacity').length === 0
      ? []
      : [
          {
            id: index === 1 ? title : 'capacity',
            lever: 'capacity',
            specialties: [],
            systems: [],
            budget: { perYear: 12_150_000, byYear: [], share: null, from: '2026-04-01', years: 3, rampWeeks: 26, late: null, earmark: 0, minimum: 0, maximum: null },
            allocate:
              index === 2
                ? { rule: 'proportionate', theta: 1.5, need: 'use' }
                : index === 3
                  ? { rule: 'targeted', groups: [1] }
                  : { rule: 'universal' },
            across: { systems: null, specialties: null },
            parameters: {},
          },
        ]
  return {
    id,
    title,
    description: '',
    invest,
    envelope: null,
    policies: [],
    shocks: strikes === 1 ? [STRIKE] : [],
    adjustments: [],
    mutualAid: [],
  }
}

function fixtureStudy(options: Required<FixtureOptions>, codes: readonly string[]): Study {
  const even = [0.1, 0.1, 0.1, 0.1, 0.1]
  return {
    schemaVersion: 1,
    name: 'recovery',
    title: options.hostileText || 'Recovery and the gap in Cheshire and Merseyside',
    description: 'A made-up study for tests.',
    baseline: { kind: 'pack', path: 'baselines/QYG-2026-01.json', sha256: 'cd'.repeat(32), pack: fixturePack(codes) },
    time: { start: '2026-02-01', weeks: options.weeks, stepDays: 7, workingDays: true, warmUpWeeks: 0, seasonality: { clockStarts: null, capacity: null } },
    seed: 'recovery-2026',
    replications: options.replications,
    draws: 0,
    drawMethod: 'independent',
    correlations: [],
    sample: 1,
    reference: 'no-investment',
    prices: { baseYear: 2025, budgets: 'real', inflation: 0, costInflation: 0 },
    health: STANDARD_HEALTH,
    smallNumbers: 10,
    parameters: {},
    assumptions: {
      ...(Object.fromEntries(ASSUMPTION_KEYS.map((key) => [key, assumptionEntry(key).value])) as unknown as Assumptions),
      dnaRate: [0.076, 0.07, 0.064, 0.058, 0.052],
      dischargeAfterDna: even,
      backfillShare: 0.2,
      unreportedRemovalShare: 0.146,
      withdrawalShareOfRemovals: 0.3,
      privatePerWeek: even,
      emergencyPerWeek: even,
      deathPerWeek: even,
      admissionOdds: even,
      referralPropensity: even,
      unmetNeedResolutionPerWeek: 0.01,
      unmetNeedInitialWeeks: 26,
      inTurnShareFirst: 0.2,
      inTurnShareAdmission: { dist: 'beta', mean: 0.2, sd: 0.05 },
      independentSectorShareFirst: 0.1,
      independentSectorShareAdmission: 0.2,
      independentSectorAccess: [0.8, 0.9, 1, 1.1, 1.2],
    },
    assumptionsSet: ['inTurnShareFirst'],
    adjustments: [],
    dimensions: [],
    priority: ONE_LEVEL,
    rebooking: { afterDna: 'own-place', afterPatientCancellation: 'own-place', afterHospitalCancellation: 'own-place' },
    scenarios: SCENARIOS.map(({ title }, index) =>
      fixtureScenario(index, index === 1 && options.hostileText ? options.hostileText : title),
    ),
    targets: [],
    counted: [...OPTIONAL_COUNTS],
  }
}

function fixtureDimension({ baseline }: Study): DimensionInfo {
  const population = baseline.kind === 'pack' ? baseline.pack.deprivation.population : []
  const groups = GROUPS.map((id, index) => ({ id, label: `Fifth ${id}`, population: population[index] }))
  return { id: 'deprivation', ordered: true, ofResidents: true, groups }
}

/** A StudyResults of the size asked for; six scenarios, the first of them the reference. */
export function fixtureResults(options: FixtureOptions = {}): StudyResults {
  const full = { specialties: 2, weeks: 60, replications: 5, hostileText: '', ...options }
  const codes = Array.from({ length: full.specialties }, (_, index) => `C_${100 + index * 10}`)
  const study = fixtureStudy(full, codes)
  const dates = isoDates(full.weeks)
  const keys = seriesKeys(codes)
  const scenarios = study.scenarios.map(({ title }, index) =>
    summarise(keys, dates.length, index, title, full.replications, codes),
  )
  const dateIndices = reportingDateIndices(dates)
  const runs = scenarios.flatMap((summary) =>
    Array.from({ length: full.replications }, (_, replication) => ({
      scenario: summary.id,
      draw: 0,
      replication,
      values: Float64Array.from({ length: keys.length * dateIndices.length }, (_, at) => {
        const from = Math.floor(at / dateIndices.length) * dates.length + dateIndices[at % dateIndices.length]
        return summary.mean[from] + summary.sd[from] * noise(at, replication)
      }),
    })),
  )
  return {
    study,
    catalogue: { keys, dimensions: [fixtureDimension(study)], dates },
    measures: MEASURES,
    scenarios,
    runRows: { dateIndices, runs },
    targets: [],
    performance: { pathways: 12_345_678, kernelSeconds: 40.5, wallSeconds: 22.1, workers: 2 },
  }
}
