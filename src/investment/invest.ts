/**
 * Programmes act on the draft tables.
 *
 *     budgets at prices of the day → 1 what each asks for → 2 its share of the envelope → 3 underspend moves
 *     → 4 every programme buys, and the account is made
 */
import type { Steps } from '../model/steps.ts'
import type { BudgetLine, EnvelopeLine, Transfer } from '../model/tables.ts'
import type { Envelope, Programme, Series } from '../scenario/study.ts'
import type { AllocationContext } from './allocation/units.ts'
import type { DraftService } from './draft.ts'
import { capitalShare, LEVER } from './levers/index.ts'
import { accrueMoney, poundsAYear, type Tranche } from './money.ts'
import { envelopeLimits, envelopeLines, mostPence, earmarkedPence, shareEnvelope, sharedPounds, type Claim } from './portfolio.ts'
import { atCurrentCosts, CONSTANT_PRICES, type PriceLevel } from './prices.ts'
import { runProgramme, type Spending } from './run-programme.ts'
import { settleUnderspend, withoutMoved } from './underspend.ts'

/** What a scenario's programmes share: an envelope, where there is one, and prices. */
export interface Terms {
  readonly envelope: Envelope<Series> | null
  readonly prices: PriceLevel
}

/** What became of a scenario's money. */
export interface Investment extends Spending {
  readonly envelopes: readonly EnvelopeLine[]
  readonly transfers: readonly Transfer[]
}

/**
 * Lets every programme buy for the drafts, which collect it, and returns the account.
 * @param contextOf residents and need of the systems that a programme is for
 * @throws InputError where a programme's money reaches nobody
 */
export function invest(
  programmes: readonly Programme<Series>[],
  services: readonly DraftService[],
  steps: Steps,
  contextOf: (programme: Programme<Series>) => AllocationContext,
  { envelope, prices }: Terms = { envelope: null, prices: CONSTANT_PRICES },
): Investment {
  const priced = programmes.map((programme) => atCurrentCosts(programme, steps, prices))
  const contexts = programmes.map(contextOf)
  const claims = priced.map((programme): Claim => ({ budget: programme.budget, tranches: claimOf(programme, envelope, prices, steps) }))
  const buy = (tranches: readonly (readonly Tranche[])[], from: readonly DraftService[]): Spending[] =>
    priced.map((programme, index) => runProgramme(programme, tranches[index], from, steps, contexts[index]))
  if (envelope === null) return { ...together(buy(claims.map(({ tranches }) => tranches), services)), envelopes: [], transfers: [] }
  const limits = envelopeLimits(envelope, prices, steps)
  const granted = shareEnvelope(claims, limits, prices, steps)
  const holders = priced.map(({ id, budget }) => ({ id, earmarked: earmarkedPence(budget, prices, steps), most: mostPence(budget, prices, steps) }))
  const trial = (tranches: readonly (readonly Tranche[])[]): (readonly BudgetLine[])[] =>
    buy(tranches, services.map((service) => ({ ...service, doses: [] }))).map(({ budgets }) => budgets)
  const { tranches, transfers } = settleUnderspend(envelope.underspend, holders, granted, trial)
  const accounts = together(buy(tranches, services))
  const budgets = [...Map.groupBy(accounts.budgets, ({ programme }) => programme).values()].flatMap((lines) => withoutMoved(lines, transfers))
  return { spend: accounts.spend, budgets, envelopes: envelopeLines(limits, budgets, transfers), transfers }
}

function together(accounts: readonly Spending[]): Spending {
  return { spend: accounts.flatMap(({ spend }) => spend), budgets: accounts.flatMap(({ budgets }) => budgets) }
}

/** What a programme asks for, before an envelope holds it back. */
function claimOf(programme: Programme<Series>, envelope: Envelope<Series> | null, prices: PriceLevel, steps: Steps): Tranche[] {
  const { budget, lever } = programme
  const { kind } = LEVER[lever]
  const yearly = envelope === null ? poundsAYear(budget, prices) : sharedPounds(budget, envelope, kind, prices)
  return accrueMoney(budget, yearly, (step) => (kind === 'capital' ? capitalShare(programme, step) : 0), steps)
}
