/**
 * One paired run under one sample of assumptions: who gains health, and what it costs elsewhere. Shared by every
 * comparison of scenarios (`equity.ts`, `trade-offs.ts`).
 */
import { createGapCalculator, GAP_INDICES } from '../gaps.ts'
import type { HealthSetting } from '../health/assumptions.ts'
import { meanOverDraws } from '../interval.ts'
import type { DimensionInfo, RunTable, SeriesCatalogue } from '../types.ts'
import { byGroup, opportunityCostShares, QALE_BY_QUINTILE, SAMPLES } from './assumptions.ts'
import type { EquityEstimate, Quadrants, UncertainEstimate } from './equity-types.ts'
import type { GainsByGroup } from './preference.ts'
import { readRuns, runHealthReader, type OfScenario, type RunHealth } from './run-health.ts'
import { assumptionSample, quantileOf, type AssumptionSample } from './samples.ts'

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
export interface Setting {
  readonly dimension: DimensionInfo
  readonly population: readonly number[]
  readonly share: readonly number[]
  readonly baseline: readonly number[]
  readonly costShare: readonly number[]
  readonly slope: (values: readonly number[]) => number
  readonly runsPerDraw: number
}

/** One paired run under one sample of assumptions. */
export interface Outcome {
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

/** A study's runs as comparisons read them. */
export interface HealthRuns {
  readonly setting: Setting
  readonly runsOf: OfScenario<RunHealth>
  /** Runs of each scenario. */
  readonly pairs: number
  readonly samples: readonly { readonly pair: number; readonly sample: AssumptionSample }[]
}

/** @returns null where there is nothing to compare: fewer than two deprivation groups with residents, or no runs */
export function readHealthRuns({ catalogue, runRows, runsPerDraw, reference, health }: EquityInput): HealthRuns | null {
  const setting = settingOf(catalogue, runsPerDraw)
  if (setting === null) return null
  const read = runHealthReader(catalogue, runRows.dateIndices, setting.dimension, health)
  const runsOf = readRuns(runRows, ({ values }) => read(values))
  const pairs = runsOf(reference).length
  return pairs === 0 ? null : { setting, runsOf, pairs, samples: sampleRuns(pairs, health) }
}

/** Every run as often as any other, each time under a sample of its own. */
function sampleRuns(pairs: number, health: HealthSetting): { readonly pair: number; readonly sample: AssumptionSample }[] {
  const rounds = Math.max(1, Math.ceil(SAMPLES / pairs))
  return Array.from({ length: rounds * pairs }, (_, number) => ({
    pair: number % pairs,
    sample: assumptionSample(health, number),
  }))
}

/** What a run brings against another of the same random numbers. */
export function outcomeOf(setting: Setting, before: RunHealth, after: RunHealth, sample: AssumptionSample): Outcome {
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

/** Sum in the order of the values. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** Mean over runs, or over draws where only those are independent, with its interval. */
export function estimate({ runsPerDraw }: Setting, values: readonly number[]): EquityEstimate {
  const { mean, lower, upper } = meanOverDraws(values, runsPerDraw)
  return { mean, lower, upper }
}

/** An estimate with every assumption at its middle, and the range over samples of assumptions. */
export function uncertainEstimate(
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

/** Shares of samples by the signs of total net health and of a change in a gap, above 0 where it favours equality. */
export function quadrantsOf(points: readonly { readonly total: number; readonly gap: number }[]): Quadrants {
  const shareOf = (holds: (total: number, gap: number) => boolean): number =>
    points.filter(({ total, gap }) => holds(total, gap)).length / points.length
  return {
    moreHealthFairer: shareOf((total, gap) => total > 0 && gap > 0),
    moreHealthLessFair: shareOf((total, gap) => total > 0 && gap < 0),
    lessHealthFairer: shareOf((total, gap) => total < 0 && gap > 0),
    lessHealthLessFair: shareOf((total, gap) => total < 0 && gap < 0),
    noDifference: shareOf((total, gap) => total === 0 || gap === 0),
  }
}
