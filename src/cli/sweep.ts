/**
 * `fairwait sweep DESIGN`, `status`, `collect`, `replay` and `expand`: a study at many points of its parameters.
 */
import { InvalidArgumentError, Option, type Command } from 'commander'
import { UserError } from '../errors.ts'
import type { Engine } from '../execution/cluster/profile.ts'
import { clusterText } from './cluster-messages.ts'
import type { TaskOptions } from './cluster-task.ts'
import { notEmpty, wholeNumber } from './option-readers.ts'
import { sweepText } from './sweep-messages.ts'

/** Options of `fairwait sweep`, as commander reads them. */
export interface SweepOptions {
  readonly out?: string
  readonly store?: string
  readonly workers?: number
  readonly dryRun?: true
  readonly on?: Engine
  readonly profile?: string
  readonly tasks?: number
  readonly complete?: true
  readonly budgetRuns?: number
  readonly budgetMinutes?: number
  readonly json?: true
  readonly quiet?: true
}

/** Options of `fairwait expand`. */
export interface ExpandOptions extends SweepOptions {
  readonly replications?: number
  readonly draws?: number
  readonly runs?: number
  readonly levels?: number
}

/** Adds the commands about sweeps. */
export function register(program: Command): void {
  running(program.command('sweep').summary(sweepText.sweepSummary).description(sweepText.sweepDescription))
    .argument('<design>', sweepText.design)
    .option('--out <dir>', sweepText.out, notEmpty)
    .option('--store <dir>', sweepText.storeOption, notEmpty)
    .option('--dry-run', sweepText.dryRun)
    .addOption(new Option('--on <engine>', clusterText.on).choices(['slurm', 'kubernetes'] satisfies Engine[]))
    .option('--profile <file>', clusterText.profile, notEmpty)
    .option('--tasks <n>', clusterText.tasks, wholeNumber(1, 100_000))
    .action(sweepHereOrElsewhere)
  program
    .command('status')
    .summary(sweepText.statusSummary)
    .description(sweepText.statusSummary)
    .argument('<dir>', sweepText.folder)
    .option('--json', sweepText.json)
    .action(async (out: string, options: SweepOptions) => (await import('./sweep-status.ts')).status(out, options))
  program
    .command('collect')
    .summary(sweepText.collectSummary)
    .description(sweepText.collectSummary)
    .argument('<dir>', sweepText.folder)
    .option('--json', sweepText.json)
    .option('--quiet', sweepText.quiet)
    .option('--complete', clusterText.complete)
    .action(async (out: string, options: SweepOptions) => {
      if (options.complete === true) await (await import('./cluster-submit.ts')).requireComplete(out)
      await (await import('./sweep-run.ts')).collect(out, options)
    })
  program
    .command('replay')
    .summary(sweepText.replaySummary)
    .description(sweepText.replaySummary)
    .argument('<dir>', sweepText.folder)
    .argument('<run>', sweepText.replayRun)
    .option('--json', sweepText.json)
    .action(async (out: string, run: string, options: SweepOptions) => (await import('./sweep-replay.ts')).replay(out, run, options))
  program
    .command('sweep-task', { hidden: true })
    .summary(clusterText.taskSummary)
    .description(clusterText.taskSummary)
    .argument('<dir>', sweepText.folder)
    .requiredOption('--submission <n>', clusterText.submission, wholeNumber(1, 1_000_000_000))
    .option('--task <n>', clusterText.task, wholeNumber(0, 100_000))
    .option('--workers <n>', sweepText.workers, wholeNumber(1, 1024))
    .option('--stop-after <seconds>', clusterText.stopAfter, wholeNumber(0, 1_000_000_000))
    .action(async (out: string, options: TaskOptions) => (await import('./cluster-task.ts')).sweepTask(out, options))
  running(program.command('expand').summary(sweepText.expandSummary).description(sweepText.expandSummary))
    .argument('<dir>', sweepText.folder)
    .option('--replications <n>', sweepText.expandReplications, wholeNumber(1, 10_000))
    .option('--draws <n>', sweepText.expandDraws, wholeNumber(1, 10_000))
    .option('--runs <n>', sweepText.expandRuns, wholeNumber(1, 10_000_000))
    .option('--levels <n>', sweepText.expandLevels, wholeNumber(2, 100_000))
    .action(async (out: string, options: ExpandOptions) => (await import('./sweep-expand.ts')).expand(out, options))
}

const EXIT_WRONG_USAGE = 2

async function sweepHereOrElsewhere(design: string, options: SweepOptions): Promise<void> {
  const { on, profile, tasks } = options
  if (on === undefined && (profile ?? tasks) !== undefined) throw new UserError(clusterText.needsOn, EXIT_WRONG_USAGE)
  if (on === undefined || options.dryRun === true) await (await import('./sweep-run.ts')).sweep(design, options)
  else await (await import('./cluster-submit.ts')).submitSweep(design, on, options)
}

/** Options of the commands that run. */
function running(command: Command): Command {
  return command
    .option('--workers <n>', sweepText.workers, wholeNumber(1, 1024))
    .option('--budget-runs <n>', sweepText.budgetRuns, wholeNumber(1, 1_000_000_000))
    .option('--budget-minutes <n>', sweepText.budgetMinutes, minutes)
    .option('--json', sweepText.json)
    .option('--quiet', sweepText.quiet)
}

function minutes(value: string): number {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : 0
  if (!(number > 0)) throw new InvalidArgumentError(sweepText.positive)
  return number
}
