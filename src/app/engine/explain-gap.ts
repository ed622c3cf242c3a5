/**
 * What makes the gap, from sampled runs:
 *
 *     study → its sampled likeness → coalitions of mechanisms, a worker on each → shares (`src/experiment/decompose/`)
 *
 * The numbers are those of `fairwait decompose` for the likeness, with the same date and `--max-runs`.
 */
import { decomposeGap, studyCatalogue } from '../../experiment/decompose/decompose.ts'
import { InputError } from '../../errors.ts'
import type { Backend } from '../../execution/types.ts'
import { MEASURES } from '../../measures/definitions.ts'
import { studySize } from '../../scenario/size.ts'
import type { Study } from '../../scenario/study.ts'
import { EXPLAINING, type GapExplanation, type GapQuestion } from '../contract.ts'
import { engineWords } from './messages.ts'
import { VISIBLE_GAP } from '../../measures/headline-measures.ts'

/** Most pathways of a run: at fewer, compiling and measuring take most of its time, so that little would be gained. */
const MOST_PATHWAYS = 150_000
/** Fractions to choose from: few, and known to whoever wants the same numbers from the command line. */
const SAMPLES = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002]

/**
 * The study as it is explained: a sample that depends on its size alone and not on the machine, few replications, and
 * no draws.
 */
export function sampledLikeness(study: Study): Study {
  const pathways = studySize(study).pathwaysPerRun / study.sample
  const most = SAMPLES.find((sample) => pathways * sample <= MOST_PATHWAYS) ?? SAMPLES[SAMPLES.length - 1]
  const sample = pathways <= MOST_PATHWAYS ? study.sample : Math.min(study.sample, most)
  return { ...study, sample, replications: EXPLAINING.replications, draws: 0 }
}

/** What an explanation needs. */
export interface ExplainRun {
  /** As {@link sampledLikeness} made it: the scenario and the reference. */
  readonly study: Study
  readonly question: GapQuestion
  /** Backends that run coalitions side by side. */
  readonly lanes: readonly Backend[]
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  /** Told after each coalition. */
  readonly onProgress: (runs: number, of: number, secondsLeft: number) => void
  readonly signal: AbortSignal
}

/**
 * Explains the gap.
 * @throws InputError where the study cannot be compiled, has no census on the date, or its gap is undefined in every run
 * @throws the signal's reason when it is aborted
 */
export async function explainGap({ study, question, lanes, now, onProgress, signal }: ExplainRun): Promise<GapExplanation> {
  const measure = MEASURES.find(({ id }) => id === VISIBLE_GAP)
  if (measure === undefined) throw new Error(`no measure ${VISIBLE_GAP}`)
  const dateIndex = studyCatalogue(study).dates.indexOf(question.date)
  if (dateIndex < 0) throw new InputError({ message: engineWords.noCensus(question.date) })
  const runsEach = study.replications * study.scenarios.length
  const maxRuns = EXPLAINING.mostCoalitions * runsEach
  const startedAt = now()
  const decomposition = await decomposeGap(study, { scenario: question.scenario, measure: VISIBLE_GAP, dateIndex, maxRuns }, lanes, {
    onProgress(done, total) {
      const secondsEach = (now() - startedAt) / 1000 / done
      onProgress(done * runsEach, total * runsEach, secondsEach * (total - done))
    },
    signal,
  })
  return { decomposition, measure, sample: study.sample, maxRuns }
}
