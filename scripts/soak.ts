/**
 * `npm run soak -- --minutes N`: runs, sweeps, reports, checks of files and the app's server, over and over in one
 * process, to see whether memory, handles, threads or open files grow. Records what it saw in `bench/soak.json`.
 * Exit code 0: nothing grows; 1: something does, or a command failed; 2: wrong usage.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { serveApp } from '../src/cli/app-server.ts'
import { main } from '../src/cli/main.ts'

/** What is watched, after a collection of garbage. */
interface Levels {
  /** JavaScript's heap, MB. */
  readonly heapMegabytes: number
  /** Buffers outside the heap, MB. */
  readonly bufferMegabytes: number
  /** Memory that the process holds, MB. Told, not judged: allocators keep pages. */
  readonly residentMegabytes: number
  /** What keeps the process alive: sockets, timers, ports. */
  readonly handles: number
  readonly threads: number
  readonly openFiles: number
}

/** Rounds that come before anything is judged: code is loaded and compiled. */
const WARM_UP_ROUNDS = 3
/** Growth from the first half of the rounds judged to the second, of medians, that counts as none. */
const TOLERANCE = { heapMegabytes: 5, bufferMegabytes: 2, handles: 0, threads: 0, openFiles: 0 } as const

const STUDY = `schemaVersion: 1
name: soak
baseline:
  name: Laboratory
  groups: [{ label: Most deprived, population: 50000 }, { label: Least deprived, population: 50000 }]
  specialties:
    - { code: T_001, name: Test, clockStartsPerWeek: [60, 60], waiting: { firstAppointment: [120, 120, 120], admission: [30, 30] }, firstAppointmentsPerWeek: 110, admissionsPerWeek: 25, admittedShare: 0.25 }
time: { start: 2026-04-06, weeks: 26 }
seed: soak
replications: 4
reference: base
scenarios: { base: {}, ahead: { policy: { headStartWeeks: { deprivation: { 1: 6 } } } } }
`
const DESIGN = `schemaVersion: 1
name: soak-sweep
study: study.yaml
method: latin-hypercube
runs: 8
measures: [waiting, within-18-weeks]
factors:
  - { path: "baseline.specialties[0].firstAppointmentsPerWeek", range: [100, 120] }
`

/** One round of mixed work; every round is the same work on new files. */
async function round(folder: string): Promise<void> {
  const at = (name: string): string => join(folder, name)
  writeFileSync(at('study.yaml'), STUDY)
  writeFileSync(at('design.yaml'), DESIGN)
  writeFileSync(at('wrong.yaml'), STUDY.replace('weeks: 26', 'weeks: many'))
  await commandEndsWith(0, ['run', at('study.yaml'), '--out', at('results'), '--workers', '2', '--quiet'])
  await commandEndsWith(0, ['sweep', at('design.yaml'), '--out', at('swept'), '--workers', '2', '--quiet'])
  await commandEndsWith(0, ['report', at('results')])
  await commandEndsWith(0, ['validate', at('study.yaml')])
  await commandEndsWith(3, ['validate', at('wrong.yaml')])
  await useServer(at('results'))
  for (const name of readdirSync(folder)) rmSync(at(name), { recursive: true })
}

async function commandEndsWith(expected: number, args: readonly string[]): Promise<void> {
  let said = ''
  const streams = [process.stdout, process.stderr]
  for (const stream of streams) Object.defineProperty(stream, 'write', { value: (text: unknown) => (said += String(text)) !== '', configurable: true })
  let code: number
  try {
    code = await main(args)
  } finally {
    for (const stream of streams) Reflect.deleteProperty(stream, 'write')
  }
  if (code !== expected) throw new Error(`"${args[0]}" ended with ${code}, not ${expected}:\n${said}`)
}

/** What a browser asks of the app's server, and some that no browser would. */
async function useServer(folder: string): Promise<void> {
  writeFileSync(join(folder, 'index.html'), '<p>page</p>')
  const server = await serveApp(folder, 0)
  try {
    for (let asked = 0; asked < 20; asked += 1) {
      for (const path of ['/', '/summary.json', '/report.html', '/nothing', '/..%2f..%2fetc/passwd']) await (await fetch(new URL(path, server.url))).arrayBuffer()
    }
  } finally {
    await server.close()
  }
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** A worker that was told to end, and a socket that a client keeps for the next request, take a moment. */
const SETTLE_MILLISECONDS = 500

async function levels(): Promise<Levels> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS))
  collectGarbage()
  collectGarbage()
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage()
  const megabytes = (bytes: number): number => Math.round(bytes / 1e4) / 100
  return {
    heapMegabytes: megabytes(heapUsed),
    bufferMegabytes: megabytes(arrayBuffers),
    residentMegabytes: megabytes(rss),
    handles: process.getActiveResourcesInfo().length,
    threads: Number(/^Threads:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]),
    openFiles: readdirSync('/proc/self/fd').length,
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

/** What grew, in words; none where nothing did. */
function growth(rounds: readonly Levels[]): string[] {
  const judged = rounds.slice(WARM_UP_ROUNDS)
  const middle = Math.floor(judged.length / 2)
  const kinds = Object.keys(TOLERANCE) as (keyof typeof TOLERANCE)[]
  return kinds.flatMap((kind) => {
    const [before, after] = [judged.slice(0, middle), judged.slice(middle)].map((half) => median(half.map((each) => each[kind])))
    return after - before > TOLERANCE[kind] ? [`${kind} grew from ${before} to ${after}`] : []
  })
}

async function soak(): Promise<number> {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, record: { type: 'string', default: 'bench/soak.json' } } })
  const minutes = Number(values.minutes)
  if (!(minutes > 0) || process.platform !== 'linux') {
    process.stderr.write('--minutes must be above 0, and the soak counts threads and files as Linux tells them\n')
    return 2
  }
  const start = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'fairwait-soak-'))
  const seen: Levels[] = []
  try {
    while ((performance.now() - start) / 60_000 < minutes) {
      await round(folder)
      seen.push(await levels())
      process.stdout.write(`${JSON.stringify(seen.at(-1))}\n`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  if (seen.length < WARM_UP_ROUNDS + 4) throw new Error(`${seen.length} rounds are too few to judge: give it more minutes`)
  const grown = growth(seen)
  const record = {
    date: new Date().toISOString().slice(0, 10),
    minutes: Math.round((performance.now() - start) / 6000) / 10,
    rounds: seen.length,
    node: process.version,
    processor: cpus()[0].model,
    processors: availableParallelism(),
    load: loadavg()[0],
    grown,
    warmUpRounds: WARM_UP_ROUNDS,
    tolerance: TOLERANCE,
    levels: seen,
  }
  writeFileSync(values.record, `${JSON.stringify(record, null, 1)}\n`)
  process.stdout.write(`${seen.length} rounds in ${record.minutes} minutes: ${grown.length === 0 ? 'nothing grows' : grown.join('; ')}\n`)
  return grown.length === 0 ? 0 : 1
}

process.exitCode = await soak()
