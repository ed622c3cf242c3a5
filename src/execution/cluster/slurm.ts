/**
 * A Slurm job array as text: a script that runs one task's share, and one that collects when all have ended.
 */
import type { SlurmProfile } from './profile.ts'

/** One array to submit. Paths are absolute and seen alike by every node. */
export interface SlurmArray {
  /** Name of the sweep: lower-case letters, digits and hyphens. */
  readonly name: string
  readonly profile: SlurmProfile
  /** Tasks, at most those of the profile. */
  readonly tasks: number
  /** Program and arguments that start fairwait on a node. */
  readonly command: readonly string[]
  /** Folder of the sweep. */
  readonly out: string
  readonly submission: number
}

/**
 * Slurm tells a task so many seconds before its limit, give or take a minute, in case its own clock did not: a batch
 * that is under way then may still be finished.
 */
const WARNING_SECONDS = 30

/** The script of an array task: it does its share until its own clock, or Slurm, tells it to stop. */
export function arrayScript({ name, profile, tasks, command, out, submission }: SlurmArray): string {
  const atOnce = profile.mostAtOnce === null ? '' : `%${profile.mostAtOnce}`
  const words = [...command, 'sweep-task', out, '--submission', String(submission), '--workers', String(profile.cpus)]
  const seconds = profile.timeSeconds - profile.graceSeconds
  return [
    '#!/bin/bash',
    ...directives({
      'job-name': `fairwait-${name}`,
      array: `0-${tasks - 1}${atOnce}`,
      ...common(profile),
      output: 'task-%a.log',
      'cpus-per-task': String(profile.cpus),
      mem: profile.memory,
      signal: `B:TERM@${WARNING_SECONDS}`,
    }),
    // A task whose node is lost is put back in the queue, and does what is left of its share.
    '#SBATCH --requeue',
    ...profile.options.map((option) => `#SBATCH ${option}`),
    ...profile.setup,
    `left=$((${seconds} - SECONDS))`,
    // In place of the shell, so that it is fairwait that Slurm signals.
    `exec ${words.map(quoted).join(' ')} --task "$SLURM_ARRAY_TASK_ID" --stop-after "$((left > 0 ? left : 0))"`,
    '',
  ].join('\n')
}

/** The script of the job that waits for the array: it writes the results if every run is there. */
export function collectScript({ name, profile, command, out }: SlurmArray): string {
  return [
    '#!/bin/bash',
    ...directives({
      'job-name': `fairwait-${name}-collect`,
      ...common(profile),
      output: 'collect.log',
      mem: profile.memory,
    }),
    ...profile.options.map((option) => `#SBATCH ${option}`),
    ...profile.setup,
    `exec ${[...command, 'collect', out, '--complete', '--quiet'].map(quoted).join(' ')}`,
    '',
  ].join('\n')
}

function common({ partition, account, qos, timeSeconds }: SlurmProfile): Record<string, string> {
  return {
    ...(partition !== null && { partition }),
    ...(account !== null && { account }),
    ...(qos !== null && { qos }),
    time: String(timeSeconds / 60),
    ntasks: '1',
    'open-mode': 'append',
  }
}

function directives(options: Readonly<Record<string, string>>): string[] {
  return Object.entries(options).map(([name, value]) => `#SBATCH --${name}=${value}`)
}

/** A word of a shell, whatever it holds. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}
