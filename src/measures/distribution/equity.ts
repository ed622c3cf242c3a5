/**
 * Scenarios compared by health and its distribution.
 *
 *     runs at the reporting dates → health lost and money of each run (run-health.ts)
 *       → paired with the reference run → net health by group
 *           with every assumption at its middle: means and intervals over runs, break-even aversions
 *           with sampled weights and price:      quadrants, acceptability, ranges
 */
import { ATKINSON_EPSILON, atkinsonEquivalent, KOLM_ALPHA, kolmEquivalent } from '../indices/aversion.ts'
import { createGapCalculator, GAP_INDICES } from '../gaps.ts'
import type { HealthSetting } from '../health/assumptions.ts'
import { meanOverDraws } from '../interval.ts'
import type { DimensionInfo, RunTable, SeriesCatalogue } from '../types.ts'
import {
  byGroup,
  EPSILONS,
  MOST_ALPHA,
  MOST_EPSILON,
  opportunityCostShares,
  QALE_BY_QUINTILE,
  SAMPLES,
} from './assumptions.ts'
import type {
  Acceptability,
  Equity,
  EquityEstimate,
  Equivalent,
  PriceOfEquity,
  Quadrants,
  ScenarioEquity,
  UncertainEstimate,
} from './equity-types.ts'
import { atkinsonGain, breakEven, kolmGain, type GainsByGroup } from './preference.ts'
import { runHealthReader, runsByScenario, type RunHealth } from './run-health.ts'
import { assumptionSample, centralSample, quantileOf, type AssumptionSample } from './samples.ts'

/** The part of a study's results that a comparison needs. */
export interface EquityInput {
  readonly catalogue: SeriesCatalogue
  readonly runRows: RunTable
  /** Replications of each draw where there are several draws: only draws are independent then; else 1. */
  readonly runsPerDraw: number
  /** Scenario ids in the study's order. */
  readonly scenarioIds: readonly string[]
  /** Id of the scenario that others are compared with. */
  readonly reference: string
  /** What health and money rest on. */
  readonly health: HealthSetting
}

/** Groups, and what is assumed of each. */
interface Setting {
  readonly dimension: DimensionInfo
  readonly population: readonly number[]
  readonly share: readonly number[]
  readonly baseline: readonly number[]
  readonly costShare: readonly number[]
  readonly slope: (values: readonly number[]) => number
  readonly runsPerDraw: number
}

/** One paired run under one sample of assumptions. */
interface Outcome {
  /** QALYs by group. */
  readonly gain: readonly number[]
  readonly net: readonly number[]
  readonly health: GainsByGroup
  readonly totalGain: number
  readonly totalNet: number
  /** QALYs per 1,000 residents. */
  readonly gap: number
}

const SLOPE = GAP_INDICES.indexOf('slope-index')
const DIMENSION = 'deprivation'

/**
 * @returns null where there is nothing to compare: fewer than two deprivation groups with residents, or no runs
 */
export function compareEquity({ catalogue, runRows, runsPerDraw, scenarioIds, reference, health }: EquityInput): Equity | null {
  const setting = settingOf(catalogue, runsPerDraw)
  const runs = runsByScenario(runRows)
  const pairs = runs.get(reference)?.length ?? 0
  if (setting === null || pairs === 0) return null
  const read = runHealthReader(catalogue, runRows.dateIndices, setting.dimension, health)
  const healthOf = new Map([...runs].map(([id, own]) => [id, own.map(({ values }) => read(values))]))
  const before = healthOf.get(reference) ?? []
  const samples = sampleRuns(pairs, health)
  const central = centralSample(health)
  const compared = scenarioIds.map((id) => {
    const after = healthOf.get(id) ?? []
    return {
      id,
      spend: after.map((run, pair) => run.spend - before[pair].spend),
      central: after.map((run, pair) => outcomeOf(setting, before[pair], run, central)),
      sampled: samples.map(({ pair, sample }) => outcomeOf(setting, before[pair], after[pair], sample)),
    }
  })
  const efficient = compared.reduce((best, each) => (meanNet(setting, each) > meanNet(setting, best) ? each : best))
  const preferred = acceptabilities(setting, compared.map(({ sampled }) => sampled))
  const { dates } = catalogue
  return {
    schemaVersion: 1,
    perspective: {
      from: dates[0],
      to: dates[runRows.dateIndices[runRows.dateIndices.length - 1]],
      dimension: setting.dimension.id,
      reference,
      runs: pairs,
      samples: samples.length,
      discountRates: health.discountRates,
      poundsPerQaly: { ...health.poundsPerQaly, mid: central.poundsPerQaly },
      groups: setting.dimension.groups.map(({ id, population }, group) => ({
        group: id,
        population,
        baseline: setting.baseline[group],
        opportunityCostShare: setting.costShare[group],
      })),
      qalyWeights: health.weights.map(({ id, specialties, firstAppointment, admission, relativeSd }) => ({
        id,
        specialties,
        firstAppointment,
        admission,
        relativeSd,
      })),
    },
    mostEfficient: efficient.id,
    scenarios: compared.map((scenario, index) => ({
      ...againstReference(setting, scenario),
      priceOfEquity: priceOfEquity(setting, scenario, efficient),
      acceptability: preferred[index],
    })),
  }
}

