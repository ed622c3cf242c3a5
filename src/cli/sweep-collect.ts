/**
 * Runs in the store → the results of a sweep, in canonical order: point, draw, replication, scenario. What is written
 * depends on the design and the runs alone, not on batches, workers, or what went wrong on the way.
 */
import { basename } from 'node:path'
import type { Until } from '../experiment/sweep/design.ts'
import { watchedValue } from '../experiment/sweep/kept.ts'
import { createPointSummary, limitsOf } from '../experiment/sweep/point-summary.ts'
import type { CellSummary, PointSummary } from '../experiment/sweep/point-summary.ts'
import type { SweepPoint, ValidPoint } from '../experiment/sweep/point-runs.ts'
import { drawCount } from '../experiment/sweep/rounds.ts'
import { createStoppingRule } from '../experiment/sweep/stopping.ts'
import type { Stopped } from '../experiment/sweep/stopping.ts'
import type { SeriesKey } from '../measures/types.ts'
import { writeOutputFile, writeTextFile } from '../results/output-file.ts'
import type { FileRecord, OutputFile } from '../results/output-file.ts'
import { replaceResults } from '../results/results-folder.ts'
import { RO_CRATE_FILE } from '../results/ro-crate.ts'
import { runTableColumns } from '../results/store/batch-file.ts'
import type { AsideRun, StoreReader } from '../results/store/run-store.ts'
import { sweepCrateJson, sweepPackageJson } from '../results/store/sweep-metadata.ts'
import { pointTable, runTables, summaryColumns, summaryTables } from '../results/store/sweep-tables.ts'
import type { PointRow, SummaryNumber, TablePair, SummaryRow } from '../results/store/sweep-tables.ts'
import type { StoredRun } from '../results/store/batch-file.ts'
import { planPoints, runCount } from './sweep-plan.ts'
import type { SweepPlan } from './sweep-plan.ts'

/** What was collected. */
export interface Collected {
  readonly files: readonly string[]
  readonly runs: number
  readonly missing: number
  readonly aside: number
  /** Points that stopped by precision and at the cap; null without a stopping rule. */
  readonly stopped: Readonly<Record<Stopped, number>> | null
}

/** Tables under construction, and what has been counted. */
interface Collection {
  readonly plan: SweepPlan
  readonly store: StoreReader
  readonly tables: Tables
  readonly count: { runs: number; missing: number; aside: number; precise: number; cap: number }
  /** The first of the runs set aside. */
  readonly listed: AsideRun[]
}

interface Tables {
  readonly runs: TablePair<StoredRun>
  readonly summary: TablePair<SummaryRow>
  readonly points: TablePair<PointRow>
}

/** Run ids that the summary lists of those set aside; `fairwait status` lists all. */
const MOST_LISTED = 100

/**
 * Writes the results of a sweep: all of them or none.
 * @param out folder of the sweep
 * @throws UserError where the folder cannot be written
 */
export async function collectSweep(
  out: string,
  plan: SweepPlan,
  store: StoreReader,
  onProgress: (points: number, total: number) => void,
): Promise<Collected> {
  return replaceResults(out, async (stage) => {
    const { collection, key, files } = await writeTables(stage, plan, store, onProgress)
    const { runs, missing, aside, precise, cap } = collection.count
    const stopped = plan.source.design.until === null ? null : { precise, cap }
    files.push(await writeTextFile(stage, 'summary.json', summaryJson(collection, stopped)))
    const { name, title } = plan.source.design
    // Without folders, which differ from one machine to the next.
    const inputs = plan.inputs.map(({ path, sha256 }) => ({ path: basename(path), sha256 }))
    const description = { name, title, engine: plan.engine, made: plan.made, inputs }
    const columns = {
      ...both('runs', runTableColumns(key)),
      ...both('summary', summaryColumns(key)),
      'points.csv': pointColumns(plan).map((column) => ({ name: column, kind: COUNTED.includes(column) ? ('integer' as const) : ('text' as const) })),
    }
    files.push(await writeTextFile(stage, 'datapackage.json', sweepPackageJson(description, files, columns)))
    files.push(await writeTextFile(stage, RO_CRATE_FILE, sweepCrateJson(description, files)))
    return { files: files.map(({ path }) => path), runs, missing, aside, stopped }
  })
}

