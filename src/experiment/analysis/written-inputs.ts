/**
 * Inputs named by their place in the study file, as a sweep's factors are: any number that is written there.
 *
 *     place in the file → factors on what stands there → the file with those numbers → checked and resolved anew
 */
import { InputError } from '../../errors.ts'
import { NO_POSITIONS } from '../../scenario/positions.ts'
import type { Study } from '../../scenario/study.ts'
import type { Design } from '../sweep/design.ts'
import { filePath, parsePath } from '../sweep/factor-path.ts'
import type { PlainBlock } from '../sweep/factor-path.ts'
import { studyMaker, sweepSource } from '../sweep/sweep-study.ts'
import { factorsOf, namedInputs, NAMED, nameOf, refused, uncertainInputs } from './inputs.ts'
import type { AnalysisInput } from './inputs.ts'
import { inputGroups, separate } from './joint-inputs.ts'
import type { InputGroup } from './joint-inputs.ts'
import type { Substitution } from './points.ts'

/** What an analysis varies, and what the study becomes. */
export interface VariedInputs {
  readonly inputs: readonly AnalysisInput[]
  /** Which of them are drawn together. */
  readonly groups: readonly InputGroup[]
  /**
   * The changes to the study that give the inputs these values, in their order.
   * @throws InputError where the values are not allowed together
   */
  readonly changesAt: (values: readonly number[]) => Promise<readonly Substitution[]>
}

/** Inputs that are the study's own distributions, with the correlations that it declares. */
export function distributionsOf(study: Study): VariedInputs {
  const inputs = uncertainInputs(study)
  return together(inputs, inputGroups(inputs.map(({ id }) => id), study.correlations))
}

const together = (inputs: readonly AnalysisInput[], groups: readonly InputGroup[]): VariedInputs => ({
  inputs,
  groups,
  changesAt: (values) => Promise.resolve(inputs.flatMap((input, index) => input.changesFor(values[index]))),
})

/**
 * Inputs as `--on` names them: ids of assumptions (see `namedInputs`) and places in the study file, such as
 * `scenarios.plan.invest[0].allocate.theta=0.5:2`.
 * @param file the study file as plain data, with what the command line changed
 * @throws InputError for what neither is, and for values that the study file could not hold
 */
export async function inputsOn(study: Study, file: PlainBlock, written: readonly string[]): Promise<VariedInputs> {
  const places = written.filter(isPlace)
  if (places.length === 0) return together(namedInputs(study, written), separate(written.length))
  const atPlaces = places.map((each) => placedInput(file, each))
  const make = await studiesOf(study, file, atPlaces)
  const named = namedInputs(study, written.filter((each) => !isPlace(each)))
  const inputs = [...atPlaces, ...named]
  return {
    inputs,
    groups: separate(inputs.length),
    async changesAt(values) {
      const whole = await make(atPlaces.map(({ base }, index) => base * values[index]))
      // Scenarios in the study's own order, which positions in it rest on.
      const scenarios = study.scenarios.map(({ id }) => whole.scenarios.find((scenario) => scenario.id === id))
      return [
        { path: [], value: { ...whole, scenarios, targets: study.targets } },
        ...named.flatMap((input, index) => input.changesFor(values[atPlaces.length + index])),
      ]
    },
  }
}

/** Whether a name is a place rather than an id: `lever.capacity.costPerAdmission` and `assumptions.dnaRate` are ids. */
function isPlace(written: string): boolean {
  const { id } = nameOf(written)
  return /[.[]/.test(id) && !id.startsWith('lever.')
}

interface PlacedInput extends AnalysisInput {
  readonly written: string
  /** The number that stands there. */
  readonly base: number
}

function placedInput(file: PlainBlock, written: string): PlacedInput {
  const { name, factors } = nameOf(written)
  const [low, high] = factorsOf(factors, written)
  const path = parsePath(name)
  if (path?.[0] === 'time') throw refused(written, NAMED.calendar)
  const base = path === null ? undefined : filePath(path).reduce<unknown>(partOf, file)
  // A place that is not there gets its message, with the nearest one, from the sweep's own check.
  if (base !== undefined && typeof base !== 'number') throw refused(written, NAMED.notANumber)
  if (base === 0) throw refused(written, NAMED.zero)
  return {
    id: name,
    kind: 'factor',
    written,
    base: base ?? Number.NaN,
    valueAt: (u) => low * (high / low) ** u,
    changesFor: () => [],
  }
}

function partOf(node: unknown, part: string | number): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, part) ? (node as Record<string | number, unknown>)[part] : undefined
}

/** Both ends, and a probability at which no factor is round, so that numbers that must be whole are refused at once. */
const TRIED = [0, 0.3819660112501051, 1]

/** The study with other numbers in those places; both ends and a number between are tried first. */
async function studiesOf(study: Study, file: PlainBlock, inputs: readonly PlacedInput[]): Promise<(values: readonly number[]) => Promise<Study>> {
  const factors = inputs.map((input) => ({
    path: input.id,
    values: Number.isNaN(input.base) ? [1] : TRIED.map((u) => input.base * input.valueAt(u)),
  }))
  const design: Design = {
    name: study.name,
    title: study.title,
    study: '',
    scenarios: [],
    factors,
    method: 'one-at-a-time',
    table: [],
    runs: 0,
    draws: 0,
    replications: study.replications,
    measures: [],
    specialties: [],
    dates: [],
    budget: { runs: 0, minutes: null },
    until: null,
  }
  try {
    const source = await sweepSource(design, file, study, NO_POSITIONS)
    const absent = inputs.find(({ base }) => Number.isNaN(base))
    if (absent !== undefined) throw refused(absent.written, NAMED.notWritten)
    return studyMaker(source)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(error.problems.map(({ path, message }) => ({ path: whoseProblem(path, inputs), message })))
  }
}

/** `factors[1].values[0]` → `--on` as it was written. */
function whoseProblem(path: string | undefined, inputs: readonly PlacedInput[]): string {
  const index = /^factors\[(\d+)\]/.exec(path ?? '')
  return index === null ? (path ?? '--on') : `--on ${inputs[Number(index[1])].written}`
}
