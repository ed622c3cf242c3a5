/**
 * Errors that a user can act on. Anything else that is thrown is a defect of Fairwait.
 * The command line maps `exitCode`s as `docs` promise: 1 failed, 2 wrong usage, 3 invalid input.
 */

/** One thing wrong with an input: where, what, and what next. */
export interface Problem {
  /** File as the user named it. */
  readonly file?: string
  /** 1-based. */
  readonly line?: number
  readonly column?: number
  /** Path inside the document, e.g. `scenarios.proportionate.invest[0].lever`. */
  readonly path?: string
  /** What was wrong, what is allowed, and the nearest valid name. */
  readonly message: string
}

/** An error with a message for the user and no stack trace. */
export class UserError extends Error {
  override readonly name: string = 'UserError'
  readonly exitCode: number
  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** Invalid input: exit code 3. `file:line:column path: message`, one line per problem, the first 50 of them. */
export class InputError extends UserError {
  override readonly name = 'InputError'
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[] | Problem) {
    const list = 'message' in problems ? [problems] : problems
    super(shownProblems(list).join('\n'), 3)
    this.problems = list
  }
}

/** Problems that a message shows: one misplaced bracket can make hundreds, and the first ones say where it stands. */
const MOST_SHOWN = 50

function shownProblems(problems: readonly Problem[]): string[] {
  const shown = problems.slice(0, MOST_SHOWN).map(formatProblem)
  return problems.length <= MOST_SHOWN ? shown : [...shown, `and ${problems.length - MOST_SHOWN} more`]
}

/** `scenarios/recovery.yaml:41:15 scenarios.x.invest[0].lever: unknown lever "capcity"; did you mean "capacity"?` */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':')
  const where = [place, problem.path].filter((part) => part !== undefined && part !== '').join(' ')
  return where === '' ? problem.message : `${where}: ${problem.message}`
}
