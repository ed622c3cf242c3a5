/** What is fuzzed: each reader of something from outside, the damaged inputs that it gets, and what it may do with them. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { parseDocument } from 'yaml'
import { bytesSource } from '../../src/baseline/byte-source.ts'
import { readRtt } from '../../src/baseline/read-rtt.ts'
import { validatePack } from '../../src/baseline/validate-pack.ts'
import { packOf } from '../../src/cli/find-pack.ts'
import { queuesOfCsv } from '../../src/cli/plan-file.ts'
import { UserError } from '../../src/errors.ts'
import { parseProfile } from '../../src/execution/cluster/profile.ts'
import { createTaskRunner } from '../../src/experiment/run-task.ts'
import { parseDesign } from '../../src/experiment/sweep/design.ts'
import { parsePath } from '../../src/experiment/sweep/factor-path.ts'
import { readDecomposition } from '../../src/report/decomposition.ts'
import { studyBaseline, type PackBaseline } from '../../src/scenario/baselines.ts'
import { compileFormula, FormulaError } from '../../src/scenario/formula.ts'
import { formulaSeries, NotFiniteError } from '../../src/scenario/formula-series.ts'
import { checkStudyData, parseStudy } from '../../src/scenario/parse.ts'
import { resolveStudy } from '../../src/scenario/resolve.ts'
import { studySize } from '../../src/scenario/size.ts'
import type { Positions } from '../../src/scenario/positions.ts'
import type { Study } from '../../src/scenario/study.ts'
import type { StudyFile } from '../../src/scenario/schema.ts'
import { csv, HEADER, monthRows } from '../baseline/rtt-csv.ts'
import { formulaText } from './formula-text.ts'
import { damagedBytes, damagedValues } from './mutate.ts'
import { twoGroupStudy } from '../two-group-study.ts'

/** A reader and the damaged inputs for it. */
export interface FuzzTarget {
  readonly name: string
  readonly cases: fc.Arbitrary<unknown>
  /** Share of all cases that go to this target: less where a case takes long. */
  readonly weight: number
  /** Inputs as they are before they are damaged: each must be read. */
  readonly good: readonly unknown[]
  /** Rejects with a refusal, or with what is wrong with the program. */
  read(input: unknown): Promise<unknown>
}

const scenarios = new URL('../../scenarios/', import.meta.url)
const textOf = (path: string): string => readFileSync(new URL(path, scenarios), 'utf8')
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const plain = (text: string): unknown => parseDocument(text).toJS() as unknown

/** Processor time that one case may take, seconds. Readers take milliseconds; the rest is for slow machines. */
const CASE_SECONDS = 10

/** A target that is told the type of its own cases. */
export function target<T>(name: string, weight: number, good: readonly T[], cases: fc.Arbitrary<T>, read: (input: T) => unknown): FuzzTarget {
  return { name, cases, weight, good, read: async (input) => read(input as T) }
}

/** Tries one case. Rejects with what is wrong with the program, not with the case. */
export const attempt = (of: FuzzTarget, input: unknown): Promise<void> => attempted(() => of.read(input))

const textual = (name: string, weight: number, good: readonly string[], read: (source: string) => unknown): FuzzTarget => {
  const bytes = good.map(bytesOf)
  return target(name, weight, bytes, damagedBytes(bytes), (input) => read(decoded(input)))
}

const binary = (name: string, weight: number, good: readonly Uint8Array[], read: (bytes: Uint8Array) => unknown): FuzzTarget =>
  target(name, weight, good, damagedBytes(good), read)

const structured = (name: string, weight: number, good: readonly unknown[], read: (data: unknown) => unknown): FuzzTarget =>
  target(name, weight, good, damagedValues(good), read)

/** Does what a case asks; a refusal in words is as good as success. */
async function attempted(read: () => unknown): Promise<void> {
  const before = process.cpuUsage()
  try {
    await read()
  } catch (error) {
    requireWords(error)
  }
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1e6
  if (seconds > CASE_SECONDS) throw new Error(`took ${seconds.toFixed(1)} seconds of the processor`)
  if ('polluted' in {}) throw new Error('every object has a new property')
}

/** A refusal says what is wrong: no stack, no object that was never written out, and not without end. */
function requireWords(error: unknown): void {
  if (!(error instanceof UserError)) throw error
  if (error.exitCode !== 3 && error.exitCode !== 1) throw new Error(`exit code ${error.exitCode}: ${error.message}`)
  requirePlain(error.message)
}

const LONGEST_MESSAGE = 20_000

