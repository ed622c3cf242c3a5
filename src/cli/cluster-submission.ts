/**
 * Submissions of a sweep to a cluster, on disk beside its plan:
 *
 *     OUT/cluster/<number>/submission.json    what was missing, and how it was shared out
 *     OUT/cluster/<number>/job.sh, job.yaml   what was submitted
 *     OUT/cluster/<number>/jobs.json          what the cluster calls it
 *     OUT/cluster/<number>/*.log              what the tasks said
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { InputError } from '../errors.ts'
import { ENGINES, MOST_TASKS } from '../execution/cluster/profile.ts'
import type { Engine } from '../execution/cluster/profile.ts'
import type { Range } from '../execution/cluster/share.ts'
import { canonicalJson } from '../experiment/sweep/identity.ts'
import { makeFolder } from '../results/make-folder.ts'
import { withReasons } from '../results/store/errors.ts'
import { systemCode } from '../results/system-code.ts'
import { writeFileWhole } from '../results/store/run-store.ts'
import { closed } from '../scenario/numbers.ts'
import { clusterText } from './cluster-messages.ts'
import { readText } from './read-text.ts'
import { sha256 } from './sweep-plan.ts'
import type { SweepPlan } from './sweep-plan.ts'

/** What was shared out among the tasks of one array. Plain JSON. */
export interface Submission {
  readonly format: 'fairwait-submission'
  readonly schemaVersion: 1
  readonly on: Engine
  /** Eight hex digits that begin the names of its writers. */
  readonly id: string
  /** SHA-256 of the sweep that the ranges are numbers of. */
  readonly sweep: string
  readonly groupsPerBatch: number
  readonly ranges: readonly Range[]
  readonly tasks: number
}

/** A submission and where it is. */
export interface Submitted {
  readonly number: number
  readonly folder: string
  readonly submission: Submission
}

/** Identifies what is run: with another design, numbers of groups mean other runs. */
export function sweepDigest({ engine, source }: SweepPlan): string {
  return sha256(canonicalJson([engine, source]))
}

/** How the names of a submission's writers begin. */
export function writerPrefix({ id }: Submission): string {
  return `task-${id}-`
}

/** What was missing, and how it was shared out; in a submission's folder. */
export const SUBMISSION_FILE = 'submission.json'
const JOBS_FILE = 'jobs.json'

/** Writes a submission under the next free number. */
export function makeSubmission(out: string, plan: SweepPlan, of: Pick<Submission, 'on' | 'groupsPerBatch' | 'ranges' | 'tasks'>): Submitted {
  const submission: Submission = {
    format: 'fairwait-submission',
    schemaVersion: 1,
    id: randomBytes(4).toString('hex'),
    sweep: sweepDigest(plan),
    ...of,
  }
  return withReasons(out, () => {
    makeFolder(join(out, 'cluster'))
    let number = Math.max(0, ...numbersIn(out)) + 1
    while (!wasMade(folderOf(out, number))) number += 1
    const folder = folderOf(out, number)
    writeJson(join(folder, SUBMISSION_FILE), submission)
    return { number, folder, submission }
  })
}

/** Makes a folder; false where another process has made it. */
function wasMade(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Numbers of the submissions of a sweep, rising. */
export function submissionNumbers(out: string): number[] {
  return numbersIn(out).filter((number) => existsSync(join(folderOf(out, number), SUBMISSION_FILE)))
}

/** What becomes a file's name, a count or the bounds of a loop is held to what a submission writes. */
const submissionSchema = closed({
  format: z.literal('fairwait-submission'),
  schemaVersion: z.literal(1),
  on: z.enum(ENGINES),
  id: z.string().regex(/^[0-9a-f]{8}$/),
  sweep: z.string().regex(/^[0-9a-f]{64}$/),
  groupsPerBatch: z.int().min(1),
  ranges: z.array(z.tuple([z.int().min(0), z.int()])).min(1).refine(isRising),
  tasks: z.int().min(1).max(MOST_TASKS),
})

/** Ranges that hold something each, none touching the next. */
function isRising(ranges: readonly Range[]): boolean {
  return ranges.every(([from, to], index) => from < to && (index === 0 || ranges[index - 1][1] < from))
}

/**
 * Reads one submission.
 * @throws InputError where there is none of that number, or what is there is none
 */
export async function readSubmission(out: string, number: number): Promise<Submitted> {
  const folder = folderOf(out, number)
  const path = join(folder, SUBMISSION_FILE)
  if (!existsSync(path)) throw new InputError({ message: clusterText.noSubmission(out, number) })
  const submission = await readJson(path, submissionSchema)
  return { number, folder, submission }
}

/** Far beyond what the most tasks leave missing. */
const MOST_MEGABYTES = 500

async function readJson<Value>(path: string, schema: z.ZodType<Value>): Promise<Value> {
  const { text } = await readText(path, path, MOST_MEGABYTES)
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw new InputError({ file: path, message: clusterText.damaged })
    throw error
  }
}

/** Notes what the cluster calls the jobs of a submission. */
export function writeJobs({ folder }: Submitted, jobs: readonly string[]): void {
  withReasons(folder, () => writeJson(join(folder, JOBS_FILE), jobs))
}

/** As Slurm numbers them: they become arguments of its commands. */
const jobsSchema = z.array(z.string().regex(/^\d{1,20}$/)).max(2)

/**
 * Jobs of a submission; none where it was never submitted.
 * @throws InputError where what is there names none
 */
export async function readJobs({ folder }: Submitted): Promise<readonly string[]> {
  const path = join(folder, JOBS_FILE)
  return existsSync(path) ? readJson(path, jobsSchema) : []
}

/** Writes a script or a manifest into a submission's folder. Returns its path. */
export function writeText({ folder }: Submitted, name: string, text: string): string {
  const path = join(folder, name)
  withReasons(folder, () => writeFileWhole(path, '.partial', Buffer.from(text)))
  return path
}

function folderOf(out: string, number: number): string {
  return resolve(out, 'cluster', String(number))
}

function numbersIn(out: string): number[] {
  const folder = join(out, 'cluster')
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => /^[1-9]\d{0,8}$/.test(name)).map(Number).toSorted((a, b) => a - b)
}

function writeJson(path: string, value: unknown): void {
  writeFileWhole(path, '.partial', Buffer.from(`${JSON.stringify(value)}\n`))
}
