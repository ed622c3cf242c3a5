/** The tables of `docs/performance.md`, between markers, made from the record. */
import { filled, percent, section, table, verdict, whole } from './markdown.ts'
import type { AgainstRecord, AllocationRecord, BenchRecord, PeerRecord, PeersRecord } from './record.ts'
import type { LargeRecord, ProfileRecord, SizesRecord, ThreadsRecord, ThreadsSize } from './record.ts'
import type { Timing } from './statistics.ts'

/** Aims for a system; null for none. `linearity`: how far from 1 the cost of a pathway may be beside a tenth's. */
interface SizeLimits {
  readonly nanoseconds: number
  readonly gigabytes: number | null
  readonly linearity: number | null
}

/** Aims, which the page says are met or missed. */
const ICB_LIMIT: SizeLimits = { nanoseconds: 300, gigabytes: null, linearity: null }
const ENGLAND_LIMIT: SizeLimits = { nanoseconds: 200, gigabytes: 2, linearity: 0.15 }
const SIMPY_RATIO = 300
const LOOP_RATIO = 2
const THREADS_RATIO = 1.8
const NOT_PER_PATHWAY = 0.01

/**
 * The page with its tables made anew; what stands outside the markers is kept.
 * @throws Error where the page has no place for a part
 */
export function performancePage(page: string, record: BenchRecord): string {
  return Object.entries(sections(record)).reduce((text, [part, content]) => filled('docs/performance.md', text, part, content), page)
}

function sections(record: BenchRecord): Readonly<Record<Exclude<keyof BenchRecord, 'sweeps'>, string>> {
  return {
    peers: section(record.peers, peersTable),
    icb: section(record.icb, (sizes) => sizesTable(sizes, ICB_LIMIT)),
    england: section(record.england, (sizes) => sizesTable(sizes, ENGLAND_LIMIT)),
    mechanisms: section(record.mechanisms, (sizes) => sizesTable(sizes, ENGLAND_LIMIT)),
    threads: section(record.threads, threadsTable),
    allocation: section(record.allocation, allocationTable),
    profile: section(record.profile, profileTable),
    against: section(record.against, againstTable),
  }
}

function peersTable({ orders, tolerance, large }: PeersRecord): string {
  return [
    table(
      ['order', 'program', 'ns per pathway, median', 'least', 'repeats', 'beside Fairwait', 'aim'],
      orders.flatMap(peerRows),
    ),
    '',
    ...orders.map((order) => agreementLine(order, tolerance)),
    ...large.map(largeLine),
  ].join('\n')
}

function largeLine({ order, size, fairwait, loop }: LargeRecord): string {
  return `- ${order}, ${size} times the size, as large as a specialty of all England: C takes ${whole(loop.median)} ns a pathway, Fairwait ` +
    `${whole(fairwait.median)}, ${(fairwait.median / loop.median).toFixed(2)} times as long (${loop.repeats} repeats each).`
}

function peerRows({ order, fairwait, loop, simpy, simpyCollecting }: PeerRecord): string[][] {
  const row = (name: string, timing: Timing, ratio: string, aim: string): string[] =>
    [order, name, whole(timing.median), whole(timing.least), String(timing.repeats), ratio, aim]
  const rows = [row('Fairwait', fairwait, '', '')]
  if (loop !== null) {
    const times = fairwait.median / loop.median
    rows.push(row('C', loop, `Fairwait takes ${times.toFixed(2)} times as long`, verdict(times <= LOOP_RATIO, `at most ${LOOP_RATIO}`)))
  }
  for (const [name, timing] of [['SimPy, as it comes', simpyCollecting], ['SimPy, its collector off', simpy]] as const) {
    if (timing === null) continue
    const times = timing.median / fairwait.median
    rows.push(row(name, timing, `Fairwait is ${whole(times)} times as fast`, verdict(times >= SIMPY_RATIO, `at least ${SIMPY_RATIO}`)))
  }
  return rows
}

function agreementLine({ order, agreement }: PeerRecord, tolerance: number): string {
  const { replications, loopToTheCount, loopFurthest, simpyFurthest } = agreement
  const loop = loopToTheCount === null ? 'C not run' : loopToTheCount ? 'C agrees to the person' : `C within ${loopFurthest?.toFixed(1)} standard errors`
  const simpy = simpyFurthest === null ? 'SimPy not run' : `SimPy within ${simpyFurthest.toFixed(1)} standard errors`
  return `- ${order}: over ${replications} replications at a tenth of the size ${loop}; ${simpy} on every measure (${tolerance} would stop the benchmark).`
}

