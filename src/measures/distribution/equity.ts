/**
 * Scenarios compared by health and its distribution.
 *
 *     runs at the reporting dates → health lost and money of each run (run-health.ts)
 *       → paired with the reference run → net health by group
 *           with every assumption at its middle: means and intervals over runs, break-even aversions
 *           with sampled weights and price:      quadrants, acceptability, ranges
 */
import { ATKINSON_EPSILON, atkinsonEquivalent, KOLM_ALPHA, kolmEquivalent } from '../indices/aversion.ts'
import { EPSILONS, MOST_ALPHA, MOST_EPSILON } from './assumptions.ts'
import type { Acceptability, Equity, EquityEstimate, Equivalent, PriceOfEquity, ScenarioEquity, UncertainEstimate } from './equity-types.ts'
import { estimate, outcomeOf, quadrantsOf, readHealthRuns, sumOf, uncertainEstimate, type EquityInput, type Outcome, type Setting } from './outcomes.ts'
import { atkinsonGain, breakEven, kolmGain, type GainsByGroup } from './preference.ts'
import { centralSample } from './samples.ts'

/**
 * @returns null where there is nothing to compare: fewer than two deprivation groups with residents, or no runs
 */
export function compareEquity(input: EquityInput): Equity | null {
  const { catalogue, runRows, scenarioIds, reference, health } = input
  const read = readHealthRuns(input)
  if (read === null) return null
  const { setting, runsOf, pairs, samples } = read
  const before = runsOf(reference)
  const central = centralSample(health)
  const compared = scenarioIds.map((id) => {
    const after = runsOf(id)
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
    quadrants: quadrantsOf(sampled.map(({ totalNet, gap }) => ({ total: totalNet, gap }))),
    atkinson: equivalent(setting, runs, ATKINSON_EPSILON, atkinsonEquivalent),
    kolm: equivalent(setting, runs, KOLM_ALPHA, kolmEquivalent),
    breakEvenAtkinson: breakEven(share, runs, atkinsonGain, MOST_EPSILON, runsPerDraw),
    breakEvenKolm: breakEven(share, runs, kolmGain, MOST_ALPHA, runsPerDraw),
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
