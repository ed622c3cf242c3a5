/**
 * Fairwait beside a SimPy program and a bare C loop of the same model (`bench/peers`). Their results must agree before
 * any time is believed; then they are timed in turns, so that what else the machine does meets all of them.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serviceKey, type Key } from '../../src/model/identity.ts'
import { benchMessages, say } from '../messages.ts'
import type { PeerAnswer } from '../peers/answer.ts'
import { MEASURES, ORDERS, parametersForC, peerModel, type Order } from '../peers/model.ts'
import { run, runLines, succeeds, type Command } from '../process.ts'
import type { LargeRecord, PeerRecord, PeersRecord } from '../record.ts'
import { standardErrorsApart, timingOf } from '../statistics.ts'

/** Beyond this many standard errors two programs are said to disagree: about one in 16,000 measures by chance. */
const TOLERANCE = 4

/** Untimed replications in front, in which compilers and memory warm up. */
const WARM_UPS = 2

/** Timed replications of Fairwait and C a round; SimPy, which has nothing to warm up, runs one. */
const TIMED = 3

/** Most replications of SimPy that are checked: they take seconds each. */
const SIMPY_CHECKS = 10

/** Sizes: that of the check, which takes many replications, and that of the timing. */
const CHECK_SIZE = 0.1
const TIMED_SIZE = 1

/** That of a large specialty of all England, whose list no cache holds. */
const LARGE_SIZE = 20

/** How much is run. */
export interface PeersOptions {
  readonly rounds: number
  readonly checks: number
}

interface Tools {
  readonly folder: string
  /** Compiled C program, or null where there is no compiler. */
  readonly loop: string | null
  /** Python with SimPy, or null. */
  readonly python: string | null
}

