/** The study as a function of one number, which stands at one or several places of its file. */
import { InputError } from '../../errors.ts'
import { unknownName } from '../../scenario/messages.ts'
import { NO_POSITIONS } from '../../scenario/positions.ts'
import type { Study } from '../../scenario/study.ts'
import type { Design } from '../sweep/design.ts'
import { filePath, parsePath } from '../sweep/factor-path.ts'
import type { PlainBlock } from '../sweep/factor-path.ts'
import { studyMaker, sweepSource } from '../sweep/sweep-study.ts'
import { solveText } from './messages.ts'

/** What is varied, as the user asked for it. */
export interface VariedQuestion {
  /** The study as it stands, and its file as plain data, both with what the command line changed. */
  readonly study: Study
  readonly file: PlainBlock
  /** Places in the file that all take the value. */
  readonly paths: readonly string[]
  readonly scenario?: string | undefined
  readonly between?: readonly [number, number] | undefined
  /** Most replications, each of which takes a draw of its own where the study draws its parameters. */
  readonly mostReplications: number
}

/** A study for each value. */
export interface VariedStudy {
  readonly scenario: string
  readonly from: number
  readonly to: number
  /** Whether the study takes whole numbers only. */
  readonly isWhole: boolean
  /**
   * The study with the value in its places, and the index of the scenario in it.
   * @throws InputError for a value that is not allowed
   */
  at(value: number): Promise<{ readonly study: Study; readonly scenario: number }>
}

/** Bounds where the user gives none: nothing, and this many times what stands in the file. */
const DEFAULT_REACH = 4
/** Where between the bounds no round number lies. */
const UNEVEN = 0.3819660112501051

/** @throws InputError at the option that is wrong: paths, scenario, bounds, or values that the study could not hold */
export async function variedStudy(question: VariedQuestion): Promise<VariedStudy> {
  const { study, paths } = question
  const scenario = scenarioOf(question)
  const [from, to] = boundsOf(question)
  const make = await studiesOf(question, scenario, [from, to])
  const index = scenario === study.reference ? 0 : 1
  const at: VariedStudy['at'] = async (value) => ({ study: await make(paths.map(() => value)), scenario: index })
  return { scenario, from, to, isWhole: await takesWholeOnly(at, from, to), at }
}

function scenarioOf({ study, paths, scenario }: VariedQuestion): string {
  const known = study.scenarios.map(({ id }) => id)
  const named = paths.map((path) => parsePath(path)).find((path) => path?.[0] === 'scenarios')?.[1]
  const wanted = scenario ?? (typeof named === 'string' && known.includes(named) ? named : known.length === 1 ? known[0] : undefined)
  // A scenario misspelt in a path gets its message, with the nearest one, from the check of paths.
  if (wanted === undefined && named !== undefined) return study.reference
  if (wanted === undefined) throw new InputError({ path: '--scenario', message: solveText.whichScenario(known) })
  if (!known.includes(wanted)) throw new InputError({ path: '--scenario', message: unknownName('scenario', wanted, known) })
  return wanted
}

function boundsOf({ file, paths, between }: VariedQuestion): readonly [number, number] {
  if (between !== undefined) {
    if (!(between[0] < between[1])) throw new InputError({ path: '--between', message: solveText.reversed(...between) })
    return between
  }
  const written = paths.map((path) => filePath(parsePath(path) ?? []).reduce<unknown>(partOf, file))
  const largest = Math.max(...written.map((value) => (typeof value === 'number' ? value : 0)))
  if (largest > 0) return [0, DEFAULT_REACH * largest]
  throw new InputError({ path: '--between', message: solveText.noBounds(paths[0]) })
}

function partOf(node: unknown, part: string | number): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, part) ? (node as Record<string | number, unknown>)[part] : undefined
}

async function studiesOf(
  { study, file, paths, mostReplications }: VariedQuestion,
  scenario: string,
  bounds: readonly number[],
): Promise<(values: readonly number[]) => Promise<Study>> {
  const design: Design = {
    name: study.name,
    title: study.title,
    study: '',
    scenarios: [scenario],
    factors: paths.map((path) => ({ path, values: [...bounds] })),
    method: 'one-at-a-time',
    table: [],
    runs: 0,
    draws: study.draws > 0 ? mostReplications : 0,
    replications: 1,
    measures: [],
    specialties: [],
    dates: [],
    budget: { runs: 0, minutes: null },
    until: null,
  }
  try {
    return studyMaker(await sweepSource(design, file, study, NO_POSITIONS))
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(error.problems.map(({ path, message }) => ({ path: atOption(path), message })))
  }
}

/** `factors[1].values[0]` → `--between`; other problems of a factor → `--vary`. */
function atOption(path: string | undefined): string {
  if (path === undefined || !path.startsWith('factors')) return path ?? '--vary'
  return path.includes('.values') ? '--between' : '--vary'
}

/** Whether a value between the bounds is refused, and the whole number beside it is not. */
async function takesWholeOnly(at: VariedStudy['at'], from: number, to: number): Promise<boolean> {
  const uneven = from + (to - from) * UNEVEN
  try {
    await at(uneven)
    return false
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    await at(Math.round(uneven))
    return true
  }
}