function sizesTable({ whole: full, tenth }: SizesRecord, limit: SizeLimits): string {
  const rows = [full, tenth].map((size) => [
    size.size === 1 ? size.name : `a tenth of ${size.name}`,
    size.pathways.toLocaleString('en-GB'),
    `${whole(size.kernel.median)} (${whole(size.kernel.least)}–${whole(size.kernel.greatest)})`,
    String(size.kernel.repeats),
    whole(size.task.median),
    `${(size.peakResidentBytes / 1e9).toFixed(2)} GB`,
  ])
  const growth = full.kernel.median / tenth.kernel.median
  const gigabytes = full.peakResidentBytes / 1e9
  return [
    table(['system', 'pathways', 'kernel, ns per pathway: median (range)', 'repeats', 'with measuring', 'peak memory'], rows),
    '',
    `- Kernel time: ${verdict(full.kernel.median < limit.nanoseconds, `below ${limit.nanoseconds} ns`)}${missedBy(full.kernel.median, limit.nanoseconds)}.`,
    ...(limit.gigabytes === null ? [] : [`- Memory: ${verdict(gigabytes <= limit.gigabytes, `at most ${limit.gigabytes} GB`)}.`]),
    `- Growth: a pathway of the whole takes ${growth.toFixed(2)} times as long as one of the tenth` +
      (limit.linearity === null ? '.' : `; ${verdict(Math.abs(growth - 1) <= limit.linearity, `within ${percent(limit.linearity)} of 1`)}.`),
  ].join('\n')
}

function threadsTable({ sizes }: ThreadsRecord): string {
  const rows = sizes.flatMap(({ replications, one, two }) =>
    [one, two].map((timing, index) => [
      whole(replications), String(index + 1), timing.median.toFixed(1), timing.least.toFixed(1), String(timing.repeats),
    ]),
  )
  return [table(['replications', 'threads', 'seconds, median', 'least', 'repeats'], rows), '', ...sizes.map(threadsLine)].join('\n')
}

/** How much faster two threads are, and what they cost. */
function threadsLine({ replications, one, two, processorOne, processorTwo }: ThreadsSize): string {
  const ratio = one.median / two.median
  const faster = `- ${replications} replications of one ICB: two threads are ${ratio.toFixed(2)} times as fast as one; ${verdict(ratio >= THREADS_RATIO, `at least ${THREADS_RATIO}`)}.`
  if (processorOne === undefined || processorTwo === undefined) return faster
  return `${faster} Processor time: ${processorOne.median.toFixed(1)} s with one thread, ${processorTwo.median.toFixed(1)} s with two, which both start, compile and warm up.`
}

function allocationTable({ runs, bytesPerPathway, functions }: AllocationRecord): string {
  const most = functions.map(({ name, bytes }) => `\`${name}\` ${whole(bytes)}`).join(', ')
  return [
    table(
      ['pathways', 'bytes allocated in a run'],
      runs.map(({ pathways, bytes }) => [whole(pathways), whole(bytes)]),
    ),
    '',
    `Each pathway more allocates ${bytesPerPathway.toFixed(2)} bytes; ` +
      `${verdict(bytesPerPathway < NOT_PER_PATHWAY, `none, that is below ${NOT_PER_PATHWAY}`)}. Most of it: ${most}.`,
  ].join('\n')
}

function profileTable({ functions, samples, study }: ProfileRecord): string {
  const rest = 1 - functions.reduce((sum, { share }) => sum + share, 0)
  return [
    table(
      ['function', 'file', 'share of kernel time'],
      [...functions.map(({ name, file, share }) => [`\`${name}\``, `\`${file}\``, percent(share)]), ['all others', '', percent(rest)]],
    ),
    '',
    `Reference scenario of \`${study}\`, ${samples.toLocaleString('en-GB')} samples in the kernel. Small functions ` +
      'that the compiler draws into their callers may count as these.',
  ].join('\n')
}

function againstTable({ ref, rows, sameResults }: AgainstRecord): string {
  return [
    table(
      ['system', 'here, ns per pathway', ref, 'ratio'],
      rows.map(({ name, here, there }) => [name, whole(here.median), whole(there.median), (here.median / there.median).toFixed(2)]),
    ),
    '',
    sameResults ? 'Results are the same to the bit.' : 'Results differ.',
  ].join('\n')
}

function missedBy(value: number, limit: number): string {
  return value < limit ? '' : ` by ${percent(value / limit - 1)}`
}
