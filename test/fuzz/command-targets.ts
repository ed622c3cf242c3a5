/** What is fuzzed through whole commands, in this process and a folder of their own: arguments, tables, results folders, sweeps. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { connectTasks, serveTasks } from '../../src/execution/protocol.ts'
import { readResults } from '../../src/results/read-folder.ts'
import { command } from '../captured-command.ts'
import { twoGroupStudy } from '../two-group-study.ts'
import { fixtureStudy, outcomeOf } from '../execution/fixture.ts'
import { folderTargets } from './folder-targets.ts'
import { damagedBytes, damagedValues, HOSTILE_TEXTS } from './mutate.ts'
import { savedTargets } from './saved-targets.ts'
import { statisticsTargets } from './statistics-targets.ts'
import { requirePlain, target, type FuzzTarget } from './targets.ts'

const EXIT_CODES = [0, 1, 2, 3, 4]
const UNEXPECTED = /unexpected|defect|please report/i

/** Runs a command, and requires an exit code that is promised, words without a stack, and no file half written. */
async function requireOrderly(args: readonly string[], folder: string): Promise<void> {
  const { code, text } = await command(args)
  if (!EXIT_CODES.includes(code)) throw new Error(`exit code ${code}: ${text}`)
  if (code === 1 && UNEXPECTED.test(text)) throw new Error(`a defect: ${text}`)
  if (code !== 0) requirePlain(text)
  const left = readdirSync(folder, { recursive: true }).map(String).filter((name) => /\.tmp$|\.partial|fairwait-(partial|sealed|old)/.test(name))
  if (left.length > 0) throw new Error(`half-written files are left: ${left.join(', ')}`)
}

/** Targets and the folder that they need; `remove` deletes it. */
export interface CommandTargets {
  readonly targets: readonly FuzzTarget[]
  remove(): void
}

const STUDY = twoGroupStudy({
  replications: 2,
  rest: 'reference: base\nscenarios: { base: {}, ahead: { policy: { headStartWeeks: { deprivation: { 1: 6 } } } } }\n',
})
const DESIGN = 'schemaVersion: 1\nname: small-sweep\nstudy: small.yaml\nmethod: grid\nmeasures: [waiting]\nfactors:\n  - { path: "baseline.specialties[0].firstAppointmentsPerWeek", values: [10, 12] }\n'
const GROUP_BYTES = new TextEncoder().encode('group,population,value,count\n1,1000,0.52,520\n2,1000,0.55,550\n3,1000,0.57,570\n4,1000,0.6,600\n5,1000,0.61,610\n')

