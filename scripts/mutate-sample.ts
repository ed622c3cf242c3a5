/**
 * `npm run mutate:sample -- [--folder NAME] [--seed S] [--mutants N] [--again]`: the share of mistakes that the specs of a
 * folder of the core notice, from mutants drawn by chance. The folder's mutants are put in an order of chance, the same for
 * a seed, and the first N held against all specs of the folder. What is on record (`output/mutants/`) is not run again, so
 * that a sample can grow; `--again` runs those that survived, or took too long, once more. The mutant is put in the text of
 * its file, and of specs only those run that meet it (`mutation/met-specs.ts`), until one fails.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { wilsonInterval } from '../src/measures/interval.ts'
import { fateOf, SpecProcess } from './mutation/hold.ts'
import { measureFolder, specsThatMeet, type MetSpec } from './mutation/met-specs.ts'
import { keyOf, MUTATED_FOLDERS, placesIn, rangeOf, shuffled, type MutatedFolder, type Place } from './mutation/places.ts'

const root = join(import.meta.dirname, '..')
const folderOfRecords = join(root, 'output', 'mutants')
const NOTICED = ['Killed']
/** A spec that takes too long may only be slower: seen by hand, or not noticed. */
const MISSED = ['Survived', 'NoCoverage', 'Timeout']
/** What trying again cannot change. */
const SETTLED = ['Killed', 'Ignored', 'RuntimeError', 'not made']

/** What became of each mutant, by its key. */
type Fates = Record<string, string>

const recordOf = (folder: MutatedFolder, seed: string): string => join(folderOfRecords, `${folder}-${seed}.json`)

function recorded(path: string): Fates {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Fates) : {}
}

/** The specs to try first: those that noticed others, then the shortest. */
function inOrder(specs: readonly MetSpec[], noticed: ReadonlyMap<string, number>): MetSpec[] {
  const promise = ({ file, index, cpuMs }: MetSpec): number => (1 + 5 * (noticed.get(`${file} #${index}`) ?? 0)) / (cpuMs + 20)
  return specs.toSorted((one, other) => promise(other) - promise(one))
}

/** Holds these mutants against all specs of the folder that meet them; what became of each is on record at once. */
async function tryMutants(folder: MutatedFolder, places: readonly Place[], path: string): Promise<void> {
  const specs = new SpecProcess()
  try {
    const measures = await measureFolder(folder, root, join(folderOfRecords, `${folder}-met.json`), specs)
    const noticed = new Map<string, number>()
    for (const [index, place] of places.entries()) {
      const { status, by, cpuMs } = await fateOf(specs, root, place, inOrder(specsThatMeet(place, root, measures), noticed))
      const spec = by.slice(0, by.indexOf(':'))
      noticed.set(spec, (noticed.get(spec) ?? 0) + 1)
      writeFileSync(path, `${JSON.stringify({ ...recorded(path), [keyOf(place)]: status }, null, 1)}\n`)
      process.stderr.write(`${index + 1}/${places.length} ${status} ${(cpuMs / 1000).toFixed(1)} s ${lineOf(place)}${by === '' ? '' : `  by ${by}`}\n`)
    }
  } finally {
    // A mutant without an end would outlive what it was asked by.
    specs.end()
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`

/** A line of the table, and one for every survivor. */
function describe(folder: MutatedFolder, seed: string, sample: readonly Place[], fates: Fates): string {
  const of = (names: readonly string[]): Place[] => sample.filter((place) => names.includes(fates[keyOf(place)]))
  const noticed = of(NOTICED).length
  const missed = of(MISSED)
  const counted = noticed + missed.length
  const { lower, upper } = wilsonInterval(noticed, counted)
  const head = `${folder}, seed ${seed}: ${noticed} of ${counted} noticed, ${percent(noticed / counted)} (95% interval ${percent(lower)} to ${percent(upper)}); ${sample.length - counted} of ${sample.length} drawn do not count`
  return [head, ...missed.map((place) => `  ${fates[keyOf(place)]} ${lineOf(place)}`)].join('\n')
}

const lineOf = (place: Place): string => `${rangeOf(place)} ${place.mutator}: ${original(place)}  =>  ${oneLine(place.replacement)}`

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
  if (toTry.length > 0) await tryMutants(folder, toTry, path)
  process.stdout.write(`${describe(folder, seed, sample, recorded(path))}\n`)
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