function both<Value>(name: string, value: Value): Record<string, Value> {
  return { [`${name}.csv`]: value, [`${name}.parquet`]: value }
}

/** Columns of points.csv that are whole numbers. */
const COUNTED = ['point', 'replications']

function pointColumns({ source }: SweepPlan): string[] {
  return ['point', ...source.design.factors.map(({ path }) => path), 'replications', 'outcome']
}

/** Five files at once, since one walk over the runs fills them all. */
async function writeTables(
  stage: string,
  plan: SweepPlan,
  store: StoreReader,
  onProgress: (points: number, total: number) => void,
): Promise<{ collection: Collection; key: SeriesKey; files: FileRecord[] }> {
  const names = ['runs.csv', 'runs.parquet', 'summary.csv', 'summary.parquet', 'points.csv']
  const points = planPoints(plan)
  const key = await firstKey(plan)
  const count = { runs: 0, missing: 0, aside: 0, precise: 0, cap: 0 }
  let collection: Collection | null = null
  const files = await writeTogether(stage, names, async ([runsCsv, runsParquet, summaryCsv, summaryParquet, pointsCsv]) => {
    const tables = {
      runs: runTables(key, runsCsv, runsParquet),
      summary: summaryTables(key, summaryCsv, summaryParquet),
      points: pointTable(plan.source.design.factors.map(({ path }) => path), pointsCsv),
    }
    collection = { plan, store, tables, count, listed: [] }
    for (let number = 0; number < points.count; number += 1) {
      await collectPoint(collection, await points.at(number))
      onProgress(number + 1, points.count)
    }
    await tables.runs.finish()
    await tables.summary.finish()
    await tables.points.finish()
  })
  if (collection === null) throw new Error('the tables of a sweep were not written')
  return { collection, key, files }
}

/** Opens files inside one another, so that each is closed whatever happens. */
async function writeTogether(
  stage: string,
  [name, ...rest]: readonly string[],
  fill: (files: readonly OutputFile[]) => Promise<void>,
  open: readonly OutputFile[] = [],
): Promise<FileRecord[]> {
  if (name === undefined) {
    await fill(open)
    return []
  }
  let inner: FileRecord[] = []
  const record = await writeOutputFile(stage, name, async (file) => {
    inner = await writeTogether(stage, rest, fill, [...open, file])
  })
  return [record, ...inner]
}

/** A series of the sweep, for the names of its columns. */
async function firstKey(plan: SweepPlan): Promise<SeriesKey> {
  const points = planPoints(plan)
  for (let number = 0; number < points.count; number += 1) {
    const point = await points.at(number)
    if (point.fault === null) return point.kept.keys[0]
    if (number === points.count - 1) throw point.fault
  }
  throw new Error('a sweep without points')
}

async function collectPoint(collection: Collection, point: SweepPoint): Promise<void> {
  const { plan, tables, count } = collection
  const { design, scenarioIds } = plan.source
  if (point.fault !== null) {
    count.aside += drawCount(design) * design.replications * scenarioIds.length
    await tables.points.add({ point: point.point, values: point.values, replications: 0, outcome: 'refused' })
    return
  }
  const summary = createPointSummary(scenarioIds.length, point.kept.keys.length * point.kept.dates.length)
  const missingBefore = count.missing + count.aside
  let stopped: Stopped | null = null
  let replications = 0
  for (let draw = 0; draw < drawCount(design); draw += 1) {
    ;({ stopped, replications } = await collectDraw(collection, point, draw, summary))
    summary.endDraw()
  }
  if (stopped !== null) count[stopped] += 1
  const complete = count.missing + count.aside === missingBefore ? 'complete' : 'incomplete'
  await tables.points.add({ point: point.point, values: point.values, replications, outcome: stopped ?? complete })
  await addSummary(collection, point, summary)
}

