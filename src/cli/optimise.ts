/** `fairwait optimise STUDY`: the best ways to split an envelope of money, as a front and as study files. */
import { availableParallelism } from 'node:os'
import { InvalidArgumentError, type Command } from 'commander'
import type { SearchSettings, SearchState } from '../experiment/analysis/evolve.ts'
import type { Solution } from '../experiment/analysis/pareto.ts'
import type { PointsOptions } from '../experiment/analysis/points.ts'
import { EVEN_RULE, generationProgress, OPTIMISE, POSITIVE_RULE, SENSITIVITY } from './analysis-messages.ts'
import { aboveZero, notEmpty, wholeNumber } from './analysis-options.ts'
import type { SplitProblem } from './optimise-search.ts'
import { interruptible } from './interrupt.ts'
import { progressLineOn, styleFor, type ProgressLine } from './terminal.ts'

/** Options as commander reads them. */
export interface OptimiseOptions {
  readonly objectives: readonly string[]
  readonly envelope?: number
  readonly levers?: readonly string[]
  readonly aim?: readonly string[]
  readonly meet?: readonly string[]
  readonly population: number
  readonly generations: number
  readonly random?: number
  readonly fresh: number
  readonly out?: string
  readonly resume?: true
  readonly seed?: string
  readonly replications?: number
  readonly weeks?: number
  readonly workers?: number
  readonly json?: true
  readonly quiet?: true
}

/** What a search found; all objectives are costs, on fresh replications. */
export interface OptimiseResult {
  readonly problem: SplitProblem
  readonly settings: SearchSettings
  /** Splits that none beats in the search, by rising first objective. */
  readonly front: readonly Solution[]
  /** Index of the knee. */
  readonly knee: number
  /** The study's scenarios, in its order. */
  readonly scenarios: readonly Solution[]
  /** Random splits that no other random one beats, and how many were tried; null where none were. */
  readonly random: { readonly tried: number; readonly best: readonly Solution[] } | null
  readonly evaluated: number
  readonly fresh: number
  readonly generations: number
  readonly path: string
  readonly out: string
}

/** Adds `optimise` to the program. */
export function register(program: Command): void {
  program
    .command('optimise')
    .summary(OPTIMISE.summary)
    .description(OPTIMISE.description)
    .argument('<study>', OPTIMISE.study)
    .option('--objectives <name...>', OPTIMISE.objectives, ['health', 'waiting', 'gap'])
    .option('--envelope <pounds>', OPTIMISE.envelope, aboveZero(POSITIVE_RULE))
    .option('--levers <id...>', OPTIMISE.levers)
    .option('--aim <codes...>', OPTIMISE.aim)
    .option('--meet <target...>', OPTIMISE.meet)
    .option('--population <n>', OPTIMISE.population, evenNumber, 24)
    .option('--generations <n>', OPTIMISE.generations, wholeNumber(1, 10_000), 15)
    .option('--random <n>', OPTIMISE.random, wholeNumber(1, 100_000))
    .option('--fresh <n>', OPTIMISE.fresh, wholeNumber(2, 1000), 4)
    .option('--out <dir>', OPTIMISE.out, notEmpty)
    .option('--resume', OPTIMISE.resume)
    .option('--seed <text>', SENSITIVITY.seed, notEmpty)
    .option('--replications <n>', SENSITIVITY.replications, wholeNumber(1, 10_000))
    .option('--weeks <n>', SENSITIVITY.weeks, wholeNumber(1, 1040))
    .option('--workers <n>', SENSITIVITY.workers, wholeNumber(1, 1024))
    .option('--json', SENSITIVITY.json)
    .option('--quiet', SENSITIVITY.quiet)
    .action(optimise)
}

async function optimise(path: string, options: OptimiseOptions): Promise<void> {
  const progress = progressLineOn(process.stderr, options.quiet !== true)
  let result: OptimiseResult
  try {
    result = await interruptible((signal) => searchStudy(path, options, progress, signal))
  } finally {
    progress.clear()
  }
  const { optimiseFiles, optimiseJson, optimiseLines } = await import('./optimise-output.ts')
  const { writeFiles } = await import('./analysis-setup.ts')
  const files = optimiseFiles(result)
  await writeFiles(result.out, files)
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(optimiseJson(result))}\n`
      : `${optimiseLines(result, Object.keys(files), styleFor(process.stdout, process.env)).join('\n')}\n`,
  )
}

async function searchStudy(path: string, options: OptimiseOptions, progress: ProgressLine, signal: AbortSignal): Promise<OptimiseResult> {
  const [{ optimiseSetup }, searching, setup, { kneeOf, meansOf, paretoFront }, { programmesOf }] = await Promise.all([
    import('./optimise-setup.ts'),
    import('./optimise-search.ts'),
    import('./analysis-setup.ts'),
    import('../experiment/analysis/pareto.ts'),
    import('../experiment/analysis/portfolio.ts'),
  ])
  const { problem, out } = await optimiseSetup(path, options)
  const settings = searching.settingsOf(problem, options.population)
  const { readSearch, searchFile } = await import('./optimise-state.ts')
  const saved = options.resume === true ? await readSearch(out, problem, settings) : null
  await setup.prepareFolder(out)
  const backend = setup.analysisBackend(options.workers ?? availableParallelism())
  const watch: PointsOptions = { signal }
  const count = problem.study.replications
  const evaluate = (points: readonly (readonly number[])[], first = 0, replications = count): Promise<Solution[]> =>
    searching.evaluateSplits(problem, points, { first, count: replications }, backend, watch)

  const state = await searching.search(problem, settings, options.generations, saved, evaluate, async (reached) => {
    progress.show(generationProgress(reached.generation, options.generations, paretoFront(reached.population).length))
    await setup.writeFiles(out, { 'search.json': searchFile(problem, reached) })
  })
  const random = options.random === undefined ? null : await randomSplits(settings, options.random, evaluate)
  const fresh = (points: readonly Solution[]): Promise<Solution[]> => evaluate(points.map(({ variables }) => variables), count, options.fresh)
  const front = (await fresh(distinctFront(state, problem))).toSorted((a, b) => meansOf(a)[0] - meansOf(b)[0])
  return {
    problem,
    settings,
    front,
    knee: kneeOf(front.map(meansOf)),
    scenarios: await searching.evaluateScenarios(problem, { first: count, count: options.fresh }, backend, watch),
    random: random === null ? null : { tried: random.length, best: await fresh(paretoFront(random)) },
    evaluated: settings.population * (state.generation + 1),
    fresh: options.fresh,
    generations: state.generation,
    path,
    out,
  }

  /** Splits of the front that differ in what they buy. */
  function distinctFront({ population }: SearchState, { portfolio }: SplitProblem): Solution[] {
    const seen = new Set<string>()
    return paretoFront(population).filter(({ variables }) => {
      const bought = JSON.stringify(programmesOf(portfolio, variables))
      return !seen.has(bought) && seen.add(bought).size > 0
    })
  }
}

/** Splits drawn evenly, on the search's own replications. */
async function randomSplits(
  settings: SearchSettings,
  tried: number,
  evaluate: (points: readonly (readonly number[])[]) => Promise<Solution[]>,
): Promise<Solution[]> {
  const { firstPoints } = await import('../experiment/analysis/evolve.ts')
  return evaluate(firstPoints({ ...settings, seed: `${settings.seed} random`, population: tried }))
}

function evenNumber(value: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= 4 && number <= 1000 && number % 2 === 0)) throw new InvalidArgumentError(EVEN_RULE)
  return number
}
