/** Slurm's own commands, run without a shell. */
import { execFile } from 'node:child_process'
import { UserError } from '../errors.ts'
import { clusterText } from './cluster-messages.ts'

/**
 * Submits a script from its folder, where its logs go.
 * @param after job that must have ended, however it ended, before this one starts
 * @returns the job's number
 * @throws UserError where Slurm is not there or refuses, with its reason
 */
export async function submitScript(folder: string, script: string, after?: string): Promise<string> {
  const dependency = after === undefined ? [] : [`--dependency=afterany:${after}`]
  const { failure, stdout, stderr } = await run('sbatch', ['--parsable', ...dependency, script], folder)
  if (failure === 'ENOENT') throw new UserError(clusterText.noProgram('sbatch', `${folder}/${script}`))
  if (failure !== null) throw new UserError(clusterText.refused('sbatch', reasonIn(stderr) || failure))
  // With several clusters the answer is "job;cluster".
  const job = /^(\d+)(;\S+)?\s*$/.exec(stdout)?.[1]
  if (job === undefined) throw new UserError(clusterText.unknownAnswer(stdout.trim()))
  return job
}

/**
 * Which of these jobs are waiting or running.
 * @throws UserError where Slurm does not answer: a job must not be submitted twice because nobody could be asked
 */
export async function jobsInQueue(jobs: readonly string[]): Promise<string[]> {
  const queued: string[] = []
  for (const job of jobs) {
    const { failure, stdout, stderr } = await run('squeue', ['--noheader', `--jobs=${job}`, '--format=%T'], '.')
    if (failure === null) {
      if (stdout.trim() !== '') queued.push(job)
    } else if (!stderr.includes('Invalid job id')) {
      throw new UserError(clusterText.refused('squeue', failure === 'ENOENT' ? 'it was not found' : reasonIn(stderr) || failure))
    }
  }
  return queued
}

interface Answer {
  /** Null where the program ended with code 0; else the system's code or the exit code. */
  readonly failure: string | null
  readonly stdout: string
  readonly stderr: string
}

function run(program: string, args: readonly string[], folder: string): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder, encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ failure: error === null ? null : String(error.code ?? error.signal ?? 'unknown reason'), stdout, stderr })
    })
  })
}

const reasonIn = (stderr: string): string => stderr.trim().split('\n').at(-1)?.replace(/^s\w+: (error: )?/, '') ?? ''
