/** `fairwait sensitivity STUDY`: which uncertain parameters matter, where a target fails, and what knowing is worth. */
import { availableParallelism } from 'node:os'
import { InvalidArgumentError, type Command } from 'commander'
import type { Backend } from '../execution/types.ts'
import type { Discovery, Method, Sensitivity, ValueOfKnowing } from '../experiment/analysis/analyse.ts'
import type { AnalysisInput } from '../experiment/analysis/inputs.ts'
import type { InputGroup } from '../experiment/analysis/joint-inputs.ts'
import type { PointsOptions } from '../experiment/analysis/points.ts'
import type { VariedInputs } from '../experiment/analysis/written-inputs.ts'
import type { PlainBlock } from '../experiment/sweep/factor-path.ts'
import type { SeriesCatalogue } from '../measures/types.ts'
import type { Study } from '../scenario/study.ts'
import { METHOD_RULE, POSITIVE_RULE, SENSITIVITY } from './analysis-messages.ts'
import { aboveZero, isoDay, notEmpty, storeOption, wholeNumber } from './option-readers.ts'
import { withProgress } from './interrupt.ts'
import type { RunsCount } from './stored-lanes.ts'
import { styleFor, type ProgressLine } from './terminal.ts'

/** Options as commander reads them. */
interface SensitivityOptions {
  readonly method?: Method
  readonly on?: readonly string[]
  readonly measure: string
  readonly group?: string
  readonly specialty: string
  readonly date?: string
  readonly scenario?: string
  readonly runs?: number
  readonly valueOfInformation?: true
  readonly poundsPerQaly: number
  readonly discover?: string
  readonly out?: string
  readonly store?: string
  readonly seed?: string
  readonly replications?: number
  readonly weeks?: number
  readonly workers?: number
  readonly json?: true
  readonly quiet?: true
}

/** Everything that one call of the command found out; null for what was not asked. */
export interface SensitivityResult {
  readonly study: Study
  readonly inputs: readonly AnalysisInput[]
  /** Inputs that are correlated, together. */
  readonly groups: readonly InputGroup[]
  readonly scenario: string
  readonly measure: string
  readonly group: string
  readonly specialty: string
  readonly date: string
  readonly sensitivity: Sensitivity | null
  readonly value: (ValueOfKnowing & { readonly draws: number; readonly poundsPerQaly: number }) | null
  readonly discovery: Discovery | null
  /** Runs simulated, and runs found in a store; null without a store. */
  readonly runs: Readonly<RunsCount> | null
  readonly seconds: number
}

/** Points of a design where the user does not say. */
const DEFAULT_POINTS: Readonly<Record<Method, (varied: VariedInputs) => number>> = {
  sobol: ({ groups }) => 64 * (groups.length + 2),
  morris: ({ groups }) => 10 * (groups.length + 1),
  tornado: ({ inputs }) => 2 * inputs.length + 1,
}
const DEFAULT_DRAWS = 128
/** Fewest draws that a region, or the value of one parameter, can be read from. */
const LEAST_DRAWS = 40
/** What counts as health in the value of information: on the list and off it, so that a discharge is no gain. */
const HEALTH = ['qalys-lost-to-date', 'qalys-lost-off-list-to-date'] as const

/** Adds `sensitivity` to the program. */
export function register(program: Command): void {
  program
    .command('sensitivity')
    .summary(SENSITIVITY.summary)
    .description(SENSITIVITY.description)
    .argument('<study>', SENSITIVITY.study)
    .option('--method <name>', SENSITIVITY.method, methodOf)
    .option('--on <assumption...>', SENSITIVITY.on)
    .option('--measure <id>', SENSITIVITY.measure, 'within-18-weeks')
    .option('--group <id>', SENSITIVITY.group, notEmpty)
    .option('--specialty <code>', SENSITIVITY.specialty, 'all')
    .option('--date <day>', SENSITIVITY.date, isoDay)
    .option('--scenario <id>', SENSITIVITY.scenario, notEmpty)
    .option('--runs <n>', SENSITIVITY.runs, wholeNumber(3, 1_000_000))
    .option('--value-of-information', SENSITIVITY.valueOfInformation)
    .option('--pounds-per-qaly <n>', SENSITIVITY.poundsPerQaly, aboveZero(POSITIVE_RULE), 20_000)
    .option('--discover <target>', SENSITIVITY.discover, notEmpty)
    .option('--out <dir>', SENSITIVITY.out, notEmpty)
    .addOption(storeOption(SENSITIVITY.store))
    .option('--seed <text>', SENSITIVITY.seed, notEmpty)
    .option('--replications <n>', SENSITIVITY.replications, wholeNumber(1, 10_000))
    .option('--weeks <n>', SENSITIVITY.weeks, wholeNumber(1, 1040))
    .option('--workers <n>', SENSITIVITY.workers, wholeNumber(1, 1024))
    .option('--json', SENSITIVITY.json)
    .option('--quiet', SENSITIVITY.quiet)
    .action(sensitivity)
}