/** @param text what a user is shown */
export function requirePlain(text: string): void {
  if (text.trim() === '') throw new Error('a message that says nothing')
  if (/\n\s+at .+:\d+:\d+/.test(text)) throw new Error(`a stack trace: ${text}`)
  if (/\[object \w+\]|function \w*\(|=> \{/.test(text)) throw new Error(`a value that was not written out: ${text}`)
  if (text.length > LONGEST_MESSAGE) throw new Error(`a message of ${text.length} characters: ${text.slice(0, 300)}`)
}


const STUDIES = readdirSync(fileURLToPath(scenarios)).filter((name) => name.endsWith('.yaml')).map(textOf)
const PACK_TEXT = textOf('baselines/QYG-2026-01.json')
const PACK: PackBaseline = { kind: 'pack', path: 'baselines/QYG-2026-01.json', sha256: '0'.repeat(64), pack: packOf(PACK_TEXT, 'pack') }
const nowhere: Positions = { file: 'fuzz', at: () => undefined }

const packCalled = (path: string): PackBaseline => {
  const code = /([A-Z0-9]+)-[^/]*$/.exec(path)?.[1] ?? 'QYG'
  return { ...PACK, path, pack: { ...PACK.pack, system: { ...PACK.pack.system, code } } }
}

/** Resolves a study whose packs are all the same one, under codes of their own. */
function resolved(file: StudyFile, positions: Positions): Study {
  const written = typeof file.baseline === 'object' && 'systems' in file.baseline ? file.baseline.systems : [file.baseline]
  const packs = new Map(written.flatMap((each) => (typeof each === 'string' ? [[each, packCalled(each)] as const] : [])))
  return resolveStudy(file, studyBaseline(file, packs), positions)
}

/** A laboratory case small enough to be run for every case that is accepted. */
const SMALL_STUDY = plain(twoGroupStudy({
  replications: 1,
  rest: `draws: 1
assumptions: { dnaRate: { dist: beta, mean: 0.074, sd: 0.01 } }
reference: base
scenarios:
  base: {}
  ahead:
    policy: { headStartWeeks: { deprivation: { 1: 6 } } }
    shocks: [{ kind: industrial-action, weeks: [2026-04-13], capacityLoss: 0.35 }]
    invest:
      - { lever: capacity, budget: { perYear: 250000, years: 1, rampWeeks: 2 }, allocate: { rule: proportionate, theta: 1.5 } }
`,
}))

/** Limits within which an accepted study is run: a good answer in a moment. */
const RUNNABLE = { steps: 60, runs: 8, pathwaysPerRun: 50_000, kernelBytes: 100_000_000 } as const

function runIfSmall(study: Study): void {
  const size = studySize(study)
  const keys = Object.keys(RUNNABLE) as (keyof typeof RUNNABLE)[]
  if (keys.some((key) => !(size[key] <= RUNNABLE[key]))) return
  const runner = createTaskRunner(study, () => 0)
  study.scenarios.forEach((_, scenario) => {
    const { values } = runner({ scenario, draw: 0, replication: 0 })
    if (values.some((value) => value === Infinity || value === -Infinity)) throw new Error('a run gave infinity')
  })
}

async function readStudy(text: string): Promise<void> {
  const { file, positions } = await parseStudy(text, 'fuzz.yaml')
  resolved(file, positions)
}

async function runStudyData(data: unknown): Promise<void> {
  runIfSmall(resolved(await checkStudyData(data, nowhere), nowhere))
}

const MONTH = csv([HEADER, ...monthRows(), ...monthRows({ code: 'C_130', name: 'Ophthalmology Service' })])
const QUEUES = 'specialty,clock_starts_per_week,capacity_per_week,waiting,mean_wait_weeks\nC_110,100,105,2500,18\nC_130,80,82,1500,14\n'

function readMonth(name: string, bytes: Uint8Array): Promise<unknown> {
  const hash = createHash('sha256')
  return readRtt(bytesSource(bytes), name, { update: (chunk) => void hash.update(chunk), digest: () => hash.digest('hex') })
}

async function readFormula(source: string): Promise<void> {
  try {
    const program = await compileFormula(source)
    const value = formulaSeries({ formula: source, program }, { start: '2026-02-01', weeks: 1040, stepDays: 7, warmUpWeeks: 0 } as Study['time'], new Map([['growth', 1.02]]))
    const values = typeof value === 'number' ? [value] : value
    if (!values.every((each) => Number.isFinite(each))) throw new Error(`${source} has a value that is no number`)
  } catch (error) {
    if (!(error instanceof FormulaError) && !(error instanceof NotFiniteError)) throw error
    requirePlain(error.message)
  }
}

const DECOMPOSITION = { format: 'fairwait-decomposition', schemaVersion: 1, mechanisms: [{ id: 'need', title: 'Need', shares: [0.1] }], scenario: 'base' }

const DESIGN = textOf('sweeps/slots-and-head-start.yaml')
const ZIPS = [zipSync({ 'month.csv': strToU8(MONTH) }), zipSync({ 'month.csv': [strToU8(MONTH), { level: 0 }] })]

/** Readers of one text, document or archive, in this process. */
export const READERS: readonly FuzzTarget[] = [
  textual('study text', 8, STUDIES, readStudy),
  structured('study values', 12, STUDIES.map(plain), (data) => readStudy(JSON.stringify(data))),
  structured('small study, run', 20, [SMALL_STUDY], runStudyData),
  target('formula', 20, ['1.02^year', 'if(week < 26, 1, growth)'], formulaText, readFormula),
  textual('design text', 6, [DESIGN], (source) => parseDesign(source, 'fuzz.yaml')),
  structured('design values', 6, [plain(DESIGN)], (data) => parseDesign(JSON.stringify(data), 'fuzz.yaml')),
  target('factor path', 6, ['scenarios.more.invest[0].allocate.theta'], fc.oneof(fc.string(), fc.stringMatching(/^[a-z[\].0-9"']{0,40}$/)), (path) => parsePath(path)),
  textual('pack text', 2, [PACK_TEXT], (source) => packOf(source, 'fuzz.json')),
  structured('pack values', 6, [PACK.pack], (data) => validatePack(data, 'fuzz.json')),
  binary('RTT CSV', 6, [bytesOf(MONTH)], (bytes) => readMonth('fuzz.csv', bytes)),
  binary('RTT ZIP', 6, ZIPS, (bytes) => readMonth('fuzz.zip', bytes)),
  textual('planning CSV', 4, [QUEUES], (source) => queuesOfCsv(source, 'fuzz.csv')),
  textual('cluster profile', 4, [textOf('clusters/example.yaml')], (source) => parseProfile(source, 'fuzz.yaml', 'slurm')),
  structured('decomposition', 2, [DECOMPOSITION], (data) => readDecomposition(JSON.stringify(data))),
]
