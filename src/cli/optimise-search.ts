/** The search behind `fairwait optimise`: splits → scenarios → runs → objectives, generation by generation. */
import { parse as parseYaml } from 'yaml'
import type { Backend } from '../execution/types.ts'
import { begin, firstPoints, nextPoints, select } from '../experiment/analysis/evolve.ts'
import type { SearchSettings, SearchState } from '../experiment/analysis/evolve.ts'
import { guidedPoints } from '../experiment/analysis/guided.ts'
import type { Objective } from '../experiment/analysis/objectives.ts'
import { paretoFront } from '../experiment/analysis/pareto.ts'
import type { Solution } from '../experiment/analysis/pareto.ts'
import { runPoints, type PointsOptions, type PointValues } from '../experiment/analysis/points.ts'
import { featuresOf, pointOf, programmesOf, simplePoints, variablesOf } from '../experiment/analysis/portfolio.ts'
import type { PortfolioProgramme, PortfolioSettings } from '../experiment/analysis/portfolio.ts'
import { shortfallOf } from '../measures/targets.ts'
import { parseStudy } from '../scenario/parse.ts'
import { resolveStudy } from '../scenario/resolve.ts'
import type { Allocation, Scenario, Study, Target } from '../scenario/study.ts'

/** A constraint: a target, and where its value stands in a run. */
export interface Constraint {
  readonly target: Target
  readonly position: number
}

/** Everything that decides what a split comes to. */
export interface SplitProblem {
  readonly study: Study
  /** Text of the study file. */
  readonly source: string
  readonly portfolio: PortfolioSettings
  readonly objectives: readonly Objective[]
  readonly constraints: readonly Constraint[]
  /** Fraction of pathways that the search simulates; what it finds is checked at the study's own. */
  readonly searchSample: number
}

/** Candidates resolved together, below the most scenarios that a study may have. */
const BATCH = 40

/** A plain study file, as YAML or JSON reads it. */
type StudyDocument = Record<string, unknown> & { readonly scenarios: Record<string, unknown> }

/** The study file as plain data. */
export const documentOf = (source: string): StudyDocument => parseYaml(source, { maxAliasCount: 100 }) as StudyDocument

/** The scenarios that these splits stand for, resolved as if the study file held them. */
async function scenariosOf({ study, source, portfolio }: SplitProblem, points: readonly (readonly number[])[]): Promise<Scenario[]> {
  const { targets: _, ...document } = documentOf(source)
  const found: Scenario[] = []
  for (let from = 0; from < points.length; from += BATCH) {
    const candidates = points.slice(from, from + BATCH).map((point, index): [string, unknown] => [
      `split-${from + index + 1}`,
      { invest: programmesOf(portfolio, point) },
    ])
    const file = {
      ...document,
      time: { ...(document['time'] as object), weeks: study.time.weeks },
      reference: study.reference,
      scenarios: { [study.reference]: document.scenarios[study.reference], ...Object.fromEntries(candidates) },
    }
    const parsed = await parseStudy(JSON.stringify(file), study.name)
    const resolved = resolveStudy(parsed.file, study.baseline, parsed.positions, { datesMustFit: false })
    found.push(...candidates.map(([id]) => resolved.scenarios.find((scenario) => scenario.id === id) as Scenario))
  }
  return found
}

/** How thoroughly splits are tried. */
export interface Effort {
  /** First replication and number of them. */
  readonly first: number
  readonly count: number
  /** Fraction of pathways simulated. */
  readonly sample: number
}

/** What splits come to. */
export async function evaluateSplits(
  problem: SplitProblem,
  points: readonly (readonly number[])[],
  effort: Effort,
  lanes: readonly Backend[],
  options: PointsOptions,
): Promise<Solution[]> {
  const values = await run(problem, await scenariosOf(problem, points), effort, lanes, options)
  return points.map((variables, index) => solutionOf(problem, variables, values[index][0]))
}

/** What scenarios of the study itself come to, in its order. */
export async function evaluateScenarios(
  problem: SplitProblem,
  effort: Effort,
  lanes: readonly Backend[],
  options: PointsOptions,
): Promise<Solution[]> {
  const values = await run(problem, problem.study.scenarios, effort, lanes, options)
  return values.map(([each]) => solutionOf(problem, [], each))
}

function run(
  { study, objectives, constraints }: SplitProblem,
  scenarios: readonly Scenario[],
  { first, count, sample }: Effort,
  lanes: readonly Backend[],
  options: PointsOptions,
): Promise<PointValues> {
  const wanted = [...objectives.flatMap(({ positions }) => positions), ...constraints.map(({ position }) => position)]
  const points = scenarios.map((scenario) => [
    { path: ['scenarios'], value: [scenario] },
    { path: ['reference'], value: scenario.id },
  ])
  const plan = { study: { ...study, sample }, points, scenarios: [0], wanted, replications: count, firstReplication: first }
  return runPoints(plan, lanes, options)
}

