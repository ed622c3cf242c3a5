/**
 * Which mechanism makes the gap, and which made it change.
 *
 *     study → draws → mechanisms with a gradient → coalitions → runs → value of each coalition → Shapley shares
 *
 * A coalition of mechanisms is the study with the gradients of all other mechanisms taken out. Coalitions are
 * ordinary runs of the study, and share their random numbers, so that what differs between them is the gradients.
 */
import seedrandom from 'seedrandom'
import { InputError, UserError } from '../../errors.ts'
import type { Backend, Task } from '../../execution/types.ts'
import { buildCatalogue } from '../../measures/catalogue.ts'
import { equalityOf } from '../../measures/definitions.ts'
import { groupSeries } from '../../measures/group-series.ts'
import type { SeriesCatalogue } from '../../measures/types.ts'
import { compileScenario } from '../../model/compile/index.ts'
import type { Study } from '../../scenario/study.ts'
import { explain, type RunCoalitions } from './explain.ts'
import { flattenStudy, mechanismsWithGradient, studyOfDraw, type StudyOfDraw } from './flatten.ts'
import { MECHANISMS, type MechanismId } from './mechanisms.ts'
import { tooFewRuns, undefinedGap } from './messages.ts'
import { exactPlan, leastSampledCoalitions, sampledPlan, type ShapleyPlan } from './shapley.ts'
import type { Decomposition, DecompositionQuestion, Explanation } from './types.ts'

/** Mechanisms up to which all coalitions are run where nobody limits the runs. */
const MOST_EXACT_PLAYERS = 8
/** Least coalitions of a sample that nobody limits. */
const DEFAULT_COALITIONS = 2 ** MOST_EXACT_PLAYERS

