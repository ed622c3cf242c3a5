/** Everything that the commands about clusters say. */

const whole = (n: number): string => n.toLocaleString('en-GB')
const counted = (n: number, what: string): string => `${whole(n)} ${what}${n === 1 ? '' : 's'}`

/** A path as a shell takes it, for a command that a user is to type. */
const typed = (path: string): string => (/^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`)

export const clusterText = {
  // Help
  on: 'run what is missing on a cluster: slurm submits a job array, kubernetes writes a Job manifest',
  profile: 'cluster profile, YAML or JSON: partition, time, memory and the like',
  tasks: 'tasks of the array, in place of the number in the profile',
  complete: 'write nothing unless every run is stored or set aside',
  taskSummary: "run one array task's share of a sweep",
  submission: 'number of the submission',
  task: 'number of the task, from 0 (default: SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX)',
  stopAfter: 'begin no batch after so many seconds',

  // Input
  needsOn: '--profile and --tasks are for --on; add "--on slurm" or "--on kubernetes"',
  needsProfile: '"--on kubernetes" needs a profile with an image and a volume claim; give --profile',
  storeElsewhere: (store: string): string =>
    `the run store ${store} is outside the folder of the sweep, and pods see that folder only; run the sweep into`
    + ' another folder, without --store',
  noSubmission: (out: string, number: number): string => `${out} has no submission ${number} to a cluster`,
  sweepChanged: (number: number): string =>
    `the sweep has changed since submission ${number}, whose shares are of another design; run "fairwait sweep" with --on again`,
  damaged:
    'is damaged; once none of its tasks runs any more, delete the folder that it is in, and submit what is missing by the command'
    + ' that began the sweep',
  noTask: 'no task: give --task, or run inside a job array',
  taskOutside: (task: number, tasks: number): string => `there is no task ${task}: tasks are 0 to ${tasks - 1}`,

  // Cluster
  noProgram: (program: string, script: string): string =>
    `${program} was not found on this machine. What would be submitted is ${script}`,
  refused: (program: string, reason: string): string => `${program} failed: ${reason}`,
  unknownAnswer: (answer: string): string => `sbatch answered ${JSON.stringify(answer.slice(0, 80))}, which is no job number`,
  stillQueued: (jobs: readonly string[], out: string): string =>
    `job ${jobs.join(' and job ')} of this sweep ${jobs.length === 1 ? 'is' : 'are'} still in the queue; wait, or stop`
    + ` with "scancel ${jobs.join(' ')}". "fairwait status ${typed(out)}" says how far it is`,

  // Results
  submitted: (jobs: readonly string[], tasks: number, runs: number, folder: string): readonly string[] => [
    `Job ${jobs[0]}: ${counted(tasks, 'task')} for ${counted(runs, 'run')}. Job ${jobs[1]} collects when they have ended.`,
    `Scripts and logs: ${folder}. What is missing then is submitted by the same command.`,
  ],
  manifest: (path: string, tasks: number, runs: number, out: string): readonly string[] => [
    `Manifest: ${path}: ${counted(tasks, 'pod')} for ${counted(runs, 'run')}.`,
    `Start it with "kubectl apply -f ${typed(path)}", wait for it with "kubectl wait", then "fairwait collect ${typed(out)} --complete".`,
    'What is missing then is taken up by the same command.',
  ],
  incomplete: (runs: number, out: string): string =>
    `${counted(runs, 'run')} of ${out} ${runs === 1 ? 'is' : 'are'} missing, and nothing was written; submit what is missing by the`
    + ' command that began the sweep',
  taskDone: (task: number, tasks: number, ran: number, stored: number, aside: number): string =>
    `Task ${task} of ${tasks}: ${counted(ran, 'run')}, ${whole(stored)} found in the store${aside > 0 ? `, ${whole(aside)} set aside` : ''}.`,
  taskStopped: (left: number): string =>
    `Stopped as its time ended, with ${counted(left, 'run')} of its share left to submit again.`,
  taskEnded: 'Told to stop twice: the batch under way is lost, and what was finished is stored.',
  taskSignalled: (left: number): string => `Told to stop, with ${counted(left, 'run')} of its share left to submit again.`,
} as const
