/** What the analyses on the command line share: measures and dates looked up, threads. */
import { readFile } from 'node:fs/promises'
import { parse as parseYaml } from 'yaml'
import { InputError } from '../errors.ts'
import { groupSeries } from '../measures/group-series.ts'
import type { SeriesCatalogue } from '../measures/types.ts'
import { unknownName } from '../scenario/messages.ts'
import type { PointsOptions, PointStudy } from '../experiment/analysis/points.ts'
import type { Study } from '../scenario/study.ts'
import { analysisProblems, pointsProgress } from './analysis-messages.ts'
import { onStandingLanes, type Lanes } from './standing-lanes.ts'
import type { AskedOf } from './stored-lanes.ts'
import type { ProgressLine } from './terminal.ts'

const SOURCE_EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js'

const THREAD_URL = new URL(`../../workers/analysis-thread.${SOURCE_EXTENSION}`, import.meta.url)

/**
 * Does work on threads that run points of a design, each a point at a time. They outlive a design: a search that tries
 * a few dozen points at a time would otherwise spend its time on starting them.
 * @throws InputError where the store is another engine's
 */
export function onAnalysisThreads<T>(where: Pick<Lanes, 'workers' | 'store'>, work: Parameters<typeof onStandingLanes<T>>[1]): Promise<T> {
  return onStandingLanes({ ...where, threadUrl: THREAD_URL, asked: askedOfPoint }, work)
}

/** Of a point's study, for lanes that run `createPointRunner`. */
const askedOfPoint = (point: Study): AskedOf => {
  const { wanted, ...study } = point as PointStudy
  return { study, wanted, isCut: true }
}

/**
 * A study file that has been read before, as plain data.
 * @throws InputError for one that comes with the package, which an analysis cannot write in relation to
 */
export async function readStudyDocument(path: string): Promise<Readonly<Record<string, unknown>>> {
  const source = await readFile(path, 'utf8').catch(() => {
    throw new InputError({ file: path, message: analysisProblems.notHere })
  })
  return parseYaml(source, { maxAliasCount: 100 }) as Record<string, unknown>
}

/** Which number of a run is asked for. */
export interface Wanted {
  readonly measure: string
  /** `all`, a deprivation group's id, or `gap`. */
  readonly group: string
  readonly specialty: string
  /** ISO date, or undefined for the end. */
  readonly date?: string | undefined
}

/**
 * Position of a value in a run's block, and the census date it stands for.
 * @throws InputError with the nearest valid name where there is no such series or date
 */
export function positionOf(catalogue: SeriesCatalogue, wanted: Wanted): { position: number; date: string } {
  const { keys, dates } = catalogue
  const { measure, group, specialty, date } = wanted
  const known = (of: (key: SeriesCatalogue['keys'][number]) => string): string[] => [...new Set(keys.map(of))]
  checkName('--measure', 'measure', measure, known((key) => key.measure))
  checkName('--specialty', 'specialty', specialty, known((key) => key.specialty))
  const series = groupSeries(catalogue, wanted)
  if (series < 0) throw new InputError({ path: '--group', message: analysisProblems.noSeries(measure, group, specialty) })
  const at = date === undefined ? dates.length - 1 : dates.findIndex((each) => each >= date)
  if (at < 0 || (date !== undefined && date < dates[0])) {
    throw new InputError({ path: '--date', message: analysisProblems.dateOutside(date ?? '', dates[0], dates[dates.length - 1]) })
  }
  return { position: series * dates.length + at, date: dates[at] }
}

/** @throws InputError for a name that is not among the valid ones */
export function checkName(option: string, kind: string, name: string, valid: readonly string[]): void {
  if (!valid.includes(name)) throw new InputError({ path: option, message: unknownName(kind, name, valid) })
}

/** Gap measures stand for a gap; others for everybody. */
export const defaultGroup = (measure: string): string => (measure.includes(':') ? 'gap' : 'all')

/** Progress on a terminal, and the signal. */
export function watched(progress: ProgressLine, signal: AbortSignal): PointsOptions {
  const start = performance.now()
  return {
    onProgress(done, total) {
      const secondsEach = (performance.now() - start) / 1000 / done
      progress.show(pointsProgress(done, total, secondsEach * (total - done)))
    },
    signal,
  }
}
