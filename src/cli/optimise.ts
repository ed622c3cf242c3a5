/** `fairwait optimise STUDY`: the best ways to split an envelope of money, as a front and as study files. */
import { availableParallelism } from 'node:os'
import { InvalidArgumentError, type Command } from 'commander'
import type { Backend } from '../execution/types.ts'
import type { Mix } from '../experiment/analysis/blends.ts'
import type { SearchSettings } from '../experiment/analysis/evolve.ts'
import type { Solution } from '../experiment/analysis/pareto.ts'
import { EVEN_RULE, generationProgress, OPTIMISE, POSITIVE_RULE, SENSITIVITY, SHARE_RULE } from './analysis-messages.ts'
import { aboveZero, notEmpty, storeOption, wholeNumber } from './option-readers.ts'
import type { SearchSoFar, SplitProblem } from './optimise-search.ts'
import { withProgress } from './interrupt.ts'
import type { RunsCount } from './stored-lanes.ts'
import { styleFor, type ProgressLine } from './terminal.ts'

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
  readonly store?: string
  readonly resume?: true
  readonly seed?: string
  readonly replications?: number
  readonly weeks?: number
  readonly sample?: number
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
  /** Random splits that no other random one beats in the mean, and how many were tried; null where none were. */
  readonly random: { readonly tried: number; readonly best: readonly Solution[] } | null
  readonly evaluated: number
  readonly fresh: number
  readonly generations: number
  /** Runs simulated, and runs found in a store; null without a store. */
  readonly runs: Readonly<RunsCount> | null
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
    .addOption(storeOption(SENSITIVITY.store))
    .option('--resume', OPTIMISE.resume)
    .option('--seed <text>', SENSITIVITY.seed, notEmpty)
    .option('--replications <n>', SENSITIVITY.replications, wholeNumber(1, 10_000))
    .option('--weeks <n>', SENSITIVITY.weeks, wholeNumber(1, 1040))
    .option('--sample <fraction>', OPTIMISE.sample, shareOf)
    .option('--workers <n>', SENSITIVITY.workers, wholeNumber(1, 1024))
    .option('--json', SENSITIVITY.json)
    .option('--quiet', SENSITIVITY.quiet)
    .action(optimise)
}

