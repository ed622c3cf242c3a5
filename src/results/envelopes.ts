/**
 * Envelopes of a study, by scenario, kind of money and financial year, and what moved between programmes and years. They
 * follow from the study alone, as its accounts do, and like these are those of its first draw.
 */
import { compileScenario } from '../model/compile/index.ts'
import type { EnvelopeLine, Transfer } from '../model/tables.ts'
import { concreteStudy } from '../scenario/resolve.ts'
import type { Study } from '../scenario/study.ts'
import { financialYearName } from './money.ts'
import type { StudyResults } from './types.ts'

/** An envelope in one financial year, whole pence: envelope + carried in = budgets + carried out + not allocated. */
export interface EnvelopeRow extends Omit<EnvelopeLine, 'financialYear'> {
  readonly scenario: string
  /** e.g. `2026/27`. */
  readonly financialYear: string
}

/** Money that moved, whole pence. */
export interface TransferRow extends Omit<Transfer, 'fromYear' | 'toYear'> {
  readonly scenario: string
  readonly fromYear: string
  readonly toYear: string
}

/** Envelopes and what moved in them; both empty in a study without envelopes. */
export interface Envelopes {
  readonly envelopes: readonly EnvelopeRow[]
  readonly transfers: readonly TransferRow[]
}

const known = new WeakMap<StudyResults, Envelopes>()

/**
 * The study's envelopes, in the order of its scenarios.
 * @throws Error where a line does not add up, which is a defect of Fairwait
 */
export function envelopesOf(results: StudyResults): Envelopes {
  const found = known.get(results) ?? laidOut(results.study)
  known.set(results, found)
  return found
}

function laidOut(study: Study): Envelopes {
  const envelopes: EnvelopeRow[] = []
  const transfers: TransferRow[] = []
  if (study.scenarios.every(({ envelope }) => envelope === null)) return { envelopes, transfers }
  const concrete = concreteStudy(study, 0)
  for (const [index, { id, envelope }] of study.scenarios.entries()) {
    if (envelope === null) continue
    const compiled = compileScenario(concrete, index)
    for (const line of compiled.envelopes) {
      if (line.envelopePence + line.carriedInPence !== line.budgetPence + line.carriedOutPence + line.unallocatedPence) {
        throw new Error(`${id} ${line.financialYear}: the ${line.kind} envelope does not add up`)
      }
      envelopes.push({ ...line, scenario: id, financialYear: financialYearName(line.financialYear) })
    }
    for (const move of compiled.transfers) {
      transfers.push({ ...move, scenario: id, fromYear: financialYearName(move.fromYear), toYear: financialYearName(move.toYear) })
    }
  }
  return { envelopes, transfers }
}
