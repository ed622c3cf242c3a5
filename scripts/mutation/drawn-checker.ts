/**
 * A plugin of Stryker that lets through only the mutants that were drawn. Stryker itself takes ranges of text, and what is
 * in the range of a drawn mutant holds others: the body of a function holds all of its mutants.
 */
import { readFileSync } from 'node:fs'
import type { Checker, CheckResult, CheckStatus } from '@stryker-mutator/api/check'
import type { Mutant } from '@stryker-mutator/api/core'
import { keyOf, placeOf } from './places.ts'

/** Stryker's words; its enums cannot be imported as types only. */
const PASSED = 'passed' as CheckStatus.Passed
const LEFT_OUT = 'compileError' as CheckStatus.CompileError

class DrawnChecker implements Checker {
  /** Keys of the drawn, read once. */
  private drawn = new Set<string>()

  init(): Promise<void> {
    this.drawn = new Set(JSON.parse(readFileSync(process.env['FAIRWAIT_DRAWN'] ?? '', 'utf8')) as string[])
    return Promise.resolve()
  }

  group(mutants: Mutant[]): Promise<string[][]> {
    return Promise.resolve([mutants.map(({ id }) => id)])
  }

  check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    const result = (mutant: Mutant): CheckResult =>
      this.drawn.has(keyOf(placeOf(mutant, process.cwd()))) ? { status: PASSED } : { status: LEFT_OUT, reason: 'not drawn' }
    return Promise.resolve(Object.fromEntries(mutants.map((mutant) => [mutant.id, result(mutant)])))
  }
}

/** What Stryker looks for in a plugin. */
export const strykerPlugins = [{ kind: 'Checker', name: 'drawn', injectableClass: DrawnChecker }]
