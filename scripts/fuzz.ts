/**
 * `npm run fuzz -- [--cases N] [--seed S] [--only NAME]`: damaged inputs for every reader of something from outside.
 * A finding is printed with what makes it again, and belongs into `test/fuzz/regressions.ts`. Each target runs in a
 * thread of its own, so that a case that never ends is found too. Exit code 0: none found; 1: some; 2: wrong usage.
 */
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import fc from 'fast-check'
import { commandTargets } from '../test/fuzz/command-targets.ts'
import { attempt, READERS, type FuzzTarget } from '../test/fuzz/targets.ts'

/** A case must end within this time; a thread that says nothing for as long is hanging. Slow machines are slow. */
const HANG_SECONDS = 60
/** A thread loads the engine, and for some targets runs a study and a sweep, before its first case. */
const START_SECONDS = 300
const MOST_SHOWN = 2000

/** What a thread is to do. */
interface Job {
  readonly target: string
  readonly cases: number
  readonly seed: number
}

/** What a thread says: that it starts a case, or what became of all. */
type Said = { readonly kind: 'case' } | { readonly kind: 'end'; readonly cases: number; readonly finding: string | null }

async function withTargets<T>(work: (targets: readonly FuzzTarget[]) => Promise<T>): Promise<T> {
  const commands = await commandTargets()
  try {
    return await work([...READERS, ...commands.targets])
  } finally {
    commands.remove()
  }
}

/** The thread's part: one target, all of its cases. It says its end last: the thread is ended then, and leaves no folder. */
async function fuzzTarget(job: Job, say: (said: Said) => void): Promise<void> {
  const reader = READERS.find(({ name }) => name === job.target)
  if (reader !== undefined) return say(await tryCases(reader, job, say))
  say(
    await withTargets((targets) => {
      const target = targets.find(({ name }) => name === job.target)
      if (target === undefined) throw new Error(`there is no target "${job.target}"`)
      return tryCases(target, job, say)
    }),
  )
}

async function tryCases(target: FuzzTarget, { cases, seed }: Job, say: (said: Said) => void): Promise<Said> {
  const property = fc.asyncProperty(target.cases, (input) => {
    say({ kind: 'case' })
    return attempt(target, input)
  })
  const { failed, numRuns, counterexample, counterexamplePath, errorInstance } = await fc.check(property, { seed, numRuns: cases })
  const finding = failed ? `again with --only "${target.name}" --seed ${seed} (case ${counterexamplePath})\n${shown(counterexample?.[0])}\n${reason(errorInstance)}` : null
  return { kind: 'end', cases: numRuns, finding }
}

function shown(input: unknown): string {
  const text = input instanceof Uint8Array ? `base64 ${Buffer.from(input).toString('base64')}` : fc.stringify(input)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}

const reason = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))

/** Watches one thread to its end. */
function watched(job: Job): Promise<{ readonly cases: number; readonly finding: string | null }> {
  const thread = new Worker(new URL(import.meta.url), { workerData: job })
  let cases = 0
  return new Promise((resolve) => {
    const end = (finding: string | null, done = cases): void => {
      clearTimeout(timer)
      resolve({ cases: done, finding })
      void thread.terminate()
    }
    const hangs = (): void => end(`case ${cases} with --only "${job.target}" --seed ${job.seed} did not end within ${HANG_SECONDS} seconds`)
    let timer = setTimeout(hangs, START_SECONDS * 1000)
    thread.on('message', (said: Said) => {
      if (said.kind === 'end') return end(said.finding, said.cases)
      cases += 1
      clearTimeout(timer)
      timer = setTimeout(hangs, HANG_SECONDS * 1000)
    })
    thread.on('error', (error) => end(`the thread ended in case ${cases} of seed ${job.seed}: ${reason(error)}`))
    thread.on('exit', (code) => end(`the thread ended in case ${cases} of seed ${job.seed} with code ${code}`))
  })
}

async function fuzz(): Promise<number> {
  const { values } = parseArgs({ options: { cases: { type: 'string', default: '2000' }, seed: { type: 'string' }, only: { type: 'string' } } })
  const cases = Number(values.cases)
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
  if (!Number.isInteger(cases) || cases < 1 || !Number.isInteger(seed)) {
    process.stderr.write('--cases and --seed must be whole numbers\n')
    return 2
  }
  const targets = await withTargets((all) => Promise.resolve(all.filter(({ name }) => values.only === undefined || name === values.only)))
  const weights = targets.reduce((total, { weight }) => total + weight, 0)
  process.stdout.write(`${cases} cases, seed ${seed}\n`)
  let findings = 0
  let done = 0
  for (const { name, weight } of targets) {
    const outcome = await watched({ target: name, cases: Math.ceil((cases * weight) / weights), seed })
    done += outcome.cases
    process.stdout.write(`${name.padEnd(32)} ${String(outcome.cases).padStart(7)}  ${outcome.finding === null ? 'nothing found' : `FOUND\n${outcome.finding}`}\n`)
    if (outcome.finding !== null) findings += 1
  }
  process.stdout.write(`${done} cases, ${findings} of ${targets.length} targets with findings\n`)
  return findings === 0 ? 0 : 1
}

if (isMainThread) process.exitCode = await fuzz()
else await fuzzTarget(workerData as Job, (said) => parentPort?.postMessage(said, []))