function solutionOf({ objectives, constraints }: SplitProblem, variables: readonly number[], values: readonly (readonly number[])[]): Solution {
  let at = 0
  const costs = objectives.map(({ positions, cost }) => {
    const parts = values.slice(at, at + positions.length)
    at += positions.length
    return parts[0].map((_, k) => cost(parts.reduce((sum, part) => sum + part[k], 0)))
  })
  const violation = constraints.reduce((sum, { target }, index) => sum + meanShortfall(target, values[at + index]), 0)
  return { variables, objectives: costs, violation }
}

/** Over the runs that have a value. A target of which none has cannot be judged, and is not met by any distance. */
function meanShortfall(target: Target, values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value))
  if (defined.length === 0) return Number.POSITIVE_INFINITY
  return defined.reduce((sum, value) => sum + shortfallOf(target, value), 0) / defined.length
}

/** The rule as a split can write it; null where it cannot. */
function plainRule(allocate: Allocation): PortfolioProgramme['allocate'] | null {
  if (allocate.rule === 'universal' || allocate.rule === 'targeted') return allocate
  if (allocate.rule !== 'proportionate' || allocate.need !== 'use' || typeof allocate.theta !== 'number') return null
  return { rule: 'proportionate', theta: allocate.theta }
}

/** Splits to start from: simple ones, the study's own as far as they can be written, and an even spread. */
function startingPoints({ study, portfolio }: SplitProblem, settings: SearchSettings): number[][] {
  const own = study.scenarios.flatMap(({ invest }) => {
    const plain = invest.flatMap(({ lever, specialties, budget, allocate }) => {
      const rule = plainRule(allocate)
      const isYearly = budget.byYear.length === 0 && budget.share === null
      return rule !== null && isYearly && typeof budget.perYear === 'number' ? [{ lever, specialties, perYear: budget.perYear, allocate: rule }] : []
    })
    const point = plain.length === invest.length ? pointOf(portfolio, plain) : null
    return point === null ? [] : [point]
  })
  const known = [...own, ...simplePoints(portfolio)].slice(0, settings.population / 2)
  return [...known, ...firstPoints(settings)].slice(0, settings.population)
}

/** A search, and everything that it has tried. Plain JSON. */
export interface SearchSoFar {
  readonly state: SearchState
  readonly tried: readonly Solution[]
}

/** Of each generation, the share proposed by a stand-in fitted to what was tried; the others are children of the population. */
const GUIDED_SHARE = 0.5

/** Runs generations until there are as many as wanted, and hands each state over. */
export async function search(
  problem: SplitProblem,
  settings: SearchSettings,
  generations: number,
  saved: SearchSoFar | null,
  evaluate: (points: readonly (readonly number[])[]) => Promise<Solution[]>,
  onState: (reached: SearchSoFar) => Promise<void>,
): Promise<SearchSoFar> {
  let reached = saved ?? (await started(problem, settings, evaluate))
  if (saved === null) await onState(reached)
  while (reached.state.generation < generations) {
    const { state, tried } = reached
    const children = await evaluate(pointsAfter(problem, reached))
    reached = { state: select(state, children), tried: [...tried, ...children] }
    await onState(reached)
  }
  return reached
}

async function started(problem: SplitProblem, settings: SearchSettings, evaluate: (points: readonly (readonly number[])[]) => Promise<Solution[]>): Promise<SearchSoFar> {
  const tried = await evaluate(startingPoints(problem, settings))
  return { state: begin(settings, tried), tried }
}

function pointsAfter({ portfolio }: SplitProblem, { state, tried }: SearchSoFar): number[][] {
  const { population } = state.settings
  const guided = guidedPoints(state, tried, (variables) => featuresOf(portfolio, variables), Math.floor(population * GUIDED_SHARE))
  return [...guided, ...nextPoints(state)].slice(0, population)
}

/** Splits that none beats among all that were tried, an even spread of at most `most` of them. */
export function frontOf({ state, tried }: SearchSoFar, most: number): Solution[] {
  return begin({ ...state.settings, population: most }, paretoFront(tried)).population.slice()
}

/** Settings of the search of a problem. */
export function settingsOf({ study, portfolio }: SplitProblem, population: number): SearchSettings {
  return { seed: study.seed, population, variables: variablesOf(portfolio) }
}
