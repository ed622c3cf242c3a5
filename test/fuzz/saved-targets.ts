/** What long work leaves to be gone on from, fuzzed: saved searches, submissions to a cluster, the stores of sweeps. */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { optimiseSetup } from '../../src/cli/optimise-setup.ts'
import { frontOf, search, settingsOf, type SplitProblem } from '../../src/cli/optimise-search.ts'
import { readSearch, searchFile } from '../../src/cli/optimise-state.ts'
import { nextPoints } from '../../src/experiment/analysis/evolve.ts'
import type { Solution } from '../../src/experiment/analysis/pareto.ts'
import { AHEAD_WITH_CAPACITY, twoGroupStudy } from '../two-group-study.ts'
import { damagedBytes, damagedValues } from './mutate.ts'
import { target, type FuzzTarget } from './targets.ts'

/** Runs a command and requires an orderly end. */
type Orderly = (args: readonly string[]) => Promise<void>

/** A file of a folder, and what it holds instead. */
interface DamagedFile {
  readonly file: string
  readonly bytes: Uint8Array
}

const bytesOf = (data: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(data))

/** One file of several, as bytes or, where it is JSON, as values. */
function damagedFile(folder: string, files: readonly string[]): fc.Arbitrary<DamagedFile> {
  return fc.oneof(
    ...files.flatMap((file) => {
      const good = new Uint8Array(readFileSync(join(folder, file)))
      const asBytes = damagedBytes([good]).map((bytes) => ({ file, bytes }))
      return [asBytes, ...valuesOf(file, good)]
    }),
  )
}

function valuesOf(file: string, good: Uint8Array): fc.Arbitrary<DamagedFile>[] {
  const text = new TextDecoder().decode(good)
  if (file.endsWith('.json')) return [damagedValues([JSON.parse(text)]).map((data) => ({ file, bytes: bytesOf(data) }))]
  if (!file.endsWith('.jsonl')) return []
  const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)
  return [damagedValues([lines]).map((data) => ({ file, bytes: new TextEncoder().encode(linesOf(data)) }))]
}

const linesOf = (data: unknown): string => (Array.isArray(data) ? data : [data]).map((line) => `${JSON.stringify(line)}\n`).join('')

/** The targets. @param folder that they may write to */
export async function savedTargets(folder: string, orderly: Orderly): Promise<FuzzTarget[]> {
  return [...(await searchTargets(folder, orderly)), ...(await clusterTargets(folder, orderly))]
}

const SEARCHED = twoGroupStudy({ name: 'searched', replications: 2, rest: AHEAD_WITH_CAPACITY })
const SEARCH = { objectives: ['waiting', 'gap'], population: 4, generations: 1, fresh: 2 } as const

async function searchTargets(folder: string, orderly: Orderly): Promise<FuzzTarget[]> {
  const at = (name: string): string => join(folder, name)
  writeFileSync(at('searched.yaml'), SEARCHED)
  const { problem } = await optimiseSetup(at('searched.yaml'), SEARCH)
  const settings = settingsOf(problem, SEARCH.population)
  const evaluate = (points: readonly (readonly number[])[]): Promise<Solution[]> => Promise.resolve(points.map((each) => madeUp(problem, each)))
  const good = new TextEncoder().encode(searchFile(problem, await search(problem, settings, 1, null, evaluate, () => Promise.resolve())))
  mkdirSync(at('searched'), { recursive: true })
  const given = (bytes: Uint8Array): string => {
    writeFileSync(at('searched/search.json'), bytes)
    return at('searched')
  }
  const values = damagedValues([JSON.parse(new TextDecoder().decode(good))]).map(bytesOf)
  const cases = fc.oneof({ weight: 2, arbitrary: values }, { weight: 1, arbitrary: damagedBytes([good]) })
  return [
    target('saved search', 12, [good], cases, async (bytes) => {
      const saved = await readSearch(given(bytes), problem, settings)
      requireWithin([...frontOf(saved, 2 * SEARCH.population).map(({ variables }) => variables), ...nextPoints(saved.state)], settings.variables)
    }),
    target('saved search, gone on from', 1, [good], cases, async (bytes) => {
      const saved = await readSearch(given(bytes), problem, settings)
      const { tried } = await search(problem, settings, saved.state.generation + 1, saved, evaluate, () => Promise.resolve())
      requireWithin(tried.map(({ variables }) => variables), settings.variables)
    }),
    target('optimise --resume', 1, [good], cases, async (bytes) => {
      const { population, generations, fresh } = SEARCH
      const options = { '--population': population, '--generations': generations, '--fresh': fresh, '--workers': 1, '--out': given(bytes) }
      await orderly(['optimise', at('searched.yaml'), '--objectives', ...SEARCH.objectives, '--resume', '--quiet', ...Object.entries(options).flat().map(String)])
    }),
  ]
}