/** Groups without residents have no health per resident and are left out. */
function settingOf({ dimensions }: SeriesCatalogue, runsPerDraw: number): Setting | null {
  const found = dimensions.find(({ id }) => id === DIMENSION)
  if (found === undefined) return null
  const baselines = byGroup(QALE_BY_QUINTILE, found.groups.length)
  const kept = found.groups.flatMap((group, index) => (group.population > 0 ? [{ group, baseline: baselines[index] }] : []))
  if (kept.length < 2) return null
  const population = found.groups.map((group) => group.population)
  const total = population.reduce((sum, people) => sum + people, 0)
  const costs = opportunityCostShares(population)
  const present = kept.map(({ group }) => group.population)
  const calculate = createGapCalculator(present)
  const values = new Float64Array(present.length)
  const out = new Float64Array(GAP_INDICES.length)
  return {
    dimension: { ...found, groups: kept.map(({ group }) => group) },
    population: present,
    share: present.map((people) => people / total),
    baseline: kept.map(({ baseline }) => baseline),
    costShare: costs.filter((_, index) => population[index] > 0),
    slope(each) {
      values.set(each)
      calculate(values, out)
      return out[SLOPE]
    },
    runsPerDraw,
  }
}

/** Every run as often as any other, each time under a sample of its own. */
function sampleRuns(pairs: number, health: HealthSetting): { readonly pair: number; readonly sample: AssumptionSample }[] {
  const rounds = Math.max(1, Math.ceil(SAMPLES / pairs))
  return Array.from({ length: rounds * pairs }, (_, number) => ({
    pair: number % pairs,
    sample: assumptionSample(health, number),
  }))
}

function outcomeOf(setting: Setting, before: RunHealth, after: RunHealth, sample: AssumptionSample): Outcome {
  const { population, baseline, costShare } = setting
  const lossBefore = lossByGroup(before, sample, population.length)
  const lossAfter = lossByGroup(after, sample, population.length)
  const forgone = (after.spend - before.spend) / sample.poundsPerQaly
  const gain = lossBefore.map((loss, group) => loss - lossAfter[group])
  const net = gain.map((qalys, group) => qalys - costShare[group] * forgone)
  const perResident = net.map((qalys, group) => qalys / population[group])
  return {
    gain,
    net,
    health: { levels: lossBefore.map((loss, group) => baseline[group] - loss / population[group]), gains: perResident },
    totalGain: sumOf(gain),
    totalNet: sumOf(net),
    gap: setting.slope(perResident.map((qalys) => 1000 * qalys)),
  }
}

