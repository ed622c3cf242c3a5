/**
 * The design file of a sweep, schema version 1: which points of a study's parameters to run, how often, and what
 * to keep of each run. What needs the study (paths, scenarios) is checked in `kept.ts` and `sweep-study.ts`.
 */
import { z } from 'zod'
import { InputError } from '../../errors.ts'
import type { Problem } from '../../errors.ts'
import { MEASURES } from '../../measures/catalogue.ts'
import { problemsOf } from '../../scenario/issues.ts'
import { closed, distribution, isoDate, kebabName, specialtyCode } from '../../scenario/numbers.ts'
import { problemAt } from '../../scenario/positions.ts'
import type { DocumentPath, Positions } from '../../scenario/positions.ts'
import { text } from './messages.ts'
import { readYaml } from '../../scenario/read-yaml.ts'

/** Ways to choose points. */
export const METHODS = ['grid', 'random', 'latin-hypercube', 'sobol', 'one-at-a-time', 'table'] as const
export type Method = (typeof METHODS)[number]

/** Runs that a design may have unless its budget says so. */
const DEFAULT_MOST_RUNS = 100_000
/** Most points: the samplers hold a number for each point and factor. */
const MOST_POINTS = 10_000_000
const DEFAULT_REPLICATIONS = 1

const scalar = z.union([z.number(), z.string().max(500), z.boolean()])

const factor = closed({
  path: z.string().min(1).max(500).describe('Where in the study file, such as scenarios.more.invest[0].allocate.theta.'),
  values: z.array(scalar).max(100_000).describe('The values to take.').optional(),
  range: z.tuple([z.number(), z.number()]).describe('Lowest and highest value.').optional(),
  distribution: distribution.optional(),
  levels: z.int().min(2).max(100_000).describe('How many values a grid takes of a range or distribution.').optional(),
})

const untilRule = closed({
  measure: z.string(),
  group: z.union([z.string(), z.int()]).describe('Deprivation group, all, or gap; all by default.').optional(),
  specialty: specialtyCode.describe('Specialty code; all by default.').optional(),
  date: isoDate.describe('Judged at the end of the week that holds it; the last date kept by default.').optional(),
  scenario: kebabName.describe('Its difference from the reference is what must be precise.'),
  halfWidth: z.number().gt(0).describe("Half-width of the difference's 95% interval, in the measure's unit."),
  maxReplications: z.int().min(2).max(10_000).describe('Where to stop at the latest.'),
  batch: z.int().min(2).max(1000).describe('Replications before the first check and between checks; 5 by default.').optional(),
})

/** The whole file. */
const designSchema = closed({
  $schema: z.string().max(500).optional(),
  schemaVersion: z.literal(1),
  name: kebabName.describe('Names the folder of results.'),
  title: z.string().min(1).max(200).optional(),
  study: z.string().min(1).max(1000).describe("Path of the study, relative to this file's folder."),
  scenarios: z.array(kebabName).min(1).max(50).describe("The study's scenarios to run; all by default.").optional(),
  factors: z.array(factor).max(1000).optional(),
  method: z.enum(METHODS),
  table: z.array(z.array(scalar)).min(1).max(1_000_000).describe('Rows of values in the order of factors.').optional(),
  runs: z.int().min(1).max(MOST_POINTS).describe('Design points of a sampled design.').optional(),
  draws: z.int().min(0).max(10_000).describe("Samples of the study's uncertain parameters at each point.").optional(),
  replications: z.int().min(1).max(10_000).describe('Random runs of each point, scenario and draw; 1 by default.').optional(),
  measures: z.array(z.string()).min(1).max(200).describe('Measures to keep.'),
  specialties: z.array(specialtyCode).min(1).max(200).describe('Specialties to keep; all together by default.').optional(),
  dates: z.array(isoDate).min(1).max(2000).describe('Dates to keep; the reporting dates by default.').optional(),
  budget: closed({
    runs: z.int().min(1).max(1_000_000_000).describe(`Most runs; ${DEFAULT_MOST_RUNS} by default.`).optional(),
    minutes: z.number().gt(0).max(1_000_000).describe('Stop after so many minutes, to be resumed.').optional(),
  }).optional(),
  until: untilRule.optional(),
})

/** A design file as read. */
type DesignFile = z.infer<typeof designSchema>

/** Values that a factor takes. */
export type FactorValue = number | string | boolean

/** One factor: a place in the study file and what it may be. */
export type Factor = NonNullable<DesignFile['factors']>[number]

/** When replications stop. */
export interface Until {
  readonly measure: string
  readonly group: string
  readonly specialty: string
  /** ISO date, or null for the last date kept. */
  readonly date: string | null
  readonly scenario: string
  readonly halfWidth: number
  readonly maxReplications: number
  readonly batch: number
}

/** A checked design with its defaults filled in. Plain JSON. */
export interface Design {
  readonly name: string
  readonly title: string
  /** As written, relative to the design file. */
  readonly study: string
  /** Empty for all. */
  readonly scenarios: readonly string[]
  readonly factors: readonly Factor[]
  readonly method: Method
  readonly table: readonly (readonly FactorValue[])[]
  /** Points of a sampled design; 0 where they follow from the factors. */
  readonly runs: number
  readonly draws: number
  /** Of each point, scenario and draw; with `until`, the most. */
  readonly replications: number
  readonly measures: readonly string[]
  readonly specialties: readonly string[]
  /** Empty for the reporting dates. */
  readonly dates: readonly string[]
  readonly budget: { readonly runs: number; readonly minutes: number | null }
  readonly until: Until | null
}