/** What a split is said to come to: some smooth numbers, the second against the first. */
function madeUp({ study, objectives }: SplitProblem, variables: readonly number[]): Solution {
  const sum = variables.reduce((total, each) => total + each, 0)
  return { variables, objectives: objectives.map((_, k) => Array.from({ length: study.replications }, (__, each) => (k === 0 ? sum : variables[0] - sum) + each / 100)), violation: 0 }
}

/** A search that went on from what it should not have has points that are none of the unit cube. */
function requireWithin(points: readonly (readonly number[])[], variables: number): void {
  if (points.length === 0) throw new Error('a search without points')
  if (!points.every((point) => point.length === variables && point.every((each) => each >= 0 && each <= 1))) throw new Error('a point outside the unit cube')
}

/** Programs of Slurm that take everything and say where they were asked. */
const SBATCH = '#!/bin/sh\necho 7\n'
const squeue = (log: string): string => `#!/bin/sh\necho "$@" >> '${log}'\n`
/** Nothing but a job's number may come to be an argument of a program. */
const ASKED = /^(?:--noheader --jobs=\d+ --format=%T\n)*$/

const DESIGN = 'schemaVersion: 1\nname: shared-out\nstudy: small.yaml\nmethod: grid\nmeasures: [waiting]\nfactors:\n  - { path: "baseline.specialties[0].firstAppointmentsPerWeek", values: [10, 11, 12, 13, 14, 15] }\n'

async function clusterTargets(folder: string, orderly: Orderly): Promise<FuzzTarget[]> {
  const at = (name: string): string => join(folder, name)
  mkdirSync(at('slurm'))
  for (const [name, script] of [['sbatch', SBATCH], ['squeue', squeue(at('asked.txt'))]]) {
    writeFileSync(at(`slurm/${name}`), script)
    chmodSync(at(`slurm/${name}`), 0o755)
  }
  writeFileSync(at('shared-out.yaml'), DESIGN)
  const submit = (out: string): Promise<void> => withPath(at('slurm'), () => orderly(['sweep', at('shared-out.yaml'), '--on', 'slurm', '--tasks', '2', '--out', out]))
  const task = (out: string, number: number): Promise<void> => orderly(['sweep-task', out, '--submission', '1', '--task', String(number)])
  await submit(at('shared-out'))
  for (const number of [0, 1]) await task(at('shared-out'), number)
  const filesIn = readdirSync(at('shared-out'), { recursive: true }).map(String).filter((file) => statSync(join(at('shared-out'), file)).isFile())
  const files = (pattern: RegExp): fc.Arbitrary<DamagedFile> => damagedFile(at('shared-out'), filesIn.filter((file) => pattern.test(file)))
  const good = { file: 'cluster/1/submission.json', bytes: new Uint8Array(readFileSync(at('shared-out/cluster/1/submission.json'))) }
  const damaged = ({ file, bytes }: DamagedFile): string => {
    rmSync(at('damaged-share'), { recursive: true, force: true })
    cpSync(at('shared-out'), at('damaged-share'), { recursive: true })
    writeFileSync(join(at('damaged-share'), file), bytes)
    return at('damaged-share')
  }
  return [
    target('a share of a sweep', 8, [good], files(/submission\.json$/), (each) => task(damaged(each), 1)),
    target('a share, the sweep', 4, [good], files(/sweep\.json|jsonl$|parquet$/), (each) => task(damaged(each), 0)),
    target('submitting again', 3, [good], files(/cluster/), async (each) => {
      rmSync(at('asked.txt'), { force: true })
      await submit(damaged(each))
      const asked = existsSync(at('asked.txt')) ? readFileSync(at('asked.txt'), 'utf8') : ''
      if (!ASKED.test(asked)) throw new Error(`squeue was asked ${asked}`)
    }),
    target('collecting', 3, [good], files(/sweep\.json|jsonl$|parquet$/), (each) => orderly(['collect', damaged(each), '--complete', '--quiet'])),
  ]
}

async function withPath<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = process.env['PATH']
  process.env['PATH'] = path
  try {
    return await work()
  } finally {
    process.env['PATH'] = before
  }
}
