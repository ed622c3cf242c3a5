/** `fairwait validate STUDY…` */
import type { Command } from 'commander'
import type { Problem } from '../errors.ts'
import { studyMessages } from './study-messages.ts'

/** Adds the command. */
export function register(program: Command): void {
  program
    .command('validate')
    .summary(studyMessages.validateSummary)
    .description(studyMessages.validateSummary)
    .argument('<study...>', studyMessages.validateArgument)
    .action(async (paths: string[]) => {
      await validateStudies(paths, (line) => process.stdout.write(`${line}\n`))
    })
}

/**
 * Checks every file, even after one has failed: that it is sound, and that one thread has the memory for it.
 *
 * @param say takes a line for each file that is sound, and one for each thing in it that is allowed and seldom meant
 * @throws InputError with the problems of all the others
 */
export async function validateStudies(paths: readonly string[], say: (line: string) => void): Promise<void> {
  const [{ loadStudy }, { checkSize }, { InputError }, { studyNotices }] = await Promise.all([
    import('./load-study.ts'),
    import('./check-size.ts'),
    import('../errors.ts'),
    import('../scenario/notices.ts'),
  ])
  const problems: Problem[] = []
  for (const path of paths) {
    try {
      const { study } = await loadStudy(path)
      checkSize(study, path, { workers: 1, availableBytes: process.availableMemory() })
      say(studyMessages.ok(path))
      for (const notice of studyNotices(study)) say(studyMessages.notice(path, notice))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new InputError(problems)
}
