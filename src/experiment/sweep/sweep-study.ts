/**
 * A design and the study behind it: each point's study, checked and resolved like any other.
 */
import { InputError } from '../../errors.ts'
import type { Problem } from '../../errors.ts'
import { checkStudyFile } from '../../scenario/checks.ts'
import { problemsOf } from '../../scenario/issues.ts'
import { unknownName } from '../../scenario/messages.ts'
import { problemAt } from '../../scenario/positions.ts'
import type { DocumentPath, Positions } from '../../scenario/positions.ts'
import { inlineStudyBaseline, resolveStudy } from '../../scenario/resolve.ts'
import { studySchema } from '../../scenario/schema.ts'
import type { StudyFile } from '../../scenario/schema.ts'
import type { Study, StudyBaseline } from '../../scenario/study.ts'
import type { Design, FactorValue } from './design.ts'
import { canBeSet, filePath, knownPaths, parsePath, withValue } from './factor-path.ts'
import type { PlainBlock } from './factor-path.ts'
import { text } from './messages.ts'
import { designPoints } from './points.ts'
import type { Points } from './points.ts'

/** What a sweep runs. Plain JSON, so that any process can take it up. */
export interface SweepSource {
  readonly design: Design
  /** The study file, as plain data. */
  readonly file: PlainBlock
  /** Its baseline, resolved. */
  readonly baseline: StudyBaseline
  /** Deprivation groups of the baseline. */
  readonly groups: number
  /** The study's seed and scenarios as resolved, the reference first. */
  readonly seed: string
  readonly scenarioIds: readonly string[]
}

/** Makes the studies of a design's points. */
export interface SweepStudy {
  readonly points: Points
  /**
   * The study of a point: scenarios with the reference first, draws and replications as the design says.
   * @throws InputError where the point's values are not allowed together
   */
  at(point: number): Promise<Study>
}

/** Which settings of a study file the design takes over, and by which key. */
const OWNED: Readonly<Record<string, string>> = {
  replications: 'replications',
  draws: 'draws',
  reference: 'scenarios',
  schemaVersion: 'schemaVersion',
  name: 'name',
}

/**
 * What a sweep runs, from a design and the study that it names.
 * @param study the study as it stands, resolved
 * @param positions of the design, for messages
 * @throws InputError with every problem of paths, scenarios and values
 */
export async function sweepSource(
  design: Design,
  file: PlainBlock,
  study: Study,
  positions: Positions,
): Promise<SweepSource> {
  const known = study.scenarios.map(({ id }) => id)
  const problems = [
    ...design.scenarios.flatMap((id, index) =>
      known.includes(id) ? [] : [problemAt(positions, ['scenarios', index], unknownName('scenario', id, known))],
    ),
    ...factorPathProblems(design, file, study.baseline, positions),
    ...scenarioOfUntil(design, study, positions),
  ]
  if (problems.length > 0) throw new InputError(problems)
  const wanted = design.scenarios.length === 0 ? known : design.scenarios
  const others = known.filter((id) => id !== study.reference && wanted.includes(id))
  const source: SweepSource = {
    design,
    file,
    baseline: study.baseline,
    groups: study.assumptions.dnaRate.length,
    seed: study.seed,
    scenarioIds: [study.reference, ...others],
  }
  await checkValues(source, positions)
  return source
}

function scenarioOfUntil({ until, scenarios }: Design, study: Study, positions: Positions): Problem[] {
  if (until === null) return []
  const path = ['until', 'scenario']
  if (until.scenario === study.reference) return [problemAt(positions, path, text.untilReference)]
  const known = scenarios.length > 0 ? [...scenarios] : study.scenarios.map(({ id }) => id)
  return known.includes(until.scenario) ? [] : [problemAt(positions, path, unknownName('scenario', until.scenario, known))]
}

function factorPathProblems(design: Design, file: PlainBlock, baseline: StudyBaseline, positions: Positions): Problem[] {
  const parsed = design.factors.map(({ path }) => parsePath(path))
  return design.factors.flatMap(({ path: written }, index) => {
    const place: DocumentPath = ['factors', index, 'path']
    const path = parsed[index]
    if (path === null) return [problemAt(positions, place, text.badPath)]
    const owner = path.length === 1 ? OWNED[String(path[0])] : undefined
    if (owner !== undefined) return [problemAt(positions, place, text.designOwns(owner))]
    if (path[0] === 'baseline' && baseline.kind !== 'inline') return [problemAt(positions, place, text.packFactor)]
    if (!canBeSet(file, filePath(path))) return [problemAt(positions, place, text.unknownPath(written, knownPaths(file)))]
    const other = parsed.findIndex((each, k) => k < index && each !== null && isWithin(filePath(each), filePath(path)))
    return other < 0 ? [] : [problemAt(positions, place, text.samePlace(design.factors[other].path))]
  })
}

