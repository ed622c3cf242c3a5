/**
 * Whole sensitivity analyses of a study: design → runs → indices.
 */
import type { Backend } from '../../execution/types.ts'
import { shortfallOf } from '../../measures/targets.ts'
import type { Study, Target } from '../../scenario/study.ts'
import { discoverBox } from './discovery.ts'
import type { Box } from './discovery.ts'
import type { AnalysisInput } from './inputs.ts'
import { joined } from './joint-inputs.ts'
import type { InputGroup } from './joint-inputs.ts'
import type { VariedInputs } from './written-inputs.ts'
import { runPoints } from './points.ts'
import type { PointsOptions } from './points.ts'
import { morrisEffects, morrisPoints, tornadoBars, tornadoPoints } from './screening.ts'
import type { MorrisEffect, TornadoBar } from './screening.ts'
import { saltelliPoints, sobolIndices } from './sobol-indices.ts'
import type { SobolIndices } from './sobol-indices.ts'
import { sobolPoints } from '../../scenario/draws/samplers.ts'
import { informationValue, parameterValue } from './value-of-information.ts'
import type { InformationValue } from './value-of-information.ts'

export const METHODS = ['sobol', 'morris', 'tornado'] as const
export type Method = (typeof METHODS)[number]

/** What is asked of a study. */
export interface Question extends VariedInputs {
  readonly study: Study
  /** Index of the scenario. */
  readonly scenario: number
  /** Position of the output in a run's block of values. */
  readonly position: number
  /** Points to spend, at least {@link leastPoints}. */
  readonly points: number
}

/** A design and what came of it. */
export interface DesignTable {
  /** Input values by point. */
  readonly values: readonly (readonly number[])[]
  /** Mean of the output over replications, by point. */
  readonly outputs: readonly number[]
}

/** One entry a group of inputs, in their order; of a tornado, one an input. */
export type Sensitivity = { readonly table: DesignTable } & (
  | { readonly method: 'sobol'; readonly indices: readonly SobolIndices[] }
  | { readonly method: 'morris'; readonly effects: readonly MorrisEffect[] }
  | { readonly method: 'tornado'; readonly bars: readonly TornadoBar[]; readonly middle: number }
)

/** Fewest base rows and trajectories that intervals can be had from. */
const LEAST_BASE = 8
const LEAST_TRAJECTORIES = 4

/** Fewest points that a method can do with. */
export function leastPoints(method: Method, { inputs, groups }: Pick<VariedInputs, 'inputs' | 'groups'>): number {
  switch (method) {
    case 'sobol':
      return LEAST_BASE * (groups.length + 2)
    case 'morris':
      return LEAST_TRAJECTORIES * (groups.length + 1)
    case 'tornado':
      return 2 * inputs.length + 1
  }
}

/**
 * Runs an analysis on common random numbers.
 * @param lanes as `runPoints` takes them
 * @throws RangeError where the output is undefined at a point (nobody waits, say), with the point's number
 */
export async function analyse(
  method: Method,
  question: Question,
  lanes: readonly Backend[],
  options: PointsOptions = {},
): Promise<Sensitivity> {
  const { study, inputs, groups } = question
  const count = inputs.length
  const run = (points: Float64Array): Promise<DesignTable> => runDesign(points, question, lanes, options)
  switch (method) {
    case 'sobol': {
      const base = 2 ** Math.floor(Math.log2(question.points / (groups.length + 2)))
      const table = await run(joined(saltelliPoints(study.seed, base, count, groups), count, groups))
      return { method, table, indices: sobolIndices(Float64Array.from(table.outputs), base, groups.length, study.seed) }
    }
    case 'morris': {
      const points = morrisPoints(study.seed, Math.floor(question.points / (groups.length + 1)), count, groups)
      const table = await run(joined(points, count, groups))
      return { method, table, effects: morrisEffects(points, Float64Array.from(table.outputs), count, study.seed, groups) }
    }
    case 'tornado': {
      const table = await run(tornadoPoints(count, groups))
      return { method, table, bars: tornadoBars(Float64Array.from(table.outputs)), middle: table.outputs[0] }
    }
  }
}