async function sensitivity(path: string, options: SensitivityOptions): Promise<void> {
  const result = await withProgress(options.quiet === true, (progress, signal) => analyseStudy(path, options, progress, signal))
  const { sensitivityFiles, sensitivityJson, sensitivityLines } = await import('./sensitivity-output.ts')
  const files = sensitivityFiles(result)
  if (options.out !== undefined) {
    const { writeFiles } = await import('./write-files.ts')
    await writeFiles(options.out, files)
  }
  const written = options.out === undefined ? null : { folder: options.out, files: Object.keys(files) }
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(sensitivityJson(result))}\n`
      : `${sensitivityLines(result, written, styleFor(process.stdout, process.env)).join('\n')}\n`,
  )
}

async function analyseStudy(
  path: string,
  options: SensitivityOptions,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<SensitivityResult> {
  const start = performance.now()
  const { loadStudy } = await import('./load-study.ts')
  const { study } = await loadStudy(path, {
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.replications !== undefined && { replications: options.replications }),
    ...(options.weeks !== undefined && { weeks: options.weeks }),
  })
  const setup = await import('./analysis-setup.ts')
  const { catalogueOf } = await import('../experiment/analysis/points.ts')
  const scenario = options.scenario ?? study.reference
  setup.checkName('--scenario', 'scenario', scenario, study.scenarios.map(({ id }) => id))
  const varied = await inputsOf(path, study, options)
  const catalogue = catalogueOf(study)
  const group = options.group ?? setup.defaultGroup(options.measure)
  const wanted = { measure: options.measure, group, specialty: options.specialty, date: options.date }
  const { position, date } = setup.positionOf(catalogue, wanted)
  const asked: Asked = { study, ...varied, scenario: study.scenarios.findIndex(({ id }) => id === scenario), catalogue, options }
  await checkPlan(asked)
  if (options.out !== undefined) await (await import('./write-files.ts')).prepareFolder(options.out)
  const where = { workers: options.workers ?? availableParallelism(), store: options.store }
  const analyses = await setup.onAnalysisThreads(where, async (lanes, runs) => {
    const run = { lanes, watch: () => setup.watched(progress, signal) }
    return {
      sensitivity: await sensitivityOf(asked, position, run),
      value: await valueOf(asked, run),
      discovery: await discoveryOf(asked, run),
      runs,
    }
  })
  const seconds = (performance.now() - start) / 1000
  const { inputs, groups } = varied
  return { study, inputs, groups, scenario, measure: options.measure, group, specialty: options.specialty, date, ...analyses, seconds }
}

interface Asked extends VariedInputs {
  readonly study: Study
  readonly scenario: number
  readonly catalogue: SeriesCatalogue
  readonly options: SensitivityOptions
}

interface Run {
  readonly lanes: readonly Backend[]
  readonly watch: () => PointsOptions
}

async function inputsOf(path: string, study: Study, options: SensitivityOptions): Promise<VariedInputs> {
  const [{ distributionsOf, inputsOn }, { InputError }, { analysisProblems }] = await Promise.all([
    import('../experiment/analysis/written-inputs.ts'),
    import('../errors.ts'),
    import('./analysis-messages.ts'),
  ])
  const varied = options.on === undefined ? distributionsOf(study) : await inputsOn(study, await plainFile(path, study), options.on)
  if (varied.inputs.length === 0) throw new InputError({ message: analysisProblems.nothingUncertain })
  return varied
}

/** The study file as plain data, with what the command line changed. */
async function plainFile(path: string, study: Study): Promise<PlainBlock> {
  const { readStudyDocument } = await import('./analysis-setup.ts')
  const document = await readStudyDocument(path)
  return { ...document, seed: study.seed, time: { ...(document['time'] as object), weeks: study.time.weeks } }
}

/** The method asked for; sobol unless draws are all that is asked for. */
function methodWanted({ method, valueOfInformation, discover }: SensitivityOptions): Method | null {
  return method ?? (valueOfInformation === true || discover !== undefined ? null : 'sobol')
}

/** Refuses, before anything is run, what could not be finished. */
async function checkPlan({ options, ...asked }: Asked): Promise<void> {
  const [{ leastPoints }, { MOST_INPUTS }, { InputError }, { analysisProblems }] = await Promise.all([
    import('../experiment/analysis/analyse.ts'),
    import('../experiment/analysis/sobol-indices.ts'),
    import('../errors.ts'),
    import('./analysis-messages.ts'),
  ])
  const { study, inputs } = asked
  const method = methodWanted(options)
  const draws = options.valueOfInformation === true || options.discover !== undefined
  const least = Math.max(method === null ? 0 : leastPoints(method, asked), draws ? LEAST_DRAWS : 0)
  const refuse = (path: string, message: string): never => {
    throw new InputError({ path, message })
  }
  if (options.runs !== undefined && options.runs < least) refuse('--runs', analysisProblems.tooFewRuns(options.runs, least))
  const most = method === 'sobol' ? MOST_INPUTS : 2 * MOST_INPUTS
  if (inputs.length > most) refuse('--method', analysisProblems.tooManyInputs(inputs.length, most))
  if (options.valueOfInformation === true && study.scenarios.length < 2) {
    refuse('--value-of-information', analysisProblems.oneScenario)
  }
  if (options.discover === undefined) return
  if (study.targets.length === 0) refuse('--discover', analysisProblems.noTargets)
  const { checkName } = await import('./analysis-setup.ts')
  checkName('--discover', 'target', options.discover, study.targets.map(({ id }) => id))
}

async function sensitivityOf({ options, ...asked }: Asked, position: number, run: Run): Promise<Sensitivity | null> {
  const method = methodWanted(options)
  if (method === null) return null
  const { analyse } = await import('../experiment/analysis/analyse.ts')
  const points = options.runs ?? DEFAULT_POINTS[method](asked)
  return definedOnly(() => analyse(method, { ...asked, position, points }, run.lanes, run.watch()))
}

async function valueOf({ study, inputs, groups, changesAt, catalogue, options }: Asked, run: Run): Promise<SensitivityResult['value']> {
  if (options.valueOfInformation !== true) return null
  const [{ valueKnowing }, { positionOf }] = await Promise.all([
    import('../experiment/analysis/analyse.ts'),
    import('./analysis-setup.ts'),
  ])
  const at = (measure: string): number => positionOf(catalogue, { measure, group: 'all', specialty: 'all' }).position
  const draws = options.runs ?? DEFAULT_DRAWS
  const { poundsPerQaly } = options
  const question = { study, inputs, groups, changesAt, draws, health: HEALTH.map(at), spend: at('spend-to-date'), poundsPerQaly }
  return { ...(await valueKnowing(question, run.lanes, run.watch())), draws, poundsPerQaly }
}

async function discoveryOf({ catalogue, options, ...asked }: Asked, run: Run): Promise<Discovery | null> {
  const target = asked.study.targets.find(({ id }) => id === options.discover)
  if (target === undefined) return null
  const [{ discover }, { positionOf }, { InputError }, { analysisProblems }] = await Promise.all([
    import('../experiment/analysis/analyse.ts'),
    import('./analysis-setup.ts'),
    import('../errors.ts'),
    import('./analysis-messages.ts'),
  ])
  if (target.by > catalogue.dates[catalogue.dates.length - 1]) {
    throw new InputError({ path: '--discover', message: analysisProblems.targetBeyond(target.id, target.by) })
  }
  const { measure, group, specialty, by } = target
  const { position } = positionOf(catalogue, { measure, group, specialty, date: by })
  const points = options.runs ?? DEFAULT_DRAWS
  return definedOnly(() => discover({ ...asked, position, points }, target, run.lanes, run.watch()))
}

/** An output that is undefined at some point is the user's choice of measure, not a defect. */
async function definedOnly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const [{ InputError }, { analysisProblems }] = await Promise.all([import('../errors.ts'), import('./analysis-messages.ts')])
    throw new InputError({ path: '--measure', message: analysisProblems.undefinedOutput(error.message) })
  }
}

function methodOf(value: string): Method {
  if (value === 'sobol' || value === 'morris' || value === 'tornado') return value
  throw new InvalidArgumentError(METHOD_RULE)
}