async function collectDraw(
  collection: Collection,
  point: ValidPoint,
  draw: number,
  summary: PointSummary,
): Promise<{ stopped: Stopped | null; replications: number }> {
  const { design, scenarioIds } = collection.plan.source
  const { until } = design
  const rule = until === null ? null : createStoppingRule(until)
  for (let replication = 0; replication < design.replications; replication += 1) {
    const runs: (Float64Array | null)[] = []
    for (let scenario = 0; scenario < scenarioIds.length; scenario += 1) {
      runs.push(await collectRun(collection, point, { scenario, draw, replication }))
    }
    summary.add(runs)
    if (until === null || rule === null) continue
    rule.add(watchedDifference(point, runs, until, scenarioIds))
    const stopped = rule.verdict()
    if (stopped !== null) return { stopped, replications: replication + 1 }
  }
  return { stopped: null, replications: design.replications }
}

function watchedDifference(
  { kept }: ValidPoint,
  runs: readonly (Float64Array | null)[],
  until: Until,
  scenarioIds: readonly string[],
): number {
  const cell = watchedValue(kept, until)
  const own = runs[scenarioIds.indexOf(until.scenario)]
  const [reference] = runs
  return own === null || own === undefined || reference === null ? Number.NaN : own[cell] - reference[cell]
}

async function collectRun(
  { plan, store, tables, count, listed }: Collection,
  { point, idOf, kept }: ValidPoint,
  task: { readonly scenario: number; readonly draw: number; readonly replication: number },
): Promise<Float64Array | null> {
  const id = idOf(task)
  const values = await store.read(id)
  if (values === null) {
    const aside = store.aside.get(id)
    count[aside === undefined ? 'missing' : 'aside'] += 1
    if (aside !== undefined && listed.length < MOST_LISTED) listed.push(aside)
    return null
  }
  const { draw, replication } = task
  const scenario = plan.source.scenarioIds[task.scenario]
  await tables.runs.add({ id, point, scenario, draw, replication, keys: kept.keys, dates: kept.dates, values })
  count.runs += 1
  return values
}

async function addSummary({ plan, tables }: Collection, { point, kept }: ValidPoint, summary: PointSummary): Promise<void> {
  for (const [scenario, id] of plan.source.scenarioIds.entries()) {
    for (const [series, key] of kept.keys.entries()) {
      for (const [k, date] of kept.dates.entries()) {
        const cell = summary.cell(scenario, series * kept.dates.length + k)
        await tables.summary.add({ point, scenario: id, date, key, n: cell.value.n, numbers: summaryNumbers(cell) })
      }
    }
  }
}

function summaryNumbers({ value, difference, varianceReduction }: CellSummary): Record<SummaryNumber, number> {
  const own = limitsOf(value)
  const change = difference === null ? null : limitsOf(difference)
  return {
    mean: value.mean,
    sd: value.sd,
    lower: own.lower,
    upper: own.upper,
    difference: difference?.mean ?? Number.NaN,
    difference_sd: difference?.sd ?? Number.NaN,
    difference_lower: change?.lower ?? Number.NaN,
    difference_upper: change?.upper ?? Number.NaN,
    variance_reduction: varianceReduction,
    variance_parameters: value.parameterVariance,
    variance_random: value.randomVariance,
    difference_variance_parameters: difference?.parameterVariance ?? Number.NaN,
    difference_variance_random: difference?.randomVariance ?? Number.NaN,
  }
}

function summaryJson({ plan, count, listed }: Collection, stopped: Collected['stopped']): string {
  const { design, scenarioIds } = plan.source
  const { runs, missing, aside } = count
  return `${JSON.stringify(
    {
      format: 'fairwait-sweep-summary',
      schemaVersion: 1,
      engine: plan.engine,
      design,
      reference: scenarioIds[0],
      scenarios: scenarioIds,
      runs: { planned: runCount(plan.source), collected: runs, missing, setAside: aside },
      replicationsStopped: stopped,
      setAside: listed,
    },
    null,
    2,
  )}\n`
}