async function runDesign(
  unit: Float64Array,
  { study, inputs, changesAt, scenario, position }: Question,
  lanes: readonly Backend[],
  options: PointsOptions,
): Promise<DesignTable> {
  const values = inputValues(unit, inputs)
  const runs = await runPoints(
    { study, points: await Promise.all(values.map(changesAt)), scenarios: [scenario], wanted: [position], replications: study.replications },
    lanes,
    options,
  )
  const outputs = runs.map(([[replications]]) => meanOf(replications))
  const undefinedAt = outputs.findIndex((output) => !Number.isFinite(output))
  if (undefinedAt >= 0) throw new RangeError(`the measure has no value at point ${undefinedAt + 1} of the design`)
  return { values, outputs }
}

function inputValues(unit: Float64Array, inputs: readonly AnalysisInput[]): number[][] {
  const count = inputs.length
  return Array.from({ length: unit.length / count }, (_, row) =>
    inputs.map((input, column) => input.valueAt(unit[row * count + column])),
  )
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** What is asked about draws of all scenarios. */
export interface DrawsQuestion extends VariedInputs {
  readonly study: Study
  readonly draws: number
  /** Positions of the values whose sum, times `poundsPerQaly`, counts against a scenario, and of its spend. */
  readonly health: readonly number[]
  readonly spend: number
  /** £ per QALY. */
  readonly poundsPerQaly: number
}

/** What knowing more is worth to the choice between scenarios, in £. */
export interface ValueOfKnowing extends InformationValue {
  /** By input. */
  readonly byInput: readonly number[]
}

/** Sobol points of all inputs, those that are correlated drawn together. */
function drawnTogether(seed: string, draws: number, inputs: number, groups: readonly InputGroup[]): Float64Array {
  return joined(sobolPoints(seed, draws, inputs), inputs, groups)
}

/** Draws all inputs together (Sobol points), runs every scenario in each, and values what could be learnt. */
export async function valueKnowing(
  { study, inputs, groups, changesAt, draws, health, spend, poundsPerQaly }: DrawsQuestion,
  lanes: readonly Backend[],
  options: PointsOptions = {},
): Promise<ValueOfKnowing> {
  const values = inputValues(drawnTogether(study.seed, draws, inputs.length, groups), inputs)
  const scenarios = study.scenarios.map((_, index) => index)
  const wanted = [...health, spend]
  const points = await Promise.all(values.map(changesAt))
  const runs = await runPoints({ study, points, scenarios, wanted, replications: study.replications }, lanes, options)
  const netBenefit = scenarios.map((scenario) =>
    Float64Array.from(runs, (byScenario) => {
      const means = byScenario[scenario].map(meanOf)
      return -poundsPerQaly * means.slice(0, -1).reduce((sum, each) => sum + each, 0) - means[means.length - 1]
    }),
  )
  const columns = inputs.map((_, column) => Float64Array.from(values, (row) => row[column]))
  return { ...informationValue(netBenefit), byInput: columns.map((column) => parameterValue(netBenefit, column)) }
}

/** Where a target is missed. */
export interface Discovery {
  readonly target: Target
  readonly box: Box
  /** Share of draws in which the mean over replications misses the target. */
  readonly missed: number
  readonly draws: number
  /** Each side's limits as values of its input; null for no limit on that side. */
  readonly limits: readonly { readonly input: number; readonly from: number | null; readonly to: number | null }[]
}

/**
 * Draws all inputs together and finds the region in which a scenario misses a target.
 * @param question its `position` is the target's measure on the target's date
 */
export async function discover(
  question: Question,
  target: Target,
  lanes: readonly Backend[],
  options: PointsOptions = {},
): Promise<Discovery> {
  const { study, inputs, groups, points: draws } = question
  const unit = drawnTogether(study.seed, draws, inputs.length, groups)
  const { outputs } = await runDesign(unit, question, lanes, options)
  const cases = outputs.map((output) => shortfallOf(target, output) > 0)
  const box = discoverBox(unit, inputs.length, cases)
  return {
    target,
    box,
    missed: cases.filter(Boolean).length / draws,
    draws,
    limits: box.sides.map(({ input, from, to }) => ({
      input,
      from: from > 0 ? inputs[input].valueAt(from) : null,
      to: to < 1 ? inputs[input].valueAt(to) : null,
    })),
  }
}
