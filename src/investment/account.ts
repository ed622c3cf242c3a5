/**
 * The account of a programme by system, specialty, group and financial year: budget = spent + unspent, to the penny.
 * Money that could not be shared among specialties, since none of them could use it, stands under `all` and is unspent.
 */
import type { BudgetLine, MoneyKind } from '../model/tables.ts'
import type { Programme, Series } from '../scenario/study.ts'
import type { DraftService } from './draft.ts'

/** Pence booked so far: index (year × (services + 1) + service) × groups + group; the last service stands for none. */
export interface Ledger {
  readonly firstYear: number
  readonly years: number
  readonly services: readonly DraftService[]
  readonly groups: number
  readonly budgetPence: Float64Array
  readonly spentPence: Float64Array
}

/** An empty ledger of the financial years named. */
export function openLedger(financialYears: readonly number[], services: readonly DraftService[], groups: number): Ledger {
  const firstYear = Math.min(...financialYears)
  const years = financialYears.length === 0 ? 0 : Math.max(...financialYears) - firstYear + 1
  const cells = years * (services.length + 1) * groups
  return { firstYear, years, services, groups, budgetPence: new Float64Array(cells), spentPence: new Float64Array(cells) }
}

/** Books money of a group. @param service index into the ledger's services; their number for money shared with none */
export function book(ledger: Ledger, financialYear: number, service: number, group: number, budgetPence: number, spentPence: number): void {
  const cell = ((financialYear - ledger.firstYear) * (ledger.services.length + 1) + service) * ledger.groups + group
  ledger.budgetPence[cell] += budgetPence
  ledger.spentPence[cell] += spentPence
}

/** The account, by financial year, then system and specialty, then group. Years without any money have one line for each group, of nothing. */
export function accountLines(ledger: Ledger, programme: Programme<Series>, kind: MoneyKind): BudgetLine[] {
  const { services, groups } = ledger
  const lines: BudgetLine[] = []
  for (let year = 0; year < ledger.years; year++) {
    const from = year * (services.length + 1) * groups
    const to = from + (services.length + 1) * groups
    const isEmpty = ledger.budgetPence.subarray(from, to).every((pence) => pence === 0)
    for (let cell = from; cell < to; cell++) {
      const service = Math.floor((cell - from) / groups)
      const budgetPence = ledger.budgetPence[cell]
      if (budgetPence === 0 && !(isEmpty && service === services.length)) continue
      const spentPence = ledger.spentPence[cell]
      lines.push({
        programme: programme.id,
        lever: programme.lever,
        kind,
        system: services.at(service)?.system ?? 'all',
        specialty: services.at(service)?.baseline.code ?? 'all',
        group: cell % groups,
        financialYear: ledger.firstYear + year,
        budgetPence,
        spentPence,
        unspentPence: budgetPence - spentPence,
      })
    }
  }
  return lines
}
