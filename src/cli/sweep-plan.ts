/**
 * A sweep's plan on disk: everything that any process needs to run a part of it, in one file.
 *
 *     OUT/sweep.json    the plan
 *     OUT/store/        the run store, unless it is somewhere else
 *     OUT/…             results, once collected
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { InputError } from '../errors.ts'
import { parseDesign } from '../experiment/sweep/design.ts'
import type { Design } from '../experiment/sweep/design.ts'
import { parsePath } from '../experiment/sweep/factor-path.ts'
import { reportedFor, watchedValue } from '../experiment/sweep/kept.ts'
import { text as designText } from '../experiment/sweep/messages.ts'
import { designPoints } from '../experiment/sweep/points.ts'
import { catalogueMaker, sweepPoints } from '../experiment/sweep/point-runs.ts'
import type { SweepPoints } from '../experiment/sweep/point-runs.ts'
import { readYaml } from '../scenario/read-yaml.ts'
import { drawCount } from '../experiment/sweep/rounds.ts'
import { sweepSource } from '../experiment/sweep/sweep-study.ts'
import type { SweepSource } from '../experiment/sweep/sweep-study.ts'
import { problemAt } from '../scenario/positions.ts'
import type { Positions } from '../scenario/positions.ts'
import { readEngine } from '../results/engine.ts'
import { makeFolder } from '../results/make-folder.ts'
import { withReasons } from '../results/store/errors.ts'
import { storeText } from '../results/store/messages.ts'
import { engineFolder, writeFileWhole } from '../results/store/run-store.ts'
import { today } from '../results/today.ts'
import { loadStudy } from './load-study.ts'
import type { StudyInput } from './load-study.ts'
import { storeOfEnvironment } from './option-readers.ts'
import { readText } from './read-text.ts'
import { sweepText } from './sweep-messages.ts'

/** A sweep's plan. Plain JSON. */
export interface SweepPlan {
  readonly format: 'fairwait-sweep'
  readonly schemaVersion: 1
  /** e.g. `fairwait-0.1.0`. */
  readonly engine: string
  readonly source: SweepSource
  readonly inputs: readonly StudyInput[]
  /** The run store, relative to the folder of the plan. */
  readonly store: string
  /** Groups in a batch; null until a pilot has been run. */
  readonly groupsPerBatch: number | null
  /** Day the sweep was planned, ISO date, for its metadata. */
  readonly made: string
}

/** Name of the plan in a sweep's folder. */
export const PLAN_FILE = 'sweep.json'

/** SHA-256 as hex. */
export const sha256: (text: string) => string = (text) => createHash('sha256').update(text).digest('hex')

/** This engine, as stores name it. */
export async function engineName(): Promise<string> {
  return engineFolder(await readEngine())
}

/** A design read from disk, with the study behind it. */
export interface LoadedDesign {
  readonly source: SweepSource
  readonly inputs: readonly StudyInput[]
}

/**
 * Reads a design and its study, and checks one against the other.
 * @param mostRuns in place of the design's budget of runs
 * @throws InputError for anything wrong with either
 */
export async function loadDesign(path: string, mostRuns?: number): Promise<LoadedDesign> {
  const { text } = await readText(path, path)
  const { design, positions } = await parseDesign(text, path)
  const studyPath = isAbsolute(design.study) ? design.study : join(dirname(path), design.study)
  const { study, inputs } = await loadStudy(studyPath)
  const file = readYaml(await readFile(studyPath, 'utf8'), studyPath).data as Readonly<Record<string, unknown>>
  const budgeted = { ...design, budget: { ...design.budget, runs: mostRuns ?? design.budget.runs } }
  const count = designPoints(budgeted, study.seed).count
  const scenarios = design.scenarios.length === 0 ? study.scenarios.length : design.scenarios.length
  const problem = sizeProblem(budgeted, count * scenarios * drawCount(design) * design.replications)
  if (problem !== null) throw new InputError(problemAt(positions, ['factors'], problem))
  const source = await sweepSource(budgeted, file, study, positions)
  const points = sweepPoints(source, await engineName(), sha256)
  await checkFirstPoint(source, points, positions)
  await checkReported(source, points, positions)
  return { source, inputs: [{ path, sha256: sha256(text) }, ...inputs] }
}

/** Tries what depends on the whole study at once: dates and specialties to keep, the series that "until" watches. */
async function checkFirstPoint(source: SweepSource, points: SweepPoints, positions: Positions): Promise<void> {
  try {
    const point = await points.at(0)
    if (point.fault !== null) throw point.fault
    if (source.design.until !== null) watchedValue(point.kept, source.design.until)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(
      error.problems.map(({ path, message }) => problemAt(positions, path === undefined ? [] : (parsePath(path) ?? []), message)),
    )
  }
}

