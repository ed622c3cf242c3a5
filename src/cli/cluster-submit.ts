/** `fairwait sweep DESIGN --on ENGINE`: what is missing of a sweep → a job array. */
import { realpathSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { InputError, UserError } from '../errors.ts'
import { jobManifest } from '../execution/cluster/kubernetes.ts'
import type { Engine, KubernetesProfile, Profile, SlurmProfile } from '../execution/cluster/profile.ts'
import { DEFAULT_PROFILE, parseProfile } from '../execution/cluster/profile.ts'
import { arrayScript, collectScript } from '../execution/cluster/slurm.ts'
import { prepareResultsFolder } from '../results/results-folder.ts'
import { openRunStore, readRunStore } from '../results/store/run-store.ts'
import { tidyAfterWriters } from '../results/store/stale-writers.ts'
import { clusterText } from './cluster-messages.ts'
import { missingOf } from './cluster-missing.ts'
import type { Missing } from './cluster-missing.ts'
import { jobsInQueue, submitScript } from './cluster-slurm.ts'
import { makeSubmission, readJobs, readSubmission, submissionNumbers, writeJobs, writerPrefix, writeText } from './cluster-submission.ts'
import type { Submitted } from './cluster-submission.ts'
import { interruptible } from './interrupt.ts'
import { readText } from './read-text.ts'
import { executeSweep } from './sweep-execute.ts'
import { loadDesign, makePlan, readPlan, savePlan, storeFolder } from './sweep-plan.ts'
import type { SweepPlan } from './sweep-plan.ts'
import { runPlan } from './sweep-run.ts'
import type { SweepOptions } from './sweep.ts'

/** A sweep about to be submitted. */
interface Submitting {
  readonly out: string
  readonly plan: SweepPlan
  readonly missing: Missing
  readonly groupsPerBatch: number
  readonly tasks: number
}

/**
 * Submits what is missing of a sweep; where nothing is, writes its results.
 * @throws InputError for anything wrong with design or profile; UserError where the cluster refuses or is still at it
 */
export async function submitSweep(designPath: string, on: Engine, options: SweepOptions): Promise<void> {
  const profile = await readProfile(on, options.profile)
  const loaded = await loadDesign(designPath, options.budgetRuns)
  const out = options.out ?? join('output', loaded.source.design.name)
  await refuseIfQueued(out)
  await prepareResultsFolder(out)
  const planned = await makePlan(out, loaded, options.store)
  if (on === 'kubernetes') refuseStoreOutside(out, planned)
  savePlan(out, planned)
  const plan = planned.groupsPerBatch === null ? await pilot(out, planned) : planned
  const missing = await missingOf(plan, readRunStore(storeFolder(out, plan), plan.engine))
  if (missing.items === 0) {
    await runPlan(out, plan, options)
    return
  }
  const { slurm, kubernetes } = profile
  const wanted = options.tasks ?? (on === 'slurm' ? slurm : kubernetes)?.tasks ?? 1
  const submitting = { out, plan, missing, groupsPerBatch: plan.groupsPerBatch ?? 1, tasks: Math.min(wanted, missing.items) }
  if (on === 'slurm' && slurm !== null) await toSlurm(submitting, slurm, options)
  else if (kubernetes !== null) toKubernetes(submitting, kubernetes, options)
}

async function readProfile(on: Engine, path: string | undefined): Promise<Profile> {
  if (path === undefined) {
    if (on === 'kubernetes') throw new InputError({ message: clusterText.needsProfile })
    return DEFAULT_PROFILE
  }
  const { text } = await readText(path, path)
  return parseProfile(text, path, on)
}

/** Two arrays at once would run the same runs; and what ended may have left locks behind. */
async function refuseIfQueued(out: string): Promise<void> {
  const last = await lastToSlurm(out)
  if (last === null) return
  const queued = await jobsInQueue(await readJobs(last))
  if (queued.length > 0) throw new UserError(clusterText.stillQueued(queued, out))
  const plan = await readPlan(out)
  tidyAfterWriters(storeFolder(out, plan), plan.engine, writerPrefix(last.submission))
}

/** Earlier ones had ended when the last was made. */
async function lastToSlurm(out: string): Promise<Submitted | null> {
  for (const number of submissionNumbers(out).toReversed()) {
    const submitted = await readSubmission(out, number)
    if (submitted.submission.on === 'slurm') return submitted
  }
  return null
}

function refuseStoreOutside(out: string, plan: SweepPlan): void {
  const store = storeFolder(out, plan)
  if (relative(resolve(out), store).startsWith('..')) throw new InputError({ message: clusterText.storeElsewhere(store) })
}

/** A few groups, run here and stored like any others, to learn how large batches should be. */
async function pilot(out: string, plan: SweepPlan): Promise<SweepPlan> {
  let sized = plan
  await interruptible(async (signal) => {
    const store = openRunStore(storeFolder(out, plan), plan.engine)
    try {
      await executeSweep(plan, store, {
        workers: 1,
        signal,
        isSpent: () => true,
        onProgress: () => undefined,
        onBatchSize(groupsPerBatch) {
          sized = { ...plan, groupsPerBatch }
          savePlan(out, sized)
        },
      })
    } finally {
      store.close()
    }
  })
  return sized
}

async function toSlurm(submitting: Submitting, profile: SlurmProfile, options: SweepOptions): Promise<void> {
  const { out, plan, missing, groupsPerBatch, tasks } = submitting
  const submitted = makeSubmission(out, plan, { on: 'slurm', groupsPerBatch, ranges: missing.ranges, tasks })
  const { folder, number } = submitted
  const array = {
    name: plan.source.design.name,
    profile,
    tasks,
    command: profile.command ?? thisProgram(),
    out: resolve(out),
    submission: number,
  }
  writeText(submitted, 'job.sh', arrayScript(array))
  writeText(submitted, 'collect.sh', collectScript(array))
  const job = await submitScript(folder, 'job.sh')
  writeJobs(submitted, [job])
  const collecting = await submitScript(folder, 'collect.sh', job)
  writeJobs(submitted, [job, collecting])
  tell(options, { on: 'slurm', submission: number, jobs: [job, collecting], tasks, runs: missing.runs, folder }, () =>
    clusterText.submitted([job, collecting], tasks, missing.runs, folder),
  )
}

function toKubernetes(submitting: Submitting, profile: KubernetesProfile, options: SweepOptions): void {
  const { out, plan, missing, groupsPerBatch, tasks } = submitting
  const submitted = makeSubmission(out, plan, { on: 'kubernetes', groupsPerBatch, ranges: missing.ranges, tasks })
  const { number, submission } = submitted
  const manifest = jobManifest({ name: plan.source.design.name, profile, tasks, submission: number, id: submission.id })
  const path = writeText(submitted, 'job.yaml', manifest)
  tell(options, { on: 'kubernetes', submission: number, manifest: path, tasks, runs: missing.runs }, () =>
    clusterText.manifest(path, tasks, missing.runs, out),
  )
}

function tell(options: SweepOptions, of: object, lines: () => readonly string[]): void {
  const text = options.json === true ? JSON.stringify({ format: 'fairwait-submitted', version: 1, ...of }) : lines().join('\n')
  process.stdout.write(`${text}\n`)
}

/** How this process was started, for nodes that see the same files. */
function thisProgram(): string[] {
  return [process.execPath, realpathSync(process.argv[1])]
}

/**
 * Checks that nothing of a sweep is missing.
 * @throws UserError with how many runs are
 */
export async function requireComplete(out: string): Promise<void> {
  const plan = await readPlan(out)
  const { runs } = await missingOf(plan, readRunStore(storeFolder(out, plan), plan.engine))
  if (runs > 0) throw new UserError(clusterText.incomplete(runs, out))
}