/** Makes a results folder and a sweep, and the targets that damage them. */
export async function commandTargets(): Promise<CommandTargets> {
  const folder = mkdtempSync(join(tmpdir(), 'fairwait-fuzz-'))
  const at = (name: string): string => join(folder, name)
  writeFileSync(at('small.yaml'), STUDY)
  writeFileSync(at('design.yaml'), DESIGN)
  for (const args of [['run', at('small.yaml'), '--workers', '1', '--quiet', '--out', at('results')], ['sweep', at('design.yaml'), '--workers', '1', '--quiet', '--out', at('swept')]]) {
    const { code, text } = await command(args)
    if (code !== 0) throw new Error(text)
  }
  mkdirSync(at('empty'))
  const filesIn = (name: string): string[] => readdirSync(at(name), { recursive: true }).map(String).filter((file) => statSync(join(at(name), file)).isFile())
  const resultFiles = ['manifest.json', 'summary.json', 'series.parquet', 'differences.parquet', 'runs.parquet']
  const damagedFile = (from: string, files: readonly string[]) =>
    fc.oneof(...files.map((file) => damagedBytes([readFileSync(join(at(from), file))]).map((bytes) => ({ file, bytes }))))
  const manifest = JSON.parse(readFileSync(at('results/manifest.json'), 'utf8')) as unknown
  const readWith = (file: string, bytes: Uint8Array): Promise<unknown> =>
    readResults((name) => Promise.resolve(name === file ? bytes : new Uint8Array(readFileSync(join(at('results'), name)))))
  const targets = [
    target('arguments', 8, [['systems']], wrongArguments(folder), (args) => requireOrderly(args, folder)),
    target('indices CSV', 6, [GROUP_BYTES], damagedBytes([GROUP_BYTES]), (bytes) => {
      writeFileSync(at('groups.csv'), bytes)
      return requireOrderly(['indices', at('groups.csv'), '--repetitions', '100'], folder)
    }),
    target('results folder, a file', 8, [{ file: 'summary.json', bytes: readFileSync(at('results/summary.json')) }], damagedFile('results', resultFiles), ({ file, bytes }) => readWith(file, bytes)),
    target('results folder, manifest values', 6, [manifest], damagedValues([manifest]), (data) => readWith('manifest.json', new TextEncoder().encode(JSON.stringify(data)))),
    target('sweep folder, a file', 2, [{ file: 'sweep.json', bytes: readFileSync(at('swept/sweep.json')) }], damagedFile('swept', filesIn('swept').filter((name) => /sweep\.json|store/.test(name))), async ({ file, bytes }) => {
      rmSync(at('damaged'), { recursive: true, force: true })
      cpSync(at('swept'), at('damaged'), { recursive: true })
      writeFileSync(join(at('damaged'), file), bytes)
      await requireOrderly(['status', at('damaged')], folder)
    }),
    target('messages of threads', 6, [[{ kind: 'begin', id: 1, study: fixtureStudy() }]], fc.array(fc.oneof(fc.anything(), message), { maxLength: 6 }), exchange),
    ...statisticsTargets(folder, (args) => requireOrderly(args, folder)),
    ...folderTargets(folder, at('results'), (args) => requireOrderly(args, folder)),
    ...(await savedTargets(folder, (args) => requireOrderly(args, folder))),
  ]
  return { targets, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

const COMMANDS = ['run', 'sweep', 'status', 'collect', 'replay', 'expand', 'validate', 'assumptions', 'schema', 'systems', 'import', 'calibrate', 'backtest', 'indices', 'sensitivity', 'solve', 'optimise', 'decompose', 'report', 'reproduce', 'plan', 'migrate', 'help', '']
const OPTIONS = [
  '--out', '--scenario', '--baseline', '--seed', '--replications', '--weeks', '--sample', '--workers', '--store', '--check', '--json', '--quiet', '--dry-run', '--on', '--profile', '--tasks',
  '--draft', '--icb', '--england', '--all-icbs', '--area', '--until', '--from', '--to', '--refits', '--value-type', '--transform', '--multiplier', '--confidence', '--repetitions', '--reference',
  '--method', '--measure', '--group', '--date', '--runs', '--discover', '--vary', '--target', '--between', '--probability', '--precision', '--objectives', '--envelope', '--levers', '--population',
  '--generations', '--index', '--max-runs', '--resume', '--help', '--version', '-h', '--', '--no-open', '--port', '--wrong', '-x', '--out=', '--json=1',
]
const VALUES = ['1', '0', '-1', '1.5', '1e3', '99999999999', 'QYG', 'ENG', '2026-01', '2026-13', 'rate', 'slurm', 'base', 'waiting', 'gap', 'scenarios.ahead', 'morris', '7']

/** Arguments of every command that name no study that could be run, so that none of them takes long. */
function wrongArguments(folder: string): fc.Arbitrary<string[]> {
  const files = ['missing.yaml', 'design.yaml', 'groups.csv', 'empty', '.', '/dev/null', '/dev/zero', 'results/report.html', 'results/series.parquet', 'a\u0000b', 'x'.repeat(5000)]
  const inFolder = fc.constantFrom(...files.map((file) => (file.startsWith('/') ? file : join(folder, file))))
  const word = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...OPTIONS) },
    { weight: 2, arbitrary: fc.constantFrom(...VALUES) },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
    { weight: 2, arbitrary: inFolder },
  )
  const outside = ['--out', join(folder, 'out')]
  return fc
    .tuple(fc.constantFrom(...COMMANDS), fc.option(inFolder, { nil: null }), fc.array(word, { maxLength: 6 }))
    .map(([name, file, words]) => [...(name === 'import' ? ['import', 'rtt'] : [name]), ...(file === null ? [] : [file]), ...words, ...(TAKES_OUT.has(name) ? outside : [])])
}

const TAKES_OUT = new Set(['run', 'sweep', 'import', 'calibrate', 'backtest', 'sensitivity', 'solve', 'optimise', 'decompose', 'plan', 'migrate'])

/** Nearly what the protocol sends. */
const message = fc.record(
  { kind: fc.constantFrom('begin', 'run', 'done', 'outcome', 'failure', 'end'), id: fc.oneof(fc.nat(5), fc.anything()), study: fc.anything(), tasks: fc.anything(), outcomes: fc.anything(), error: fc.anything() },
  { requiredKeys: [] },
)

/** Both ends get every message; neither may throw where nobody could catch it. */
async function exchange(messages: readonly unknown[]): Promise<void> {
  const listeners: ((message: unknown) => void)[] = []
  const port = { postMessage: () => undefined, on: (_event: 'message', listener: (message: unknown) => void) => void listeners.push(listener) }
  serveTasks(port, () => outcomeOf)
  const client = connectTasks(port)
  const asked = client.begin(fixtureStudy()).catch(() => undefined)
  for (const each of messages) for (const listener of listeners) listener(each)
  client.fail(new Error('over'))
  await asked
}