function lossByGroup({ loss, eventLoss }: RunHealth, { weightFactors }: AssumptionSample, groups: number): number[] {
  return Array.from({ length: groups }, (_, group) =>
    weightFactors.reduce((sum, factor, weight) => sum + factor * loss[weight][group], eventLoss[group]),
  )
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

interface Compared {
  readonly id: string
  readonly spend: readonly number[]
  readonly central: readonly Outcome[]
  readonly sampled: readonly Outcome[]
}

function meanNet(setting: Setting, { central }: Compared): number {
  return estimate(setting, central.map(({ totalNet }) => totalNet)).mean
}

/** What a scenario costs and gains against the most efficient, pair by pair. */
function priceOfEquity(setting: Setting, { central }: Compared, efficient: Compared): PriceOfEquity {
  const { share, runsPerDraw } = setting
  const runs = central.map(({ health }, pair) => {
    const best = efficient.central[pair].health
    return {
      levels: best.levels.map((level, group) => level + best.gains[group]),
      gains: health.gains.map((gain, group) => gain - best.gains[group]),
    }
  })
  const beyond = (of: (outcome: Outcome) => number): EquityEstimate =>
    estimate(setting, central.map((outcome, pair) => of(outcome) - of(efficient.central[pair])))
  return {
    netHealth: beyond(({ totalNet }) => totalNet),
    gap: beyond(({ gap }) => gap),
    atkinson: breakEven(share, runs, atkinsonGain, MOST_EPSILON, runsPerDraw),
    kolm: breakEven(share, runs, kolmGain, MOST_ALPHA, runsPerDraw),
  }
}

function againstReference(
  setting: Setting,
  compared: Compared,
): Omit<ScenarioEquity, 'acceptability' | 'priceOfEquity'> {
  const { id, central, sampled } = compared
  const { share, runsPerDraw } = setting
  const uncertain = (of: (outcome: Outcome) => number): UncertainEstimate => uncertainEstimate(setting, central, sampled, of)
  const healthGain = uncertain(({ totalGain }) => totalGain)
  const spend = estimate(setting, compared.spend)
  const runs = central.map(({ health }) => health)
  return {
    id,
    spend,
    healthGain,
    poundsPerQalyGained: spend.mean > 0 && healthGain.mean > 0 ? spend.mean / healthGain.mean : Number.NaN,
    totalNetHealth: uncertain(({ totalNet }) => totalNet),
    netHealthByGroup: setting.dimension.groups.map(({ id: group, population }, index) => ({
      group,
      population,
      healthGain: estimate(setting, central.map(({ gain }) => gain[index])),
      netHealth: uncertain(({ net }) => net[index]),
    })),
    gap: uncertain(({ gap }) => gap),
    quadrants: quadrantsOf(sampled),
    atkinson: equivalent(setting, runs, ATKINSON_EPSILON, atkinsonEquivalent),
    kolm: equivalent(setting, runs, KOLM_ALPHA, kolmEquivalent),
    breakEvenAtkinson: breakEven(share, runs, atkinsonGain, MOST_EPSILON, runsPerDraw),
    breakEvenKolm: breakEven(share, runs, kolmGain, MOST_ALPHA, runsPerDraw),
  }
}

function estimate({ runsPerDraw }: Setting, values: readonly number[]): EquityEstimate {
  const { mean, lower, upper } = meanOverDraws(values, runsPerDraw)
  return { mean, lower, upper }
}

function uncertainEstimate(
  setting: Setting,
  central: readonly Outcome[],
  sampled: readonly Outcome[],
  of: (outcome: Outcome) => number,
): UncertainEstimate {
  const sorted = Float64Array.from(sampled, of).toSorted()
  return {
    ...estimate(setting, central.map(of)),
    rangeLower: quantileOf(sorted, 0.025),
    rangeUpper: quantileOf(sorted, 0.975),
  }
}

function quadrantsOf(sampled: readonly Outcome[]): Quadrants {
  const shareOf = (holds: (total: number, gap: number) => boolean): number =>
    sampled.filter(({ totalNet, gap }) => holds(totalNet, gap)).length / sampled.length
  return {
    moreHealthFairer: shareOf((total, gap) => total > 0 && gap > 0),
    moreHealthLessFair: shareOf((total, gap) => total > 0 && gap < 0),
    lessHealthFairer: shareOf((total, gap) => total < 0 && gap > 0),
    lessHealthLessFair: shareOf((total, gap) => total < 0 && gap < 0),
    noDifference: shareOf((total, gap) => total === 0 || gap === 0),
  }
}

function equivalent(
  setting: Setting,
  runs: readonly GainsByGroup[],
  aversion: number,
  levelOf: (share: readonly number[], values: readonly number[], aversion: number) => number,
): Equivalent {
  const { share, population } = setting
  const residents = sumOf(population)
  const levels = runs.map(({ levels: before, gains }) => ({
    before: levelOf(share, before, aversion),
    after: levelOf(share, before.map((level, group) => level + gains[group]), aversion),
  }))
  return {
    aversion,
    level: estimate(setting, levels.map(({ after }) => after)),
    change: estimate(setting, levels.map(({ before, after }) => residents * (after - before))),
  }
}

/** By scenario, then by ε. */
function acceptabilities({ share }: Setting, byScenario: readonly (readonly Outcome[])[]): Acceptability[][] {
  const results = byScenario.map((): Acceptability[] => [])
  for (const epsilon of EPSILONS) {
    const best = byScenario.map(() => 0)
    const better = byScenario.map(() => 0)
    const samples = byScenario[0].length
    for (let sample = 0; sample < samples; sample += 1) {
      const gains = byScenario.map((outcomes) => atkinsonGain(share, outcomes[sample].health, epsilon))
      const most = Math.max(...gains)
      const winners = gains.filter((gain) => gain === most).length
      gains.forEach((gain, index) => {
        if (gain === most) best[index] += 1 / winners
        if (gain > 0) better[index] += 1
      })
    }
    results.forEach((own, index) => {
      own.push({ epsilon, probability: best[index] / samples, againstReference: better[index] / samples })
    })
  }
  return results
}
