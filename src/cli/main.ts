/**
 * The command line, as a library call that returns an exit code:
 *
 *     arguments → program (one module per command) → the command's action → exit code
 *
 * Command modules only declare themselves; what they need is loaded by their actions.
 * Exit codes: 0 done, 1 failed, 2 wrong usage, 3 invalid input, 4 a check or target not met, 130 interrupted.
 */
import { existsSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { UserError } from '../errors.ts'
import { EXAMPLES_FIRST } from './help.ts'
import { PROGRAM, unexpectedFailure } from './messages.ts'
import { printable } from './terminal.ts'

const EXIT_FAILED = 1
const EXIT_WRONG_USAGE = 2

/** In the order of the help. */
const COMMANDS = [
  () => import('./run.ts'),
  () => import('./app.ts'),
  () => import('./sweep.ts'),
  () => import('./validate.ts'),
  () => import('./migrate.ts'),
  () => import('./assumptions.ts'),
  () => import('./schema.ts'),
  () => import('./systems.ts'),
  () => import('./import.ts'),
  () => import('./calibrate.ts'),
  () => import('./backtest.ts'),
  () => import('./gradients.ts'),
  () => import('./plan.ts'),
  () => import('./indices.ts'),
  () => import('./sensitivity.ts'),
  () => import('./solve.ts'),
  () => import('./optimise.ts'),
  () => import('./decompose.ts'),
  () => import('./report.ts'),
  () => import('./reproduce.ts'),
] as const

/**
 * Runs one command. Results go to standard output, everything else to standard error.
 * @param args arguments after the program's name
 * @returns the exit code; never rejects
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const program = await createProgram()
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    return exitCodeOf(error)
  }
}

async function createProgram(): Promise<Command> {
  const { readEngine } = await import('../results/engine.ts')
  const program = new Command(PROGRAM.name)
    .description(PROGRAM.description)
    .version((await readEngine()).version, '--version', PROGRAM.versionOption)
    .helpOption('-h, --help', PROGRAM.helpOption)
    .helpCommand('help [command]', PROGRAM.helpCommand)
    .exitOverride()
    .configureHelp(EXAMPLES_FIRST)
    .configureOutput({ writeErr: (text) => process.stderr.write(printable(text)) })
  const modules = await Promise.all(COMMANDS.map((load) => load()))
  for (const { register } of modules) register(program)
  return program
}

/** Tells the user what went wrong, where nobody has yet, and says what the process should exit with. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_WRONG_USAGE
  if (error instanceof UserError) {
    process.stderr.write(`${printable(error.message)}\n`)
    return error.exitCode
  }
  process.stderr.write(`${printable(unexpectedFailure(error instanceof Error ? error.message : String(error)))}\n`)
  if ((process.env['FAIRWAIT_DEBUG'] ?? '') !== '') process.stderr.write(`${traceOf(error)}\n`)
  return EXIT_FAILED
}

/** Where an error happened, and what it came from: a worker's own stack is the cause of the failure reported. */
function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\ncaused by ${traceOf(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}

/** Runs the process's own arguments and ends the process. */
export async function runProcess(): Promise<void> {
  // A reader that has gone, as in `fairwait assumptions | head`, is no failure.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit()
      throw error
    })
  }
  process.exitCode = await main(process.argv.slice(2))
  // What an interrupted command has under way must not keep the process alive.
  if (process.exitCode === 130) process.exit()
}

/** Whether this module is what Node was started with, rather than imported. */
function isEntryPoint(): boolean {
  const startedAs = process.argv[1]
  return startedAs !== undefined && existsSync(startedAs) && realpathSync(startedAs) === fileURLToPath(import.meta.url)
}

if (isEntryPoint()) await runProcess()
