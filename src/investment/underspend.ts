/**
 * What becomes of money that programmes of an envelope could not spend in a financial year, year after year:
 *
 *     lost   it stays in the account as unspent
 *     carry  it becomes the programme's own budget of the next financial year, where it has money then
 *     pass   programmes that spent all that they had, of the same kind of money, get it in the same financial year
 *
 * Plans are made with foresight: what would be left at the end of the year is known, and passed on as if from its start.
 * Money that moves leaves one line of the accounts and joins another, so that no pound stands in two.
 */
import { MONEY_KINDS, type BudgetLine, type MoneyKind, type Transfer } from '../model/tables.ts'
import type { Underspend } from '../scenario/study.ts'
import { splitPence } from './allocation/split-pence.ts'
import type { Tranche } from './money.ts'
import { penceByYear, rescaled } from './portfolio.ts'

/** A programme whose underspend may move. */
export interface Holder {
  readonly id: string
  /** Pence of a financial year that it may not pass on, and the most that it may have. */
  readonly earmarked: (financialYear: number) => number
  readonly most: (financialYear: number) => number
}

/** Money as it is after moves, and the moves. */
export interface Settlement {
  readonly tranches: readonly (readonly Tranche[])[]
  readonly transfers: readonly Transfer[]
}

/**
 * Moves underspend.
 * @param trial what the programmes' accounts would be with these tranches, each programme's apart; the drafts stay as they are
 */
export function settleUnderspend(
  rule: Underspend,
  holders: readonly Holder[],
  granted: readonly (readonly Tranche[])[],
  trial: (tranches: readonly (readonly Tranche[])[]) => readonly (readonly BudgetLine[])[],
): Settlement {
  const state: State = { holders, tranches: granted.map((own) => [...own]), transfers: [] }
  if (rule === 'lost') return state
  const years = [...new Set(granted.flat().map(({ financialYear }) => financialYear))].toSorted((a, b) => a - b)
  for (const year of years) {
    // Each round of passing on may leave a receiver with more than it can use.
    for (let round = 0; round < (rule === 'pass' ? holders.length : 1); round++) {
      const accounts = trial(state.tranches)
      const moved = MONEY_KINDS.map((kind) => (rule === 'carry' ? carry(state, accounts, kind, year) : pass(state, accounts, kind, year)))
      if (!moved.includes(true)) break
    }
  }
  return state
}

interface State {
  readonly holders: readonly Holder[]
  readonly tranches: Tranche[][]
  readonly transfers: Transfer[]
}

/** Pence that have moved away from a programme's money of a year. */
function goneFrom(transfers: readonly Transfer[], id: string, kind: MoneyKind, year: number): number {
  return transfers.reduce((sum, move) => sum + (move.from === id && move.kind === kind && move.fromYear === year ? move.pence : 0), 0)
}

/** What each programme would leave unspent of a year's money, after what has moved away already. */
function unspentOf({ holders, transfers }: State, accounts: readonly (readonly BudgetLine[])[], kind: MoneyKind, year: number): number[] {
  return accounts.map((lines, index) => {
    const left = lines.reduce((sum, line) => sum + (line.kind === kind && line.financialYear === year ? line.unspentPence : 0), 0)
    return left - goneFrom(transfers, holders[index].id, kind, year)
  })
}

function carry(state: State, accounts: readonly (readonly BudgetLine[])[], kind: MoneyKind, year: number): boolean {
  unspentOf(state, accounts, kind, year).forEach((left, index) => {
    const { id, most } = state.holders[index]
    const own = state.tranches[index]
    const room = Math.max(0, most(year + 1) - penceOfBoth(own, year + 1))
    if ((penceByYear(own, kind).get(year + 1) ?? 0) > 0) receive(state, { kind, from: id, to: id, fromYear: year, toYear: year + 1, pence: Math.min(left, room) })
  })
  return false
}

function pass(state: State, accounts: readonly (readonly BudgetLine[])[], kind: MoneyKind, year: number): boolean {
  const { holders, tranches } = state
  const has = tranches.map((own) => penceByYear(own, kind).get(year) ?? 0)
  const unspent = unspentOf(state, accounts, kind, year)
  const room = holders.map(({ most }, index) => (unspent[index] === 0 && has[index] > 0 ? Math.max(0, most(year) - penceOfBoth(tranches[index], year)) : 0))
  const weights = has.map((pence, index) => (room[index] > 0 ? pence : 0))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total === 0) return false
  const before = state.transfers.length
  unspent.forEach((left, giver) => {
    const { id, earmarked } = holders[giver]
    const kept = has[giver] - goneFrom(state.transfers, id, kind, year)
    const free = Math.max(0, Math.min(left, kept - earmarked(year)))
    splitPence(free, weights.map((weight) => weight / total)).forEach((part, taker) => {
      const pence = Math.min(part, room[taker])
      room[taker] -= pence
      receive(state, { kind, from: id, to: holders[taker].id, fromYear: year, toYear: year, pence })
    })
  })
  return state.transfers.length > before
}

/** Pence of a financial year, of both kinds. */
const penceOfBoth = (tranches: readonly Tranche[], year: number): number =>
  MONEY_KINDS.reduce((sum, kind) => sum + (penceByYear(tranches, kind).get(year) ?? 0), 0)

/** Adds money to the receiver's tranches, in proportion to what it has. */
function receive({ holders, tranches, transfers }: State, move: Transfer): void {
  if (move.pence === 0) return
  const index = holders.findIndex(({ id }) => id === move.to)
  const has = penceByYear(tranches[index], move.kind).get(move.toYear) ?? 0
  tranches[index] = rescaled(tranches[index], move.kind, move.toYear, has + move.pence)
  transfers.push(move)
}

/** The account of a programme without what has moved away from its unspent money. */
export function withoutMoved(lines: readonly BudgetLine[], transfers: readonly Transfer[]): BudgetLine[] {
  const pages = Map.groupBy(lines, ({ kind, financialYear }) => `${kind}/${financialYear}`)
  return [...pages.values()].flatMap((page) => {
    const [{ programme, kind, financialYear }] = page
    const moved = goneFrom(transfers, programme, kind, financialYear)
    const total = page.reduce((sum, { unspentPence }) => sum + unspentPence, 0)
    let unspent = 0
    let taken = 0
    return page.map((line) => {
      unspent += line.unspentPence
      const part = total > 0 ? Math.floor((moved * unspent) / total) - taken : 0
      taken += part
      return { ...line, budgetPence: line.budgetPence - part, unspentPence: line.unspentPence - part }
    })
  })
}
