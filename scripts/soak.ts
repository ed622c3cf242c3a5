/**
 * `npm run soak -- --minutes N`: runs, sweeps, searches, reports, checks of files and the app's server, over and over in
 * one process, and the app in one page of a browser, to see whether memory, handles, threads, open files, or the page's
 * objects, elements, listeners and workers grow. Records what it saw in `bench/soak.json`. `--no-app` leaves out the browser.
 * Exit code 0: nothing grows; 1: something does, or a command failed; 2: wrong usage.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Page } from 'playwright-core'
import { heapAfterCollection } from '../test/app/screen/measure.ts'
import { startWhole, type WholeSite } from '../test/app/whole/site.ts'
import { isChromiumHere } from './chromium.ts'
import { openApp, roundOfApp, roundOfCommands } from './soak-round.ts'

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
  /** JavaScript's heap of the app's page, MB. Absent without a browser, like the rest. */
  readonly pageHeapMegabytes?: number
  /** Elements and texts that the page holds, in its document or out of it. */
  readonly pageNodes?: number
  readonly pageListeners?: number
  readonly pageWorkers?: number
  /** Memory of all processes of the browser, MB, what they share counted once. Told, not judged. */
  readonly browserMegabytes?: number
}

/** Rounds that come before anything is judged: code is loaded and compiled. */
const WARM_UP_ROUNDS = 3
/** Fewer cannot be judged. */
const LEAST_ROUNDS = WARM_UP_ROUNDS + 4
/** Growth from the first half of the rounds judged to the second that counts as none. */
const TOLERANCE = { heapMegabytes: 5, bufferMegabytes: 2, handles: 0, threads: 0, openFiles: 0, pageHeapMegabytes: 2, pageNodes: 100, pageListeners: 20, pageWorkers: 0 } as const

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** A worker that was told to end, and a socket that a client keeps for the next request, take a moment. */
const SETTLE_MILLISECONDS = 500

async function levels(page: Page | null): Promise<Levels> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS))
  collectGarbage()
  collectGarbage()
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage()
  return {
    heapMegabytes: megabytes(heapUsed),
    bufferMegabytes: megabytes(arrayBuffers),
    residentMegabytes: megabytes(rss),
    handles: process.getActiveResourcesInfo().length,
    threads: Number(/^Threads:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]),
    openFiles: readdirSync('/proc/self/fd').length,
    ...(page === null ? {} : await pageLevels(page)),
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e4) / 100

async function pageLevels(page: Page): Promise<Partial<Levels>> {
  const pageHeapMegabytes = megabytes(await heapAfterCollection(page))
  const session = await page.context().newCDPSession(page)
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  await session.detach()
  const browserMegabytes = megabytes(descendants(process.pid).reduce((bytes, pid) => bytes + proportionalBytes(pid), 0))
  return { pageHeapMegabytes, pageNodes: nodes, pageListeners: jsEventListeners, pageWorkers: page.workers().length, browserMegabytes }
}

/** Processes that a process started, and those that they did. */
function descendants(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) => contentOf(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number))
  return children.flatMap((child) => [child, ...descendants(child)])
}

const proportionalBytes = (pid: number): number => 1024 * Number(/^Pss:\s+(\d+)/m.exec(contentOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)

/** A process may end while it is looked at. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const most = (values: readonly number[]): number => Math.max(...values)

/** What comes and goes within a round, as connections that are kept for the next request do: judged by the most of it. */
const COMES_AND_GOES: readonly string[] = ['handles', 'threads', 'openFiles', 'pageWorkers']

/** What grew, in words; none where nothing did. */
function growth(rounds: readonly Levels[]): string[] {
  const judged = rounds.slice(WARM_UP_ROUNDS)
  const middle = Math.floor(judged.length / 2)
  const kinds = Object.keys(TOLERANCE) as (keyof typeof TOLERANCE)[]
  return kinds.flatMap((kind) => {
    const [before, after] = [judged.slice(0, middle), judged.slice(middle)].map((half) =>
      (COMES_AND_GOES.includes(kind) ? most : median)(half.map((each) => each[kind] ?? 0)),
    )
    return after - before > TOLERANCE[kind] ? [`${kind} grew from ${before} to ${after}`] : []
  })
}

/** What is recorded of the rounds so far. */
function recordOf(rounds: readonly Levels[], minutes: number, hasApp: boolean): object {
  return {
    date: new Date().toISOString().slice(0, 10),
    minutes: Math.round(minutes * 10) / 10,
    rounds: rounds.length,
    app: hasApp,
    node: process.version,
    processor: cpus()[0].model,
    processors: availableParallelism(),
    load: loadavg()[0],
    grown: growth(rounds),
    warmUpRounds: WARM_UP_ROUNDS,
    tolerance: TOLERANCE,
    levels: rounds,
  }
}

/** Rounds, until the time is over; the record is written after each, so that a soak that is stopped leaves one. */
async function soaked(minutes: number, record: string, site: WholeSite | null): Promise<readonly Levels[]> {
  const page = site === null ? null : await openApp(site)
  const folder = mkdtempSync(join(tmpdir(), 'fairwait-soak-'))
  const seen: Levels[] = []
  const start = performance.now()
  const minutesSoFar = (): number => (performance.now() - start) / 60_000
  try {
    while (minutesSoFar() < minutes || seen.length < LEAST_ROUNDS) {
      await roundOfCommands(folder)
      if (site !== null && page !== null) await roundOfApp(site, page, folder)
      seen.push(await levels(page))
      process.stdout.write(`${JSON.stringify(seen.at(-1))}\n`)
      if (seen.length >= LEAST_ROUNDS) writeFileSync(record, `${JSON.stringify(recordOf(seen, minutesSoFar(), site !== null), null, 1)}\n`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return seen
}

async function soak(): Promise<number> {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, record: { type: 'string', default: 'bench/soak.json' }, 'no-app': { type: 'boolean', default: false } } })
  const minutes = Number(values.minutes)
  if (!(minutes > 0) || process.platform !== 'linux') {
    process.stderr.write('--minutes must be above 0, and the soak counts threads and files as Linux tells them\n')
    return 2
  }
  if (!values['no-app'] && !isChromiumHere) {
    process.stderr.write('there is no Chromium here: --no-app leaves the app out\n')
    return 2
  }
  const site = values['no-app'] ? null : await startWhole('app')
  try {
    const seen = await soaked(minutes, values.record, site)
    const grown = growth(seen)
    process.stdout.write(`${seen.length} rounds: ${grown.length === 0 ? 'nothing grows' : grown.join('; ')}\n`)
    return grown.length === 0 ? 0 : 1
  } finally {
    await site?.close()
  }
}

process.exitCode = await soak()
