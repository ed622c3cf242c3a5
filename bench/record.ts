/** What the benchmarks found: kept as `bench/results.json`, and shown by `docs/performance.md`. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { arch, cpus, loadavg, totalmem } from 'node:os'
import type { Timing } from './statistics.ts'
import { run } from './process.ts'

/** Where and on what a part was measured. */
export interface Circumstances {
  /** ISO date. */
  readonly date: string
  /** Commit measured; `+` at the end where the tree had changes. */
  readonly commit: string
  readonly processor: string
  readonly processors: number
  readonly memoryGigabytes: number
  readonly architecture: string
  readonly node: string
  /** First line of `gcc --version`, and of SimPy's version; null where absent. */
  readonly gcc: string | null
  readonly simpy: string | null
  /** Mean number of busy processes in the minute before: above 0, others were at work. */
  readonly loadBefore: number
}

/** A part of the record with its circumstances. */
export type Measured<T> = T & { readonly circumstances: Circumstances }

/** One order of service: nanoseconds per pathway of each program; null where it could not be run. */
export interface PeerRecord {
  readonly order: string
  readonly agreement: {
    readonly replications: number
    /** Whether C and Fairwait gave the same counts in every replication. */
    readonly loopToTheCount: boolean | null
    /** Measure furthest apart, in standard errors. */
    readonly loopFurthest: number | null
    readonly simpyFurthest: number | null
  }
  readonly fairwait: Timing
  readonly loop: Timing | null
  /** With Python's cyclic garbage collector, as its users run it, and without. */
  readonly simpyCollecting: Timing | null
  readonly simpy: Timing | null
}

/** The same model at another size, Fairwait and C alone. */
export interface LargeRecord {
  readonly order: string
  readonly size: number
  readonly fairwait: Timing
  readonly loop: Timing
}

/** Fairwait beside others. */
export interface PeersRecord {
  readonly size: number
  readonly tolerance: number
  readonly orders: readonly PeerRecord[]
  /** Where there is a compiler. */
  readonly large: readonly LargeRecord[]
}

/** One size of system. */
export interface SizeRecord {
  readonly name: string
  readonly study: string
  readonly weeks: number
  readonly size: number
  readonly pathways: number
  /** Kernel time, nanoseconds per pathway. */
  readonly kernel: Timing
  /** The same with measuring. */
  readonly task: Timing
  readonly peakResidentBytes: number
}

/** A size and a tenth of it. */
export interface SizesRecord {
  readonly whole: SizeRecord
  readonly tenth: SizeRecord
}

/** A few replications, to which starting and warming up threads is much, and many, to which it is little. */
export interface ThreadsRecord {
  readonly sizes: readonly ThreadsSize[]
}

/** Replications on one thread and on two. */
export interface ThreadsSize {
  readonly replications: number
  /** Seconds for all of them. */
  readonly one: Timing
  readonly two: Timing
  /** Processor time of all threads, seconds; absent from records made before it was taken. */
  readonly processorOne?: Timing
  readonly processorTwo?: Timing
}

/** Memory allocated by the kernel after warm-up. */
export interface AllocationRecord {
  /** A run of few pathways and one of many. */
  readonly runs: readonly { readonly pathways: number; readonly bytes: number }[]
  /** Bytes more for each pathway more. */
  readonly bytesPerPathway: number
  /** Functions that allocated most in the larger run. */
  readonly functions: readonly { readonly name: string; readonly bytes: number }[]
}

/** Where the time goes. */
export interface ProfileRecord {
  readonly study: string
  /** Samples of the processor's clock that found the kernel at work. */
  readonly samples: number
  readonly functions: readonly { readonly name: string; readonly file: string; readonly share: number }[]
}

/** This checkout beside another. */
export interface AgainstRecord {
  readonly ref: string
  readonly sameResults: boolean
  readonly rows: readonly { readonly name: string; readonly here: Timing; readonly there: Timing }[]
}

/** A slope with its 95% interval over independent processes (Student t). */
export interface SlopeEstimate {
  readonly mean: number
  readonly lower: number
  readonly upper: number
  readonly processes: number
}

/** What the process of a sweep held. */
export interface SweepMemory {
  readonly workers: number
  /** Resident bytes after so many runs, over processes. */
  readonly resident: readonly { readonly runs: number; readonly bytes: Timing }[]
  /** Growth of resident memory after the warm-up, bytes a run. */
  readonly bytesPerRun: SlopeEstimate
}

/** A sweep of small runs. */
export interface SweepsRecord {
  readonly runs: number
  /** Runs before growth is judged. */
  readonly warmUpRuns: number
  readonly memory: readonly SweepMemory[]
  /** What is alive on the main thread after collecting garbage. */
  readonly alive: readonly { readonly runs: number; readonly heapBytes: number; readonly bufferBytes: number }[]
  /** Processor time of the runs alone, and of the whole command with one worker, seconds. */
  readonly bareSeconds: Timing
  readonly sweepSeconds: Timing
}

/** Everything; a part that has not been run is absent. */
export interface BenchRecord {
  readonly peers?: Measured<PeersRecord>
  readonly icb?: Measured<SizesRecord>
  readonly england?: Measured<SizesRecord>
  readonly mechanisms?: Measured<SizesRecord>
  readonly threads?: Measured<ThreadsRecord>
  readonly allocation?: Measured<AllocationRecord>
  readonly profile?: Measured<ProfileRecord>
  readonly against?: Measured<AgainstRecord>
  readonly sweeps?: Measured<SweepsRecord>
}

/** The record kept at a path; empty where there is none yet. */
export async function readRecord(path: string): Promise<BenchRecord> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as BenchRecord
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

/** Writes aside and renames, so that a record is never half there. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const aside = `${path}.part`
  await writeFile(aside, text)
  await rename(aside, path)
}

/** What holds now. */
export async function circumstances(root: string): Promise<Circumstances> {
  const processors = cpus()
  const commit = (await run({ program: 'git', args: ['-C', root, 'rev-parse', '--short', 'HEAD'] })).trim()
  const changes = await run({ program: 'git', args: ['-C', root, 'status', '--porcelain', '--', 'src', 'workers', 'scenarios'] })
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: changes === '' ? commit : `${commit}+`,
    processor: processors[0].model,
    processors: processors.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    architecture: arch(),
    node: process.version,
    gcc: await firstLine('gcc', ['--version']),
    simpy: (await firstLine('python3', SIMPY_VERSION)) ?? (await firstLine('/usr/bin/python3', SIMPY_VERSION)),
    loadBefore: Math.round(loadavg()[0] * 100) / 100,
  }
}

const SIMPY_VERSION = ['-c', 'import platform, simpy; print(simpy.__version__, "on Python", platform.python_version())']

async function firstLine(program: string, args: readonly string[]): Promise<string | null> {
  try {
    return (await run({ program, args })).split('\n')[0]
  } catch {
    return null
  }
}