/** Whether one path leads into what the other holds, or to the same place. */
function isWithin(a: DocumentPath, b: DocumentPath): boolean {
  const shared = Math.min(a.length, b.length)
  return a.slice(0, shared).every((part, depth) => part === b[depth])
}

/** Most values of each factor that are tried before anything is run: the first, the last and some between. */
const MOST_TRIED = 20

/** Tries the values of each factor on the study as it stands, and the first point. */
async function checkValues(source: SweepSource, positions: Positions): Promise<void> {
  const { design } = source
  const make = studyMaker(source)
  const problems: Problem[] = []
  for (const [index, factor] of design.factors.entries()) {
    for (const value of valuesToTry(source, index)) {
      const values = design.factors.map((_, k) => (k === index ? value : null))
      const found = await problemsAt(() => make(values))
      const place = factor.values === undefined ? (factor.range === undefined ? [] : ['range']) : ['values', factor.values.indexOf(value)]
      problems.push(...found.map((problem) => valueProblem(source, positions, ['factors', index, ...place], problem, value)))
      if (found.length > 0) break
    }
  }
  if (problems.length > 0) throw new InputError(problems)
}

function valuesToTry({ design }: SweepSource, index: number): readonly FactorValue[] {
  const { values, range } = design.factors[index]
  const all = design.method === 'table' ? design.table.map((row) => row[index]) : (values ?? range ?? [])
  const different = [...new Set(all)]
  const step = Math.max(1, Math.ceil(different.length / MOST_TRIED))
  return different.filter((_, k) => k % step === 0 || k === different.length - 1)
}

async function problemsAt(make: () => Promise<Study>): Promise<readonly Problem[]> {
  try {
    await make()
    return []
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
}

/** A problem of the study that a factor's value made, told where the factor stands. */
function valueProblem(
  { design, file }: SweepSource,
  positions: Positions,
  place: DocumentPath,
  problem: Problem,
  value: FactorValue,
): Problem {
  const { path } = design.factors[Number(place[1])]
  const isUnknownKey = problem.message.startsWith('unknown key')
  return isUnknownKey
    ? problemAt(positions, ['factors', place[1], 'path'], text.unknownPath(path, knownPaths(file)))
    : problemAt(positions, place, text.atValue(path, value) + problem.message)
}

/** The studies of a design's points. */
export function sweepStudy(source: SweepSource): SweepStudy {
  const points = designPoints(source.design, source.seed)
  const make = studyMaker(source)
  return { points, at: (point) => make(points.at(point)) }
}

/** Makes the study of any values of the factors, in their order; null leaves the file's own. */
export function studyMaker(source: SweepSource): (values: readonly (FactorValue | null)[]) => Promise<Study> {
  const { design, scenarioIds } = source
  const [reference] = scenarioIds
  const paths = design.factors.map(({ path }) => filePath(parsePath(path) ?? []))
  const movesBaseline = paths.some(([first, second]) => first === 'baseline' || (first === 'time' && second === 'start'))
  return async (values) => {
    let data = source.file
    values.forEach((value, index) => {
      if (value !== null) data = withValue(data, paths[index], value, source.groups)
    })
    const file = await checkedFile(data)
    const { baseline } = file
    const own = movesBaseline && typeof baseline === 'object' ? inlineStudyBaseline(file, baseline) : source.baseline
    // A sweep moves dates and lengths about; money and shocks beyond a shorter horizon are left out.
    const study = resolveStudy({ ...file, reference }, own, NOWHERE, { datesMustFit: false })
    const scenarios = scenarioIds.map((id) => study.scenarios.find((scenario) => scenario.id === id) ?? study.scenarios[0])
    return { ...study, scenarios, targets: [], draws: design.draws, replications: design.replications }
  }
}

const NOWHERE: Positions = { file: null, at: () => undefined }

async function checkedFile(data: PlainBlock): Promise<StudyFile> {
  const result = await studySchema.safeParseAsync(data)
  if (!result.success) throw new InputError(problemsOf(result.error.issues, data, NOWHERE))
  const problems = checkStudyFile(result.data, NOWHERE)
  if (problems.length > 0) throw new InputError(problems)
  return result.data
}
