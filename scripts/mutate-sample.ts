/**
 * `npm run mutate:sample -- [--folder NAME] [--seed S] [--mutants N] [--again]`: the share of mistakes that the specs of a
 * folder of the core notice, from mutants drawn by chance. The folder's mutants are put in an order of chance, the same for
 * a seed, and the first N held against all specs of the folder. What is on record (`output/mutants/`) is not run again, so
 * that a sample can grow; `--again` runs those that survived, or took too long, once more. Unlike in
 * `npm run mutate`, a mutant that is met outside a spec counts too and is held against all of them: Stryker wakes others only
 * within a spec, too late for what a file of specs works out before its first, and would call them survivors.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { wilsonInterval } from '../src/measures/interval.ts'
import { keyOf, MUTATED_FOLDERS, placesIn, rangeOf, shuffled, type MutatedFolder, type Place } from './mutation/places.ts'

const root = join(import.meta.dirname, '..')
const folderOfRecords = join(root, 'output', 'mutants')
const NOTICED = ['Killed', 'Timeout']
const MISSED = ['Survived', 'NoCoverage']
/** What trying again cannot change. */
const SETTLED = ['Killed', 'Ignored', 'RuntimeError', 'not made']
/** A mutant that ends no loop counts as noticed, one on a busy machine must not: time beyond thrice what its specs took. */
const SLACK_MS = 120_000

/** What became of each mutant, by its key. */
type Fates = Record<string, string>

/** The part of Stryker's report that is read; positions count from 1. */
interface Report {
  readonly files: Record<string, { readonly mutants: readonly ReportedMutant[] }>
}

interface ReportedMutant {
  readonly location: { readonly start: { line: number; column: number }; readonly end: { line: number; column: number } }
  readonly mutatorName: string
  readonly replacement?: string
  readonly status: string
}

const recordOf = (folder: MutatedFolder, seed: string): string => join(folderOfRecords, `${folder}-${seed}.json`)

function recorded(path: string): Fates {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Fates) : {}
}

function placesOfReport(report: Report): [Place, string][] {
  const from0 = ({ line, column }: { line: number; column: number }) => ({ line: line - 1, column: column - 1 })
  return Object.entries(report.files).flatMap(([file, { mutants }]) =>
    mutants.map(({ location, mutatorName, replacement = '', status }): [Place, string] => [
      { file, start: from0(location.start), end: from0(location.end), mutator: mutatorName, replacement },
      status,
    ]),
  )
}

/** Has Stryker try these mutants against all specs of the folder. Throws when it does not come to an end. */
function tryMutants(folder: MutatedFolder, places: readonly Place[]): Fates {
  const settings = JSON.parse(readFileSync(join(root, 'stryker.config.json'), 'utf8')) as Record<string, unknown>
  const report = join(folderOfRecords, `${folder}-report.json`)
  const config = join(folderOfRecords, `${folder}-stryker.json`)
  const drawn = join(folderOfRecords, `${folder}-drawn.json`)
  const keys = places.map((place) => keyOf(place))
  writeFileSync(drawn, JSON.stringify(keys))
  writeFileSync(
    config,
    JSON.stringify({
      ...settings,
      $schema: undefined,
      mutate: [...new Set(places.map((place) => rangeOf(place)))],
      plugins: [...(settings['plugins'] as string[]), './scripts/mutation/drawn-checker.ts'],
      checkers: ['drawn'],
      vitest: { configFile: 'vitest.mutation.config.ts', related: false },
      tempDirName: `output/.stryker-${folder}`,
      reporters: ['progress-append-only', 'json'],
      jsonReporter: { fileName: report },
      ignoreStatic: false,
      timeoutMS: SLACK_MS,
      timeoutFactor: 3,
    }),
  )
  const env = { ...process.env, FAIRWAIT_DRAWN: drawn, FAIRWAIT_SPECS: `test/${folder}/**/*.test.ts` }
  const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
  const { status } = spawnSync(process.execPath, [stryker, 'run', config], { cwd: root, env, stdio: 'inherit' })
  if (status !== 0) throw new Error(`Stryker ended with code ${status}`)
  const fates = new Map(placesOfReport(JSON.parse(readFileSync(report, 'utf8')) as Report).map(([place, fate]) => [keyOf(place), fate]))
  return Object.fromEntries(keys.map((key) => [key, fates.get(key) ?? 'not made']))
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`

/** A line of the table, and one for every survivor. */
function describe(folder: MutatedFolder, seed: string, sample: readonly Place[], fates: Fates): string {
  const of = (names: readonly string[]): Place[] => sample.filter((place) => names.includes(fates[keyOf(place)]))
  const noticed = of(NOTICED).length
  const missed = of(MISSED)
  const counted = noticed + missed.length
  const late = of(['Timeout']).length
  const { lower, upper } = wilsonInterval(noticed, counted)
  const head = `${folder}, seed ${seed}: ${noticed} of ${counted} noticed (${late} by taking too long), ${percent(noticed / counted)} (95% interval ${percent(lower)} to ${percent(upper)}); ${sample.length - counted} of ${sample.length} drawn do not count`
  return [head, ...missed.map((place) => `  ${fates[keyOf(place)]} ${rangeOf(place)} ${place.mutator}: ${original(place)}  =>  ${oneLine(place.replacement)}`)].join('\n')
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 120)

function original({ file, start, end }: Place): string {
  const lines = readFileSync(join(root, file), 'utf8').split('\n').slice(start.line, end.line + 1)
  const last = lines.length - 1
  lines[last] = lines[last].slice(0, end.column)
  lines[0] = lines[0].slice(start.column)
  return oneLine(lines.join(' '))
}

async function sampleFolder(folder: MutatedFolder, seed: string, mutants: number, again: boolean): Promise<void> {
  const all = await placesIn(folder, root)
  const sample = shuffled(all, `${folder} ${seed}`).slice(0, mutants)
  const path = recordOf(folder, seed)
  const before = recorded(path)
  const toTry = sample.filter((place) => {
    const fate = before[keyOf(place)]
    return again ? fate !== undefined && !SETTLED.includes(fate) : fate === undefined
  })
  process.stdout.write(`${folder}: ${all.length} mutants, ${sample.length} drawn with seed ${seed}, ${toTry.length} to try\n`)
  const fates = { ...before, ...(toTry.length > 0 ? tryMutants(folder, toTry) : {}) }
  writeFileSync(path, `${JSON.stringify(fates, null, 1)}\n`)
  process.stdout.write(`${describe(folder, seed, sample, fates)}\n`)
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string' },
      seed: { type: 'string', default: '1' },
      mutants: { type: 'string', default: '130' },
      again: { type: 'boolean', default: false },
    },
  })
  const folders = MUTATED_FOLDERS.filter((folder) => values.folder === undefined || folder === values.folder)
  const mutants = Number(values.mutants)
  if (folders.length === 0 || !Number.isInteger(mutants) || mutants < 1) {
    process.stderr.write(`--folder is one of ${MUTATED_FOLDERS.join(', ')}; --mutants a whole number above 0\n`)
    return 2
  }
  mkdirSync(folderOfRecords, { recursive: true })
  for (const folder of folders) await sampleFolder(folder, values.seed, mutants, values.again)
  return 0
}

process.exitCode = await main()
