/**
 * The runs behind `fairwait solve`: on threads that stay, one value of the study after the other; from a store, where
 * there is one, whatever it holds.
 */
import { InputError } from '../errors.ts'
import type { Backend, Task } from '../execution/types.ts'
import { catalogueMaker } from '../experiment/sweep/point-runs.ts'
import { groupSeries } from '../measures/group-series.ts'
import { HEADLINE_MEASURES } from '../measures/headline-measures.ts'
import type { SeriesCatalogue } from '../measures/types.ts'
import type { Study, Target } from '../scenario/study.ts'
import { solveMessages } from './solve-messages.ts'
import { onStandingLanes } from './standing-lanes.ts'

/** What is taken of a run: the target's value, then those of {@link HEADLINE_MEASURES}; NaN where the study has no such series. */
export type TakenValues = Float64Array

/** Runs studies. */
export interface SolveRuns {
  /** Values by replication, from the first to before the last. A study that draws its parameters takes a draw for each. */
  values(study: Study, scenario: number, fromReplication: number, toReplication: number): Promise<TakenValues[]>
  /** Runs simulated, and runs found in the store. */
  readonly count: { readonly ran: number; readonly stored: number }
  /** ISO date of the census that is judged; empty before the first run. */
  readonly date: string
}

/**
 * Does work that runs studies.
 * @param workers threads
 * @param store folder of a run store; undefined for none
 */
export async function withSolveRuns<T>(
  target: Target,
  { workers, store, signal }: { readonly workers: number; readonly store: string | undefined; readonly signal: AbortSignal },
  work: (runs: SolveRuns) => Promise<T>,
): Promise<T> {
  const catalogueOf = catalogueMaker()
  const asked = (study: Study) => ({ study, wanted: takenOf(catalogueOf(study), target).positions.filter((position) => position >= 0), isCut: false })
  return onStandingLanes({ workers, store, asked }, (lanes, stored) => {
    let ran = 0
    let date = ''
    return work({
      get count() {
        return stored ?? { ran, stored: 0 }
      },
      get date() {
        return date
      },
      async values(study, scenario, fromReplication, toReplication) {
        const tasks = Array.from({ length: toReplication - fromReplication }, (_, index): Task => {
          const unit = fromReplication + index
          return study.draws > 0 ? { scenario, draw: unit, replication: 0 } : { scenario, draw: 0, replication: unit }
        })
        const taken = takenOf(catalogueOf(study), target)
        date = taken.date
        const values = await runOn(lanes, study, tasks, taken, signal)
        ran += tasks.length
        return values
      },
    })
  })
}

/** Where the values that are taken stand in a run. */
interface Taken {
  /** −1 for a series that the study does not report. */
  readonly positions: readonly number[]
  /** ISO date of the census that is judged. */
  readonly date: string
}

function takenOf(catalogue: SeriesCatalogue, target: Target): Taken {
  const { dates } = catalogue
  const date = dates.findIndex((each) => each >= target.by)
  if (date < 0) throw new InputError({ path: '--target', message: solveMessages.beyond(target.by, dates[dates.length - 1]) })
  const wanted = [target, ...HEADLINE_MEASURES.map((measure) => ({ measure, specialty: 'all', group: measure.includes(':') ? 'gap' : 'all' }))]
  const series = wanted.map((each) => groupSeries(catalogue, each))
  if (series[0] < 0) throw new InputError({ path: '--target', message: solveMessages.noSeries(target.measure, target.specialty) })
  return { positions: series.map((index) => (index < 0 ? -1 : index * dates.length + date)), date: dates[date] }
}

const take = (values: Float64Array, { positions }: Taken): TakenValues =>
  Float64Array.from(positions, (position) => (position < 0 ? Number.NaN : values[position]))

/** Runs tasks on threads, a share for each; outcomes in the order of tasks. */
async function runOn(lanes: readonly Backend[], study: Study, tasks: readonly Task[], taken: Taken, signal: AbortSignal): Promise<TakenValues[]> {
  const values: TakenValues[] = tasks.map(() => new Float64Array())
  await Promise.all(
    lanes.map(async (lane, number) => {
      const own = [...tasks.keys()].filter((index) => index % lanes.length === number)
      if (own.length === 0) return
      const onOutcome = (index: number, outcome: { readonly values: Float64Array }): void => {
        values[own[index]] = take(outcome.values, taken)
      }
      await lane.run(study, own.map((index) => tasks[index]), onOutcome, signal)
    }),
  )
  return values
}