/** A design and where its parts stand, for messages about the study behind it. */
export interface ParsedDesign {
  readonly design: Design
  readonly positions: Positions
}

/**
 * Reads a design file.
 * @param source YAML or JSON
 * @param file its name, for messages
 * @throws InputError with every problem of shape, else of meaning
 */
export async function parseDesign(source: string, file: string): Promise<ParsedDesign> {
  const { data, positions } = readYaml(source, file)
  if (data === null || data === undefined) throw new InputError({ file, message: text.empty })
  if (typeof data !== 'object' || Array.isArray(data)) throw new InputError({ file, message: text.notADesign })
  const result = await designSchema.safeParseAsync(data)
  if (!result.success) throw new InputError(problemsOf(result.error.issues, data, positions))
  const problems = designProblems(result.data, positions)
  if (problems.length > 0) throw new InputError(problems)
  return { design: withDefaults(result.data), positions }
}

function withDefaults(file: DesignFile): Design {
  const until = file.until === undefined ? null : untilOf(file.until)
  return {
    name: file.name,
    title: file.title ?? file.name,
    study: file.study,
    scenarios: file.scenarios ?? [],
    factors: file.factors ?? [],
    method: file.method,
    table: file.table ?? [],
    runs: file.runs ?? 0,
    draws: file.draws ?? 0,
    replications: until?.maxReplications ?? file.replications ?? DEFAULT_REPLICATIONS,
    measures: file.measures,
    specialties: file.specialties ?? ['all'],
    dates: file.dates ?? [],
    budget: { runs: file.budget?.runs ?? DEFAULT_MOST_RUNS, minutes: file.budget?.minutes ?? null },
    until,
  }
}

function untilOf(file: NonNullable<DesignFile['until']>): Until {
  return {
    measure: file.measure,
    group: String(file.group ?? (file.measure.includes(':') ? 'gap' : 'all')),
    specialty: file.specialty ?? 'all',
    date: file.date ?? null,
    scenario: file.scenario,
    halfWidth: file.halfWidth,
    maxReplications: file.maxReplications,
    batch: file.batch ?? Math.min(5, file.maxReplications),
  }
}

const SAMPLED: readonly Method[] = ['random', 'latin-hypercube', 'sobol']
const LEVELLED: readonly Method[] = ['grid', 'one-at-a-time']

function designProblems(file: DesignFile, positions: Positions): Problem[] {
  const problems: Problem[] = []
  const report = (path: DocumentPath, message: string, of: 'key' | 'value' = 'value'): void => {
    problems.push(problemAt(positions, path, message, of))
  }
  const { method } = file
  const factors = file.factors ?? []
  if (factors.length === 0 && method !== 'grid') report(['method'], text.noFactors(method))
  factors.forEach((each, index) => factorProblems(each, method, (key, message) => report(['factors', index, ...key], message)))
  const paths = factors.map(({ path }) => path)
  paths.forEach((path, index) => {
    if (paths.indexOf(path) < index) report(['factors', index, 'path'], text.repeatedPath)
  })
  if (SAMPLED.includes(method) && file.runs === undefined) report(['runs'], text.needsRuns(method), 'key')
  if (!SAMPLED.includes(method) && file.runs !== undefined) report(['runs'], text.runsNotUsed(method), 'key')
  if (method === 'table' && file.table === undefined) report(['table'], text.needsTable, 'key')
  if (method !== 'table' && file.table !== undefined) report(['table'], text.tableNotUsed, 'key')
  file.table?.forEach((row, index) => {
    if (row.length !== factors.length) report(['table', index], text.tableRow(factors.length, row.length))
  })
  measureProblems(file, report)
  untilProblems(file, report)
  return problems
}

function factorProblems(
  { values, range, distribution: dist, levels }: Factor,
  method: Method,
  report: (key: DocumentPath, message: string) => void,
): void {
  const kinds = [values, range, dist].filter((kind) => kind !== undefined).length
  if (kinds !== (method === 'table' ? 0 : 1)) report([], text.oneKind)
  if (values?.length === 0) report(['values'], text.emptyValues)
  if (range !== undefined && range[0] > range[1]) report(['range'], text.reversed(range[0], range[1]))
  const needsLevels = method === 'grid' || (method === 'one-at-a-time' && dist !== undefined)
  if (needsLevels && values === undefined && levels === undefined && kinds === 1) report([], text.needsLevels(method))
  if (levels !== undefined && (values !== undefined || !LEVELLED.includes(method))) report(['levels'], text.levelsNotUsed(method))
}

type Report = (path: DocumentPath, message: string, of?: 'key' | 'value') => void

const MEASURE_IDS = MEASURES.map(({ id }) => id)

function measureProblems({ measures, until: rule }: DesignFile, report: Report): void {
  measures.forEach((written, index) => {
    if (!MEASURE_IDS.includes(written)) report(['measures', index], text.measureUnknown(written, MEASURE_IDS))
  })
  if (rule !== undefined && !measures.includes(rule.measure)) {
    report(['until', 'measure'], text.measureUnknown(rule.measure, measures))
  }
}

function untilProblems({ until: rule, draws, replications }: DesignFile, report: Report): void {
  if (rule === undefined) return
  if ((draws ?? 0) > 0) report(['until'], text.untilDraws, 'key')
  if (replications !== undefined) report(['replications'], text.untilReplications, 'key')
  if (rule.batch !== undefined && rule.batch > rule.maxReplications) report(['until', 'batch'], text.untilBatch)
}
