/**
 * Real runs of a real list, small enough for a test: orthopaedics and ophthalmology of NHS Cheshire and Merseyside, from
 * the shipped pack, with every assumption at its default.
 */
import { readFileSync } from 'node:fs'
import type { BaselinePack } from '../../src/baseline/types.ts'
import { createTaskRunner } from '../../src/experiment/run-task.ts'
import { buildCatalogue } from '../../src/measures/catalogue.ts'
import { confidenceInterval } from '../../src/measures/interval.ts'
import type { RunValues } from '../../src/measures/types.ts'
import { compileScenario } from '../../src/model/compile/index.ts'
import { studyBaseline } from '../../src/scenario/baselines.ts'
import { parseStudy } from '../../src/scenario/parse.ts'
import { concreteStudy, resolveStudy } from '../../src/scenario/resolve.ts'
import type { Study } from '../../src/scenario/study.ts'
import { mean, variance } from '../verification/statistics.ts'

const PACK = 'baselines/QYG-2026-01.json'
const SPECIALTIES: ReadonlySet<string> = new Set(['C_110', 'C_130'])

/** A study of that list; `scenarios` is YAML, indented by two, and its first scenario the reference. */
export async function listStudy(scenarios: string, { weeks = 113, sample = 0.25 }: { weeks?: number; sample?: number } = {}): Promise<Study> {
  const { file, positions } = await parseStudy(
    `schemaVersion: 1\nname: behaviour\nbaseline: ${PACK}\ntime: { weeks: ${weeks} }\nseed: behaviour-1\nsample: ${sample}\nscenarios:\n${scenarios}`,
    'behaviour.yaml',
  )
  const whole = JSON.parse(readFileSync(new URL(`../../scenarios/${PACK}`, import.meta.url), 'utf8')) as BaselinePack
  const pack = { ...whole, specialties: whole.specialties.filter(({ code }) => SPECIALTIES.has(code)) }
  return resolveStudy(file, studyBaseline(file, new Map([[PACK, { kind: 'pack', path: PACK, sha256: '', pack }]])), positions)
}

/** Runs of every scenario of a study, read by name. */
export interface Runs {
  /** All values of one run. */
  readonly values: (scenario: string, replication: number) => RunValues
  /** A measure of everybody, of a deprivation group (`1` is most deprived) or of the gap, at a week of one run. */
  readonly read: (scenario: string, replication: number, measure: string, at: { readonly week: number; readonly group?: string }) => number
  /** Scenario less another, run by run. */
  readonly paired: (scenario: string, against: string, measure: string, at: { readonly week: number; readonly group?: string }) => number[]
  readonly weeks: number
}

/** Runs each scenario with the same replications, and so with the same people and the same luck. */
export function runAll(study: Study, replications: number): Runs {
  const catalogue = buildCatalogue(compileScenario(concreteStudy(study, 0), 0))
  const rows = catalogue.dates.length
  const run = createTaskRunner(study, () => 0)
  const all = new Map(
    study.scenarios.map(({ id }, scenario) => [
      id,
      Array.from({ length: replications }, (_, replication) => run({ scenario, draw: 0, replication }).values),
    ]),
  )
  const index = new Map(
    catalogue.keys
      .map(({ specialty, stage, dimension, group, measure }, position): [string, number] => [`${specialty} ${stage} ${dimension} ${group} ${measure}`, position])
  )
  const values = (scenario: string, replication: number): RunValues => {
    const runs = all.get(scenario)
    if (runs === undefined) throw new Error(`no scenario ${scenario}`)
    return runs[replication]
  }
  const read: Runs['read'] = (scenario, replication, measure, { week, group = 'all' }) => {
    const position = index.get(`all all ${group === 'all' ? 'all' : 'deprivation'} ${group} ${measure}`)
    if (position === undefined) throw new Error(`no ${measure} of ${group}`)
    return values(scenario, replication)[position * rows + week]
  }
  return {
    values,
    read,
    paired: (scenario, against, measure, at) =>
      Array.from({ length: replications }, (_, replication) => read(scenario, replication, measure, at) - read(against, replication, measure, at)),
    weeks: rows - 1,
  }
}

/** The mean of paired differences, with its interval at 99.9% by Student's t. */
export interface Difference {
  readonly mean: number
  readonly lower: number
  readonly upper: number
  /**
   * The true difference, from nought, that the interval would leave nought out of in nine of ten studies like this one:
   * what the test is able to see.
   */
  readonly seen: number
}

/** Standard errors beyond the limit of the interval at which nine of ten studies are; the normal distribution's. */
const NINE_OF_TEN = 1.2816

export function difference(paired: readonly number[]): Difference {
  const average = mean(paired)
  const deviation = Math.sqrt(variance(paired))
  const { lower, upper } = confidenceInterval(average, deviation, paired.length, 0.999)
  return { mean: average, lower, upper, seen: upper - average + (NINE_OF_TEN * deviation) / Math.sqrt(paired.length) }
}

/** For annotations: `-1.2 (99.9% -1.5 to -0.9; would see 0.4)`. */
export const told = ({ mean: average, lower, upper, seen }: Difference): string =>
  `${average.toPrecision(3)} (99.9% ${lower.toPrecision(3)} to ${upper.toPrecision(3)}; would see ${seen.toPrecision(2)})`
