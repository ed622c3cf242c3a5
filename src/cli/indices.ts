/** `fairwait indices FILE.csv`: inequality indices of a table of groups. */
import { InvalidArgumentError, Option, type Command } from 'commander'
import type { IndexInterval } from '../measures/indices/intervals.ts'
import type { PrecisionSource } from '../measures/indices/standard-errors.ts'
import type { IndexKey, IndexTable, IndexValues, ValueType } from '../measures/indices/types.ts'
import type { GroupTable } from './indices-file.ts'
import { INDICES, RULES } from './indices-messages.ts'

const LEAST_REPETITIONS = 1000
const MOST_REPETITIONS = 1_000_000

/** Options as commander reads them. */
interface IndicesOptions {
  readonly valueType: ValueType
  readonly transform?: true
  readonly multiplier: number
  readonly confidence: number
  readonly repetitions: number
  readonly reference?: string
  readonly unordered?: true
  readonly json?: true
}

/** Everything that is printed about one file. */
export interface IndicesResult {
  readonly file: string
  readonly groups: GroupTable
  readonly table: IndexTable
  readonly values: IndexValues
  /** Null without standard errors. */
  readonly simulated: {
    readonly intervals: Partial<Record<IndexKey, IndexInterval>>
    readonly source: PrecisionSource
    readonly confidence: number
    readonly repetitions: number
  } | null
  /** Name of the best group in the direction of the multiplier. */
  readonly best: string
}

/** Adds the command. */
export function register(program: Command): void {
  program
    .command('indices')
    .summary(INDICES.summary)
    .description(INDICES.description)
    .argument('<file>', INDICES.file)
    .addOption(
      new Option('--value-type <type>', INDICES.valueType)
        .choices(['continuous', 'rate', 'proportion'])
        .default('continuous'),
    )
    .option('--transform', INDICES.transform)
    .option('--multiplier <n>', INDICES.multiplier, numberWhere((n) => n !== 0, RULES.multiplier), 1)
    .option('--confidence <level>', INDICES.confidence, numberWhere((n) => n > 0 && n < 1, RULES.confidence), 0.95)
    .option('--repetitions <n>', INDICES.repetitions, repetitionsOf, 100_000)
    .option('--reference <group>', INDICES.reference)
    .option('--unordered', INDICES.unordered)
    .option('--json', INDICES.json)
    .action(async (file: string, options: IndicesOptions) => {
      const result = await indicesOfFile(file, options)
      const { indicesJson, indicesText } = await import('./indices-output.ts')
      process.stdout.write(options.json === true ? indicesJson(result) : indicesText(result))
    })
}

function numberWhere(holds: (value: number) => boolean, rule: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (!Number.isFinite(value) || !holds(value)) throw new InvalidArgumentError(rule)
    return value
  }
}

function repetitionsOf(text: string): number {
  const value = /^\d+$/u.test(text) ? Number(text) : Number.NaN
  if (!(value >= LEAST_REPETITIONS && value <= MOST_REPETITIONS)) {
    throw new InvalidArgumentError(RULES.repetitions(LEAST_REPETITIONS, MOST_REPETITIONS))
  }
  return value
}

/**
 * Reads a file and calculates its indices.
 * @throws InputError with what is wrong with the file; UserError for a transform of continuous values
 */
export async function indicesOfFile(file: string, options: IndicesOptions): Promise<IndicesResult> {
  const { UserError } = await import('../errors.ts')
  const transform = options.transform === true
  const ordered = options.unordered !== true
  if (transform && options.valueType === 'continuous') throw new UserError(RULES.transform, 2)

  const { readGroupTable } = await import('./indices-file.ts')
  const groups = await readGroupTable(file, { valueType: options.valueType, transform, ordered })
  const table: IndexTable = {
    valueType: options.valueType,
    transform,
    multiplier: options.multiplier,
    ordered,
    reference: await referenceOf(options.reference, groups, ordered),
    population: groups.population,
    values: groups.values,
  }
  return calculated(file, groups, table, options)
}

/** Without a choice, the least deprived group; without order, none. */
async function referenceOf(
  name: string | undefined,
  { groups }: GroupTable,
  ordered: boolean,
): Promise<number | null> {
  if (name === undefined) return ordered ? groups.length - 1 : null
  const position = groups.indexOf(name.trim())
  if (position >= 0) return position
  const [{ InputError }, { nearest }, { PROBLEMS }] = await Promise.all([
    import('../errors.ts'),
    import('../scenario/suggest.ts'),
    import('./indices-messages.ts'),
  ])
  const names = groups.slice(0, 12).join(', ') + (groups.length > 12 ? ', …' : '')
  // Any one-letter name is one letter from any other.
  const near = name.length > 1 ? nearest(name, groups) : null
  throw new InputError({ path: '--reference', message: PROBLEMS.reference(name, near, names) })
}

async function calculated(
  file: string,
  groups: GroupTable,
  table: IndexTable,
  { confidence, repetitions }: IndicesOptions,
): Promise<IndicesResult> {
  const [{ bestValue, createIndexCalculator }, { standardErrorsOf }, { simulateIntervals }] = await Promise.all([
    import('../measures/indices/calculate.ts'),
    import('../measures/indices/standard-errors.ts'),
    import('../measures/indices/intervals.ts'),
  ])
  const precision = standardErrorsOf(table.valueType, table.population, table.values, groups.precision)
  const simulated =
    precision === null
      ? null
      : {
          intervals: simulateIntervals(table, precision.errors, { confidence, repetitions }),
          source: precision.source,
          confidence,
          repetitions,
        }
  const best = groups.groups[table.values.indexOf(bestValue(table.values, table.multiplier < 0 ? -1 : 1))]
  return { file, groups, table, values: createIndexCalculator(table)(table.values), simulated, best }
}
