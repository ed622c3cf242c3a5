/**
 * What makes a run the run that it is: the engine, everything of its study that its numbers depend on, and which
 * draw and replication it is. Two runs with the same identity have the same values, whoever asked for them.
 */
import type { Task } from '../../execution/types.ts'
import { designIdentity } from '../../scenario/draws/study-draws.ts'
import type { Study } from '../../scenario/study.ts'

/** SHA-256 of a text as hex. Given by the caller, since platforms differ in where they keep it. */
export type Digest = (text: string) => string

/** Identity of a run: 32 hex digits, the first half of a SHA-256. */
export type RunId = string

const ID_DIGITS = 32

/** Identifies the runs of one study. */
export type RunIdentity = (task: Task) => RunId

/** Keys of a study that its runs' numbers do not depend on: names, and how much of it is run. */
const IRRELEVANT = ['name', 'title', 'description', 'scenarios', 'reference', 'replications', 'draws', 'targets', 'assumptionsSet']

const digests = new WeakMap<object, string>()

/**
 * @param engine name and version
 * @param kept what is kept of a run, as text: a run of which more is wanted is another
 */
export function runIdentity(engine: string, study: Study, kept: string, digest: Digest): RunIdentity {
  return runIdentities(engine, study, digest)(kept)
}

/** The same for any selections of what is kept: the study, which takes longest, is written out once. */
export function runIdentities(engine: string, study: Study, digest: Digest): (kept: string) => RunIdentity {
  const { baseline, ...rest } = study
  const relevant = Object.fromEntries(Object.entries(rest).filter(([key]) => !IRRELEVANT.includes(key)))
  // Packs are large and shared by all points: digested once.
  const parts = [engine, relevant, baselineDigest(baseline, digest), study.draws > 0, designIdentity(study)]
  const common = parts.map(canonicalJson).join(',')
  const changes = study.scenarios.map(({ title: _title, description: _description, ...each }) => canonicalJson(each))
  return (kept) => {
    const all = canonicalJson(digest(`[${common},${canonicalJson(kept)}]`))
    const scenarios = changes.map((each) => digest(`[${all},${each}]`))
    return ({ scenario, draw, replication }) => digest(`${scenarios[scenario]} ${draw} ${replication}`).slice(0, ID_DIGITS)
  }
}

function baselineDigest(baseline: object, digest: Digest): string {
  const known = digests.get(baseline)
  if (known !== undefined) return known
  const { path: _path, ...content } = baseline as Readonly<Record<string, unknown>>
  const made = digest(canonicalJson(content))
  digests.set(baseline, made)
  return made
}

/** JSON with the keys of every block in order, so that equal data give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`
}
