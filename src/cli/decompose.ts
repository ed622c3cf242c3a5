/** `fairwait decompose STUDY`: which mechanism makes the gap, and which changes it. */
import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import type { Decomposition } from '../experiment/decompose/types.ts'
import type { MeasureInfo, SeriesCatalogue } from '../measures/types.ts'
import type { Study } from '../scenario/study.ts'
import { coalitionProgress, dateOutside, DECOMPOSE } from './decompose-messages.ts'
import { withProgress } from './interrupt.ts'
import { isoDay, notEmpty, storeOption, wholeNumber } from './option-readers.ts'
import type { RunsCount } from './stored-lanes.ts'
import { styleFor, type ProgressLine } from './terminal.ts'

/** Options as commander reads them. */
interface DecomposeCommandOptions {
  readonly scenario?: string
  readonly measure: string
  readonly index: string
  readonly date?: string
  readonly maxRuns?: number
  readonly out?: string
  readonly store?: string
  readonly seed?: string
  readonly replications?: number
  readonly weeks?: number
  readonly workers?: number
  readonly json?: true
  readonly quiet?: true
}

/** A decomposition and what it is printed with. */
export interface Decomposed {
  readonly study: Study
  readonly info: MeasureInfo
  readonly decomposition: Decomposition
  /** Runs simulated, and runs found in a store; null without a store. */
  readonly runs: Readonly<RunsCount> | null
  readonly seconds: number
}

/** Adds `decompose` to the program. */
export function register(program: Command): void {
  program
    .command('decompose')
    .summary(DECOMPOSE.summary)
    .description(DECOMPOSE.description)
    .argument('<study>', DECOMPOSE.study)
    .option('--scenario <id>', DECOMPOSE.scenario, notEmpty)
    .option('--measure <id>', DECOMPOSE.measure, 'within-18-weeks')
    .option('--index <id>', DECOMPOSE.index, 'slope-index')
    .option('--date <day>', DECOMPOSE.date, isoDay)
    .option('--max-runs <n>', DECOMPOSE.maxRuns, wholeNumber(1, 10_000_000))
    .option('--out <dir>', DECOMPOSE.out, notEmpty)
    .addOption(storeOption(DECOMPOSE.store))
    .option('--seed <text>', DECOMPOSE.seed, notEmpty)
    .option('--replications <n>', DECOMPOSE.replications, wholeNumber(1, 10_000))
    .option('--weeks <n>', DECOMPOSE.weeks, wholeNumber(1, 1040))
    .option('--workers <n>', DECOMPOSE.workers, wholeNumber(1, 1024))
    .option('--json', DECOMPOSE.json)
    .option('--quiet', DECOMPOSE.quiet)
    .action(decompose)
}

async function decompose(path: string, options: DecomposeCommandOptions): Promise<void> {
  const decomposed = await withProgress(options.quiet === true, (progress, signal) => explainStudy(path, options, progress, signal))
  const { decompositionJson, decompositionLines, writeDecomposition } = await import('./decompose-output.ts')
  if (options.out !== undefined) await writeDecomposition(decomposed, options.out)
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(decompositionJson(decomposed))}\n`
      : `${decompositionLines(decomposed, options.out ?? null, styleFor(process.stdout, process.env)).join('\n')}\n`,
  )
}

async function explainStudy(
  path: string,
  options: DecomposeCommandOptions,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<Decomposed> {
  const start = performance.now()
  const { loadStudy } = await import('./load-study.ts')
  const { study } = await loadStudy(path, {
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.replications !== undefined && { replications: options.replications }),
    ...(options.weeks !== undefined && { weeks: options.weeks }),
  })
  const { decomposeGap, gapPosition, studyCatalogue } = await import('../experiment/decompose/decompose.ts')
  const { onStandingLanes } = await import('./standing-lanes.ts')
  const info = await gapMeasure(options)
  const catalogue = studyCatalogue(study)
  const question = {
    scenario: await scenarioId(study, options.scenario),
    measure: info.id,
    dateIndex: await dateIndex(catalogue, options.date),
    maxRuns: options.maxRuns ?? null,
  }
  if (options.out !== undefined) {
    const { prepareFolder } = await import('./write-files.ts')
    await prepareFolder(options.out)
  }
  // A coalition is a study of its own: threads work on different ones, each alone, so that none waits for another.
  const wanted = [gapPosition(catalogue, question)]
  const where = { workers: options.workers ?? availableParallelism(), store: options.store }
  const began = performance.now()
  return onStandingLanes({ ...where, asked: (coalition) => ({ study: coalition, wanted, isCut: false }) }, async (lanes, runs) => {
    const decomposition = await decomposeGap(study, question, lanes, {
      onProgress(done, total) {
        const secondsEach = (performance.now() - began) / 1000 / done
        progress.show(coalitionProgress(done, total, secondsEach * (total - done)))
      },
      signal,
    })
    return { study, info, decomposition, runs, seconds: (performance.now() - start) / 1000 }
  })
}

async function gapMeasure({ measure, index }: DecomposeCommandOptions): Promise<MeasureInfo> {
  const { GAP_MEASURES, MEASURES } = await import('../measures/definitions.ts')
  const { GAP_INDICES } = await import('../measures/gaps.ts')
  await checkName('measure', measure, GAP_MEASURES)
  await checkName('index', index, GAP_INDICES)
  const info = MEASURES.find(({ id }) => id === `${index}:${measure}`)
  if (info === undefined) throw new Error(`no measure ${index}:${measure}`)
  return info
}

async function scenarioId(study: Study, wanted: string | undefined): Promise<string> {
  const ids = study.scenarios.map(({ id }) => id)
  await checkName('scenario', wanted ?? study.reference, ids)
  return wanted ?? study.reference
}

async function checkName(kind: string, name: string, valid: readonly string[]): Promise<void> {
  if (valid.includes(name)) return
  const { InputError } = await import('../errors.ts')
  const { unknownName } = await import('../scenario/messages.ts')
  throw new InputError({ message: unknownName(kind, name, valid) })
}

/** The last census without a day, else the first on or after it. */
async function dateIndex({ dates }: SeriesCatalogue, day: string | undefined): Promise<number> {
  if (day === undefined) return dates.length - 1
  const found = dates.findIndex((date) => date >= day)
  if (found >= 0 && day >= dates[0]) return found
  const { InputError } = await import('../errors.ts')
  throw new InputError({ message: dateOutside(day, dates[0], dates[dates.length - 1]) })
}