/** Points at which a measure is looked for before it is refused: a factor may switch on what it counts. */
const MOST_LOOKED_AT = 20

/** @throws InputError for measures that no point reports */
async function checkReported({ design }: SweepSource, points: SweepPoints, positions: Positions): Promise<void> {
  const catalogueOf = catalogueMaker()
  const reported = new Set<string>()
  const isMissing = (measure: string): boolean => !reported.has(measure)
  const step = Math.max(1, Math.ceil(points.count / MOST_LOOKED_AT))
  for (let number = 0; number < points.count && design.measures.some(isMissing); number += step) {
    const point = await points.at(number)
    if (point.fault === null) for (const measure of reportedFor(catalogueOf(point.study), design)) reported.add(measure)
  }
  const problems = design.measures.flatMap((measure, index) =>
    isMissing(measure) ? [problemAt(positions, ['measures', index], designText.notReported(measure, design.specialties, [...reported]))] : [],
  )
  if (problems.length > 0) throw new InputError(problems)
}

/** Why a design has too many runs, or null. */
export function sizeProblem({ budget }: Design, runs: number): string | null {
  if (!Number.isSafeInteger(runs)) return designText.uncountable
  return runs > budget.runs ? designText.tooManyRuns(runs, budget.runs) : null
}

/** Runs that a sweep has at most: points × draws × replications × scenarios. */
export function runCount({ design, seed, scenarioIds }: SweepSource): number {
  return designPoints(design, seed).count * drawCount(design) * design.replications * scenarioIds.length
}

/** The points of a plan. */
export function planPoints(plan: SweepPlan): SweepPoints {
  return sweepPoints(plan.source, plan.engine, sha256)
}

/** Folder of a plan's run store. */
export function storeFolder(out: string, plan: SweepPlan): string {
  return resolve(out, plan.store)
}

/**
 * The plan for a design in a folder: a new one, or the one that is there with the design brought up to date.
 * @throws InputError where another engine made what is there
 */
export async function makePlan(out: string, { source, inputs }: LoadedDesign, store?: string): Promise<SweepPlan> {
  const engine = await engineName()
  const known = existsSync(join(out, PLAN_FILE)) ? await readPlan(out) : null
  // What a sweep has run is where it was when it began, whatever the environment says by now.
  const elsewhere = store ?? (known === null ? storeOfEnvironment() : undefined)
  return {
    format: 'fairwait-sweep',
    schemaVersion: 1,
    engine,
    source,
    inputs,
    store: elsewhere === undefined ? (known?.store ?? 'store') : relative(resolve(out), resolve(elsewhere)),
    groupsPerBatch: known?.groupsPerBatch ?? null,
    made: known?.made ?? today(),
  }
}

/**
 * Reads the plan in a folder.
 * @throws InputError where there is none, or another engine made it
 */
export async function readPlan(out: string): Promise<SweepPlan> {
  const path = join(out, PLAN_FILE)
  if (!existsSync(path)) throw new InputError({ message: storeText.nothingThere(out) })
  const plan = parsePlan(path)
  const engine = await engineName()
  if (plan.engine !== engine) throw new InputError({ message: storeText.otherEngine(out, plan.engine, engine) })
  return plan
}

/** Whether nothing that running or collecting needs has been lost from a plan. */
function isWhole({ engine, source, inputs, store, groupsPerBatch = null }: Partial<SweepPlan>): boolean {
  const { design, file, baseline, seed, scenarioIds } = (source ?? {}) as Partial<SweepSource>
  const { budget, until, method, study, draws, replications, runs } = (design ?? {}) as Partial<Design>
  const lists = [inputs, scenarioIds, design?.factors, design?.scenarios, design?.table, design?.measures, design?.specialties, design?.dates]
  return (
    [engine, store, seed, method, study].every((each) => typeof each === 'string') &&
    [draws, replications, runs, budget?.runs].every((each) => typeof each === 'number') &&
    (groupsPerBatch === null || (Number.isSafeInteger(groupsPerBatch) && groupsPerBatch >= 1)) &&
    lists.every((each) => Array.isArray(each)) &&
    [file, baseline].every((each) => typeof each === 'object' && each !== null) &&
    typeof until === 'object'
  )
}

function parsePlan(path: string): SweepPlan {
  try {
    const plan = JSON.parse(readFileSync(path, 'utf8')) as SweepPlan
    if (plan.format === 'fairwait-sweep' && isWhole(plan)) return plan
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new InputError({ file: path, message: sweepText.notAPlan })
}

/** Writes the plan; makes the folder if missing. */
export function savePlan(out: string, plan: SweepPlan): void {
  withReasons(out, () => {
    makeFolder(out)
    writeFileWhole(join(out, PLAN_FILE), `.partial-${process.pid}`, Buffer.from(`${JSON.stringify(plan, null, 1)}\n`))
  })
}
