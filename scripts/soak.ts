/**
 * `npm run soak -- --minutes N`: runs, sweeps, searches, reports, checks of files and the app's server, over and over in
 * one process, and the app in one page of a browser that another drives (`soak-browser.ts`), to see whether memory, handles,
 * threads, open files, or the page's objects, elements, listeners and workers grow. Records what it saw in `bench/soak.json`.
 * `--no-app` leaves out the browser.
 * Exit code 0: nothing grows; 1: something does, or a command failed; 2: wrong usage.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isChromiumHere } from './chromium.ts'
import { startBrowserWork, type BrowserWork, type PageLevels } from './soak-browser.ts'
import { bytesOfCodeSpaces, heapMegabytes, heapParts, megabytes, type HeapParts } from './soak-heap.ts'
import { roundOfCommands } from './soak-round.ts'

/** What is watched, after a collection of garbage; of the page only where there is a browser. */
interface Levels extends Partial<PageLevels> {
  /** JavaScript's heap, MB. */
  readonly heapMegabytes: number
  /** Of it, the spaces of compiled code, MB. Told, not judged: `held` of the record is the heap without any of it. */
  readonly codeSpacesMegabytes: number
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
/** Fewer cannot be judged. */
const LEAST_ROUNDS = WARM_UP_ROUNDS + 4
/** Growth of what the program holds, from the middle of the soak to its end, that counts as none, MB. */
const HELD_TOLERANCE = 2
/** Growth from the first half of the rounds judged to the second that counts as none. */
const TOLERANCE = { heapMegabytes: 5, bufferMegabytes: 2, handles: 0, threads: 0, openFiles: 0, pageHeapMegabytes: 2, pageNodes: 100, pageListeners: 20, pageWorkers: 0 } as const

/** A worker that was told to end, and a socket that a client keeps for the next request, take a moment. */
const SETTLE_MILLISECONDS = 500

async function levels(page: PageLevels | null): Promise<Levels> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS))
  const heap = heapMegabytes()
  const { arrayBuffers, rss } = process.memoryUsage()
  return {
    heapMegabytes: heap,
    codeSpacesMegabytes: megabytes(bytesOfCodeSpaces()),
    bufferMegabytes: megabytes(arrayBuffers),
    residentMegabytes: megabytes(rss),
    handles: process.getActiveResourcesInfo().length,
    threads: Number(/^Threads:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]),
    openFiles: readdirSync('/proc/self/fd').length,
    ...page,
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const most = (values: readonly number[]): number => Math.max(...values)

/** What comes and goes within a round, as connections that are kept for the next request do: judged by the most of it. */
const COMES_AND_GOES: readonly string[] = ['handles', 'threads', 'openFiles', 'pageWorkers']

/** What has been seen: levels after every round, and what the heap consisted of after some. */
interface Seen {
  readonly rounds: Levels[]
  readonly parts: Looked[]
}

/** What the heap consisted of after a round, by its number from 1. */
interface Looked extends HeapParts {
  readonly round: number
}

/** What grew, in words; none where nothing did. */
function growth({ rounds, parts }: Seen): string[] {
  const judged = rounds.slice(WARM_UP_ROUNDS)
  const middle = Math.floor(judged.length / 2)
  const kinds = Object.keys(TOLERANCE) as (keyof typeof TOLERANCE)[]
  const levelsGrown = kinds.flatMap((kind) => {
    const [before, after] = [judged.slice(0, middle), judged.slice(middle)].map((half) =>
      (COMES_AND_GOES.includes(kind) ? most : median)(half.map((each) => each[kind] ?? 0)),
    )
    return after - before > TOLERANCE[kind] ? [`${kind} grew from ${before} to ${after}`] : []
  })
  const [before, after] = parts.slice(-2).map(({ heldMegabytes }) => heldMegabytes)
  return after - before > HELD_TOLERANCE ? [...levelsGrown, `what is held grew from ${before} to ${after} MB`] : levelsGrown
}

/** What is recorded of the rounds so far. */
function recordOf(seen: Seen, minutes: number, hasApp: boolean): object {
  return {
    date: new Date().toISOString().slice(0, 10),
    minutes: Math.round(minutes * 10) / 10,
    rounds: seen.rounds.length,
    app: hasApp,
    node: process.version,
    processor: cpus()[0].model,
    processors: availableParallelism(),
    load: loadavg()[0],
    grown: growth(seen),
    warmUpRounds: WARM_UP_ROUNDS,
    tolerance: { ...TOLERANCE, heldMegabytes: HELD_TOLERANCE },
    held: seen.parts,
    levels: seen.rounds,
  }
}

/** Shares of the time at which the heap is looked at: when all is warm, in the middle, at the end. */
const LOOKS = [0, 0.5, 1]

/** Rounds, until the time is over; the record is written after each, so that a soak that is stopped leaves one. */
async function soaked(minutes: number, record: string, browser: BrowserWork | null): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'fairwait-soak-'))
  const seen: Seen = { rounds: [], parts: [] }
  const start = performance.now()
  const minutesSoFar = (): number => (performance.now() - start) / 60_000
  const { rounds, parts } = seen
  try {
    while (minutesSoFar() < minutes || rounds.length < LEAST_ROUNDS) {
      await roundOfCommands(folder)
      rounds.push(await levels(browser === null ? null : await browser.round()))
      if (rounds.length >= WARM_UP_ROUNDS + parts.length && minutesSoFar() >= LOOKS[parts.length] * minutes) parts.push({ round: rounds.length, ...(await heapParts()) })
      process.stdout.write(`${JSON.stringify({ ...rounds.at(-1), ...(parts.at(-1)?.round === rounds.length && parts.at(-1)) })}\n`)
      if (rounds.length >= LEAST_ROUNDS) writeFileSync(record, `${JSON.stringify(recordOf(seen, minutesSoFar(), browser !== null), null, 1)}\n`)
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
  const browser = values['no-app'] ? null : startBrowserWork()
  try {
    const seen = await soaked(minutes, values.record, browser)
    const grown = growth(seen)
    process.stdout.write(`${seen.rounds.length} rounds: ${grown.length === 0 ? 'nothing grows' : grown.join('; ')}\n`)
    return grown.length === 0 ? 0 : 1
  } finally {
    await browser?.end()
  }
}

process.exitCode = await soak()