async function optimise(path: string, options: OptimiseOptions): Promise<void> {
  const result = await withProgress(options.quiet === true, (progress, signal) => searchStudy(path, options, progress, signal))
  const { optimiseFiles, optimiseJson, optimiseLines } = await import('./optimise-output.ts')
  const { writeFiles } = await import('./write-files.ts')
  const files = optimiseFiles(result)
  await writeFiles(result.out, files)
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(optimiseJson(result))}\n`
      : `${optimiseLines(result, Object.keys(files), styleFor(process.stdout, process.env)).join('\n')}\n`,
  )
}

async function searchStudy(path: string, options: OptimiseOptions, progress: ProgressLine, signal: AbortSignal): Promise<OptimiseResult> {
  const [{ optimiseSetup }, { settingsOf }, setup] = await Promise.all([
    import('./optimise-setup.ts'),
    import('./optimise-search.ts'),
    import('./analysis-setup.ts'),
  ])
  const { problem, out } = await optimiseSetup(path, options)
  const settings = settingsOf(problem, options.population)
  const { readSearch } = await import('./optimise-state.ts')
  const saved = options.resume === true ? await readSearch(out, problem, settings) : null
  await (await import('./write-files.ts')).prepareFolder(out)
  return setup.onAnalysisThreads({ workers: options.workers ?? availableParallelism(), store: options.store }, async (lanes, runs) => {
    const trying: Trying = { problem, settings, lanes, progress, signal, out }
    const reached = await searchOn(trying, options.generations, saved)
    return { ...(await checked(trying, reached, options)), generations: reached.state.generation, runs, path, out }
  })
}

/** What the parts of a search share. */
interface Trying {
  readonly problem: SplitProblem
  readonly settings: SearchSettings
  readonly lanes: readonly Backend[]
  readonly progress: ProgressLine
  readonly signal: AbortSignal
  readonly out: string
}

async function searchOn({ problem, settings, lanes, progress, signal, out }: Trying, generations: number, saved: SearchSoFar | null): Promise<SearchSoFar> {
  const [{ evaluateSplits, search }, { writeFiles }, { searchFile }, { paretoFront }] = await Promise.all([
    import('./optimise-search.ts'),
    import('./write-files.ts'),
    import('./optimise-state.ts'),
    import('../experiment/analysis/pareto.ts'),
  ])
  const effort = searchEffort(problem)
  const evaluate = (points: readonly (readonly number[])[]): Promise<Solution[]> => evaluateSplits(problem, points, effort, lanes, { signal })
  return search(problem, settings, generations, saved, evaluate, async (reached) => {
    progress.show(generationProgress(reached.state.generation, generations, paretoFront(reached.tried).length))
    await writeFiles(out, { 'search.json': searchFile(problem, reached) })
  })
}

/** The front and what it is compared with, on replications that the search has not seen. */
async function checked(
  { problem, settings, lanes, progress, signal }: Trying,
  reached: SearchSoFar,
  options: OptimiseOptions,
): Promise<Omit<OptimiseResult, 'generations' | 'runs' | 'path' | 'out'>> {
  const [{ evaluateScenarios, evaluateSplits, frontOf }, { pointsWatch }, { kneeOf, meansOf, sortedFronts, dominatesInMean }] = await Promise.all([
    import('./optimise-search.ts'),
    import('./analysis-setup.ts').then(({ watched }) => ({ pointsWatch: () => watched(progress, signal) })),
    import('../experiment/analysis/pareto.ts'),
  ])
  const effort = { first: problem.study.replications, count: options.fresh, sample: problem.study.sample }
  const fresh = (solutions: readonly Solution[]): Promise<Solution[]> =>
    evaluateSplits(problem, solutions.map(({ variables }) => variables), effort, lanes, pointsWatch())
  const found = frontOf(reached, settings.population * FRONT_PER_POPULATION)
  const blends = await blendsBeside(found, { problem, lanes, signal })
  const front = (await fresh(await distinct([...found, ...blends], problem))).toSorted((a, b) => meansOf(a)[0] - meansOf(b)[0])
  const scenarios = await evaluateScenarios(problem, effort, lanes, pointsWatch())
  const tried = options.random === undefined ? null : await evaluateSplits(problem, await randomSplits(settings, options.random), searchEffort(problem), lanes, pointsWatch())
  const best = tried === null ? [] : sortedFronts(tried, dominatesInMean)[0].map((index) => tried[index])
  return {
    problem,
    settings,
    front,
    knee: kneeOf(front.map(meansOf)),
    scenarios,
    random: tried === null ? null : { tried: tried.length, best: await fresh(best) },
    evaluated: reached.tried.length,
    fresh: options.fresh,
  }
}

/** Most splits of the front that are checked, for each of the population. */
const FRONT_PER_POPULATION = 2

/** Mixtures tried for each scenario of the study. */
const BLENDS = 8

/**
 * Mixtures of splits of the front that are better in the mean than a scenario with money that no split beats; on the
 * search's own replications, in the study's full sample, since what is left to gain beside a good scenario is small.
 */
async function blendsBeside(front: readonly Solution[], { problem, lanes, signal }: Pick<Trying, 'problem' | 'lanes' | 'signal'>): Promise<Solution[]> {
  const [{ evaluateScenarios, evaluateSplits }, { blendsAgainst }, { dominates, dominatesInMean }, { mixedPoint }] = await Promise.all([
    import('./optimise-search.ts'),
    import('../experiment/analysis/blends.ts'),
    import('../experiment/analysis/pareto.ts'),
    import('../experiment/analysis/portfolio.ts'),
  ])
  if (front.length < 2) return []
  const effort = { ...searchEffort(problem), sample: problem.study.sample }
  const splits = await evaluateSplits(problem, front.map(({ variables }) => variables), effort, lanes, { signal })
  const scenarios = await evaluateScenarios(problem, effort, lanes, { signal })
  const rivals = scenarios.filter((rival, index) => problem.study.scenarios[index].invest.length > 0 && !splits.some((split) => dominates(split, rival)))
  const mixed: Mix = (a, b, share) => mixedPoint(problem.portfolio, a, b, share)
  const tried = await evaluateSplits(problem, rivals.flatMap((rival) => blendsAgainst(splits, rival, BLENDS, mixed)), effort, lanes, { signal })
  return tried.filter((blend) => rivals.some((rival) => dominatesInMean(blend, rival)))
}

const searchEffort = ({ study, searchSample }: SplitProblem) => ({ first: 0, count: study.replications, sample: searchSample })

/** Splits that differ in what they buy. */
async function distinct(solutions: readonly Solution[], { portfolio }: SplitProblem): Promise<Solution[]> {
  const { programmesOf } = await import('../experiment/analysis/portfolio.ts')
  return [...new Map(solutions.map((each) => [JSON.stringify(programmesOf(portfolio, each.variables)), each])).values()]
}

/** Splits drawn evenly. */
async function randomSplits(settings: SearchSettings, tried: number): Promise<number[][]> {
  const { firstPoints } = await import('../experiment/analysis/evolve.ts')
  return firstPoints({ ...settings, seed: `${settings.seed} random`, population: tried })
}

function shareOf(value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!(number > 0 && number <= 1)) throw new InvalidArgumentError(SHARE_RULE)
  return number
}

function evenNumber(value: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= 4 && number <= 1000 && number % 2 === 0)) throw new InvalidArgumentError(EVEN_RULE)
  return number
}
