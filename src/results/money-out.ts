/** What money buys and how scenarios trade off, of a finished study; each is made once. */
import { tradeOffs, type TradeOffs } from '../measures/distribution/trade-offs.ts'
import { moneyOut } from '../measures/money/money-out.ts'
import type { MoneyOut } from '../measures/money/types.ts'
import { equityInput, equityOf } from './equity-json.ts'
import type { StudyResults } from './types.ts'

const knownMoney = new WeakMap<StudyResults, MoneyOut>()
const knownTradeOffs = new WeakMap<StudyResults, { readonly made: TradeOffs | null }>()

/** Activity, prices, savings and health forgone, each against the reference. */
export function moneyOutOf(results: StudyResults): MoneyOut {
  const made = knownMoney.get(results) ?? moneyOut(equityInput(results), equityOf(results))
  knownMoney.set(results, made)
  return made
}

/** Every pair of scenarios; null where the study has nothing to compare. */
export function tradeOffsOf(results: StudyResults): TradeOffs | null {
  const known = knownTradeOffs.get(results) ?? { made: tradeOffs(equityInput(results)) }
  knownTradeOffs.set(results, known)
  return known.made
}