/** How a decomposition is watched and stopped. */
export interface DecomposeOptions {
  /** Called as coalitions finish. */
  readonly onProgress?: (done: number, total: number) => void
  /** Aborting it rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/** The names and dates of a study's series, which every coalition shares. */
export function studyCatalogue(study: Study): SeriesCatalogue {
  return buildCatalogue(compileScenario(concreteOf(study), 0))
}

/**
 * Where a gap stands in a run's values.
 * @param measure of gaps, e.g. `slope-index:within-18-weeks`
 * @returns −1 where the study reports no such gap
 */
export function gapPosition(catalogue: SeriesCatalogue, { measure, dateIndex }: Pick<DecompositionQuestion, 'measure' | 'dateIndex'>): number {
  const series = groupSeries(catalogue, { measure, specialty: 'all', group: 'gap' })
  return series < 0 ? -1 : series * catalogue.dates.length + dateIndex
}

function concreteOf(study: Study): StudyOfDraw['concrete'] {
  return studyOfDraw(study, 0).concrete
}

/** Everything known before the first run. */
interface Prepared {
  readonly draws: readonly StudyOfDraw[]
  readonly players: readonly MechanismId[]
  readonly plan: ShapleyPlan
  /** Indices of the scenarios that are run: the one explained, and the reference where it is another. */
  readonly scenarios: readonly number[]
  /** Where the gap stands in a run's values. */
  readonly at: number
}

/** Values of the gap: by scenario, then by coalition, one per draw × replication. */
type GapValues = readonly ReadonlyMap<number, Float64Array>[]

/**
 * Decomposes a gap. The answer depends on study and question alone, not on the lanes.
 * @param lanes backends that run coalitions side by side; one thread each makes the best use of a machine
 * @throws InputError where the study cannot be compiled, or the gap is undefined in every run
 * @throws UserError where `maxRuns` is too small
 * @throws the signal's reason when it is aborted
 */
export async function decomposeGap(
  study: Study,
  question: DecompositionQuestion,
  lanes: readonly Backend[],
  options: DecomposeOptions = {},
): Promise<Decomposition> {
  options.signal?.throwIfAborted()
  const catalogue = studyCatalogue(study)
  const prepared = prepare(study, question, catalogue)
  const values = await runCoalitions(study, prepared, lanes, options)
  return answer(study, question, prepared, values, catalogue.dates[question.dateIndex])
}

function prepare(study: Study, question: DecompositionQuestion, catalogue: SeriesCatalogue): Prepared {
  const at = gapPosition(catalogue, question)
  const scenario = study.scenarios.findIndex(({ id }) => id === question.scenario)
  const reference = study.scenarios.findIndex(({ id }) => id === study.reference)
  if (at < 0 || scenario < 0) throw new Error(`nothing to decompose: ${question.scenario}, ${question.measure}`)
  const scenarios = scenario === reference ? [scenario] : [scenario, reference]
  const draws = Array.from({ length: Math.max(1, study.draws) }, (_, draw) => studyOfDraw(study, draw))
  const differing = new Set(draws.flatMap((each) => mechanismsWithGradient(each, scenarios)))
  const players = MECHANISMS.filter((mechanism) => differing.has(mechanism))
  const runsEach = draws.length * study.replications * scenarios.length
  const plan = planOf(players.length, question.maxRuns, runsEach, study.seed)
  return { draws, players, plan, scenarios, at }
}

/** All coalitions where they are affordable, else a sample of orders, which the study's seed decides. */
function planOf(players: number, maxRuns: number | null, runsEach: number, seed: string): ShapleyPlan {
  const least = leastSampledCoalitions(players)
  const most = maxRuns === null ? Math.max(DEFAULT_COALITIONS, least) : Math.floor(maxRuns / runsEach)
  if (2 ** players <= most) return exactPlan(players)
  const generator = seedrandom(JSON.stringify(['fairwait', 'decompose', seed]))
  const plan = sampledPlan(players, most, () => generator())
  if (plan === null) throw new UserError(tooFewRuns(maxRuns ?? 0, Math.min(least, 2 ** players) * runsEach), 2)
  return plan
}

/** Runs every coalition of the plan in every draw, lanes side by side. */
async function runCoalitions(
  study: Study,
  prepared: Prepared,
  lanes: readonly Backend[],
  { onProgress, signal }: DecomposeOptions,
): Promise<GapValues> {
  const { draws, plan, scenarios } = prepared
  const jobs = plan.coalitions.flatMap((mask) => [...draws.keys()].map((draw) => ({ mask, draw })))
  const values = scenarios.map(
    () => new Map(plan.coalitions.map((mask) => [mask, new Float64Array(draws.length * study.replications)])),
  )
  const stop = new AbortController()
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  let next = 0
  let done = 0
  const work = async (lane: Backend): Promise<void> => {
    while (next < jobs.length) {
      const { mask, draw } = jobs[next]
      next += 1
      await runCoalition(study, prepared, mask, draw, lane, values, either)
      done += 1
      onProgress?.(done, jobs.length)
    }
  }
  // The first failure stops the other lanes, and is the one reported.
  const failing = lanes.map((lane) =>
    work(lane).catch((error: unknown) => {
      stop.abort(error)
      throw error
    }),
  )
  await Promise.allSettled(failing)
  signal?.throwIfAborted()
  stop.signal.throwIfAborted()
  return values
}

async function runCoalition(
  study: Study,
  { draws, players, scenarios, at }: Prepared,
  mask: number,
  draw: number,
  lane: Backend,
  values: GapValues,
  signal: AbortSignal,
): Promise<void> {
  const flat = new Set(players.filter((_, player) => ((mask >> player) & 1) === 0))
  const tasks = Array.from({ length: study.replications }, (_, replication) =>
    scenarios.map((scenario): Task => ({ scenario, draw, replication })),
  ).flat()
  const place = draw * study.replications
  const into = scenarios.map((_, index) => values[index].get(mask))
  // Scenarios of a replication run once what they have in common.
  const together = Array.from({ length: study.replications }, (_, replication) =>
    scenarios.map((_scenario, index) => replication * scenarios.length + index),
  )
  await lane.run(
    flattenStudy(draws[draw], flat),
    tasks,
    (index, outcome) => {
      const target = into[index % scenarios.length]
      if (target !== undefined) target[place + tasks[index].replication] = outcome.values[at]
    },
    signal,
    together,
  )
}

function answer(
  study: Study,
  question: DecompositionQuestion,
  { players, plan, scenarios, draws }: Prepared,
  values: GapValues,
  date: string,
): Decomposition {
  const runs = draws.length * study.replications
  const defined = Array.from({ length: runs }, (_, run) => run).filter((run) =>
    values.every((byMask) => [...byMask.values()].every((each) => !Number.isNaN(each[run]))),
  )
  if (defined.length === 0) throw new InputError({ path: question.measure, message: undefinedGap(date) })
  const equality = equalityOf(question.measure) ?? 0
  const valueAt = (scenario: number, mask: number, run: number): number => values[scenario].get(mask)?.[run] ?? Number.NaN
  const gaps: RunCoalitions = defined.map((run) => (mask) => valueAt(0, mask, run) - equality)
  const changes: RunCoalitions = defined.map((run) => (mask) => valueAt(0, mask, run) - valueAt(1, mask, run))
  const explanations: Explanation[] = [explain('gap', players, plan, gaps)]
  if (scenarios.length > 1) explanations.push(explain('change', players, plan, changes))
  const named = (id: string): { id: string; title: string } => ({
    id,
    title: study.scenarios.find((scenario) => scenario.id === id)?.title ?? id,
  })
  return {
    scenario: named(question.scenario),
    reference: named(study.reference),
    measure: question.measure,
    date,
    method: plan.method,
    coalitions: plan.coalitions.length,
    orders: plan.method === 'sampled' ? plan.orders.length : 0,
    runs: plan.coalitions.length * runs * scenarios.length,
    replications: defined.length,
    leftOut: runs - defined.length,
    withoutGradient: MECHANISMS.filter((mechanism) => !players.includes(mechanism)),
    explanations,
  }
}
