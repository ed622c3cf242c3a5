/**
 * The account of a programme by kind of money, system, specialty, group and financial year: budget = spent + unspent, to
 * the penny. Money that could not be shared among specialties, since none of them could use it, stands under `all` and
 * is unspent.
 */
import { MONEY_KINDS, type BudgetLine, type MoneyKind } from '../model/tables.ts'
import type { Programme, Series } from '../scenario/study.ts'
import type { DraftService } from './draft.ts'

/** Pence booked so far: index ((year × kinds + kind) × (services + 1) + service) × groups + group; the last service stands for none. */
export interface Ledger {
  readonly firstYear: number
  readonly years: number
  readonly services: readonly DraftService[]
  readonly groups: number
  readonly budgetPence: Float64Array
  readonly spentPence: Float64Array
}

/** What an entry is for. */
export interface Heading {
  readonly financialYear: number
  readonly kind: MoneyKind
  /** Index into the ledger's services; their number for money shared with none. */
  readonly service: number
  readonly group: number
}

/** An empty ledger of the financial years named. */
export function openLedger(financialYears: readonly number[], services: readonly DraftService[], groups: number): Ledger {
  const firstYear = Math.min(...financialYears)
  const years = financialYears.length === 0 ? 0 : Math.max(...financialYears) - firstYear + 1
  const cells = years * MONEY_KINDS.length * (services.length + 1) * groups
  return { firstYear, years, services, groups, budgetPence: new Float64Array(cells), spentPence: new Float64Array(cells) }
}

/** Books money. */
export function book(ledger: Ledger, { financialYear, kind, service, group }: Heading, budgetPence: number, spentPence: number): void {
  const page = (financialYear - ledger.firstYear) * MONEY_KINDS.length + MONEY_KINDS.indexOf(kind)
  const cell = (page * (ledger.services.length + 1) + service) * ledger.groups + group
  ledger.budgetPence[cell] += budgetPence
  ledger.spentPence[cell] += spentPence
}

/**
 * The account, by financial year, kind, then system and specialty, then group, without lines of nothing. A programme
 * without any money has one such line of revenue for each year and group, so that it is not lost.
 */
export function accountLines(ledger: Ledger, programme: Programme<Series>): BudgetLine[] {
  const { services, groups, budgetPence } = ledger
  const perPage = (services.length + 1) * groups
  const isEmpty = budgetPence.every((pence) => pence === 0)
  const lines: BudgetLine[] = []
  budgetPence.forEach((budget, cell) => {
    const page = Math.floor(cell / perPage)
    const service = Math.floor((cell % perPage) / groups)
    const kind = MONEY_KINDS[page % MONEY_KINDS.length]
    if (budget === 0 && !(isEmpty && service === services.length && kind === 'revenue')) return
    lines.push({
      programme: programme.id,
      lever: programme.lever,
      kind,
      system: services.at(service)?.system ?? 'all',
      specialty: services.at(service)?.baseline.code ?? 'all',
      group: cell % groups,
      financialYear: ledger.firstYear + Math.floor(page / MONEY_KINDS.length),
      budgetPence: budget,
      spentPence: ledger.spentPence[cell],
      unspentPence: budget - ledger.spentPence[cell],
    })
  })
  return lines
}