/** @throws Error where two programs disagree */
export async function benchPeers({ rounds, checks }: PeersOptions): Promise<PeersRecord> {
  const folder = await mkdtemp(join(tmpdir(), 'fairwait-bench-'))
  try {
    const tools = { folder, loop: await compileLoop(folder), python: await findPython() }
    const orders: PeerRecord[] = []
    for (const order of ORDERS) orders.push(await benchOrder(tools, order, rounds, checks))
    const large: LargeRecord[] = []
    if (tools.loop !== null) for (const order of ORDERS) large.push(await benchLarge(tools, order, rounds))
    return { size: TIMED_SIZE, tolerance: TOLERANCE, orders, large }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function benchOrder(tools: Tools, order: Order, rounds: number, checks: number): Promise<PeerRecord> {
  say(benchMessages.checking(order))
  const few = await programs(tools, order, CHECK_SIZE, keysOf('check', checks), Math.min(checks, SIMPY_CHECKS))
  const fairwait = await runLines<PeerAnswer>(few.fairwait)
  const loop = few.loop === null ? null : await runLines<PeerAnswer>(few.loop)
  const simpy = few.simpy === null ? null : await runLines<PeerAnswer>(few.simpy)
  const agreement = {
    replications: checks,
    loopToTheCount: loop === null ? null : sameCounts(fairwait, loop),
    loopFurthest: loop === null ? null : furthestApart(`${order}, Fairwait and C`, fairwait, loop),
    simpyFurthest: simpy === null ? null : furthestApart(`${order}, Fairwait and SimPy`, fairwait, simpy),
  }
  say(benchMessages.timing(order))
  const timed = await programs(tools, order, TIMED_SIZE, keysOf('time', WARM_UPS + TIMED), 1)
  const times = { fairwait: [] as number[], loop: [] as number[], simpy: [] as number[], simpyCollecting: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    for (const program of PROGRAMS) {
      const command = timed[program]
      if (command === null) continue
      const answers = await runLines<PeerAnswer>(command)
      const counted = command === timed.fairwait || command === timed.loop ? answers.slice(WARM_UPS) : answers
      times[program].push(...counted.map(({ nanoseconds, pathways }) => nanoseconds / pathways))
    }
  }
  return {
    order,
    agreement,
    fairwait: timingOf(times.fairwait),
    loop: times.loop.length === 0 ? null : timingOf(times.loop),
    simpyCollecting: times.simpyCollecting.length === 0 ? null : timingOf(times.simpyCollecting),
    simpy: times.simpy.length === 0 ? null : timingOf(times.simpy),
  }
}

/** Fairwait and C at the large size, in turns: each round a process, each a replication, long enough to warm itself up. */
async function benchLarge(tools: Tools, order: Order, rounds: number): Promise<LargeRecord> {
  say(benchMessages.large(order))
  const { fairwait, loop } = await programs(tools, order, LARGE_SIZE, keysOf('large', 1), 0)
  const times = { fairwait: [] as number[], loop: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of [['fairwait', fairwait], ['loop', loop]] as const) {
      if (command === null) throw new Error(benchMessages.skipped('C', 'gcc'))
      const [{ nanoseconds, pathways }] = await runLines<PeerAnswer>(command)
      times[name].push(nanoseconds / pathways)
    }
  }
  return { order, size: LARGE_SIZE, fairwait: timingOf(times.fairwait), loop: timingOf(times.loop) }
}

/** In the order in which they are timed. */
const PROGRAMS = ['fairwait', 'loop', 'simpy', 'simpyCollecting'] as const

type Programs = { readonly fairwait: Command } & { readonly [Program in Exclude<(typeof PROGRAMS)[number], 'fairwait'>]: Command | null }

/** The three programs on the model at a size, with these keys for replications; SimPy draws its own numbers. */
async function programs(tools: Tools, order: Order, size: number, keys: readonly Key[], simpyReplications: number): Promise<Programs> {
  const model = peerModel(order, size)
  const json = join(tools.folder, `${order}-${size}.json`)
  const text = join(tools.folder, `${order}-${size}.txt`)
  await writeFile(json, JSON.stringify({ ...model, keys }))
  await writeFile(text, parametersForC(model, keys))
  const simpy = (collector: 'on' | 'off'): Command | null =>
    tools.python === null ? null : { program: tools.python, args: [peer('waiting-list.py'), json, '1', String(simpyReplications), collector] }
  return {
    fairwait: { program: process.execPath, args: [peer('fairwait.ts'), json] },
    loop: tools.loop === null ? null : { program: tools.loop, args: [text] },
    simpy: simpy('off'),
    simpyCollecting: simpy('on'),
  }
}

function keysOf(purpose: string, count: number): Key[] {
  return Array.from({ length: count }, (_, replication) => serviceKey([1, 2], replication, 'peers', purpose))
}

function sameCounts(a: readonly PeerAnswer[], b: readonly PeerAnswer[]): boolean {
  return a.every(({ measures }, index) => measures.every((value, at) => closeTo(value, b[index].measures[at])))
}

/** Means of counts are divided in another order by each program. */
function closeTo(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.abs(a)
}

/** The measure on which two programs are furthest apart, in standard errors. */
function furthestApart(names: string, a: readonly PeerAnswer[], b: readonly PeerAnswer[]): number {
  const apart = MEASURES.map((_, at) => standardErrorsApart(valuesAt(a, at), valuesAt(b, at)))
  const worst = apart.reduce((found, errors, at) => (Math.abs(errors) > Math.abs(apart[found]) ? at : found), 0)
  if (!(Math.abs(apart[worst]) <= TOLERANCE)) {
    throw new Error(benchMessages.disagree(names, MEASURES[worst], apart[worst], TOLERANCE))
  }
  return Math.abs(apart[worst])
}

function valuesAt(answers: readonly PeerAnswer[], measure: number): number[] {
  return answers.map(({ measures }) => measures[measure])
}

async function compileLoop(folder: string): Promise<string | null> {
  const program = join(folder, 'waiting-list')
  if (!(await succeeds({ program: 'gcc', args: ['--version'] }))) {
    say(benchMessages.skipped('C', 'gcc'))
    return null
  }
  await run({ program: 'gcc', args: ['-O2', '-o', program, peer('waiting-list.c'), '-lm'] })
  return program
}

/** SimPy may be installed for the system's Python only, which another may stand in front of. */
async function findPython(): Promise<string | null> {
  for (const python of ['python3', '/usr/bin/python3']) {
    if (await succeeds({ program: python, args: ['-c', 'import simpy'] })) return python
  }
  say(benchMessages.skipped('SimPy', 'python3-simpy3'))
  return null
}

function peer(name: string): string {
  return fileURLToPath(new URL(`../peers/${name}`, import.meta.url))
}
