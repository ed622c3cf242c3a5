/**
 * Where decisions to admit come from. The published tables give the list with a decision and the admissions by
 * weeks waited, but not the decisions. With flows level, those made in the first week follow from what the week
 * leaves behind:
 *
 *     decisions in week 0 = people who pass out of it still waiting + admitted in it + removed in it
 *
 * They are far more than first appointments of that week explain: many clocks start with a decision to admit (a
 * patient listed directly, the second of two planned operations). So a specialty's decisions are split in two: a
 * share of clock starts with a decision from the start, and a constant share of first appointments. Pure.
 */

/** Decisions for which the share of all specialties together counts in each one: small ones lean on it. */
const PRIOR_DECISIONS = 10
/** At most this share of a specialty's decisions is made at the start. */
const MOST_DIRECT = 0.95

/** What is known of a specialty, in an average week; arrays by whole weeks waited. */
export interface DecisionTable {
  readonly waitingWithDecision: readonly number[]
  readonly admitted: readonly number[]
  readonly nonAdmitted: readonly number[]
  /** Hazard of leaving the admission list otherwise in the first week. */
  readonly leavingWeek0: number
  /** Decisions to admit in a week, from admissions and what else leaves the admission list. */
  readonly decisionsPerWeek: number
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/**
 * Decisions made at the start, in a week: those of week 0 beyond what its first appointments lead to. With odds o
 * after a first appointment, `week0 = direct + o × nonAdmitted[0]` and `all = direct + o × nonAdmitted`.
 */
function directPerWeek(table: DecisionTable): number {
  const { waitingWithDecision: list, admitted, nonAdmitted, decisionsPerWeek } = table
  const week0 = (list[0] + list[1]) / 2 + admitted[0] + table.leavingWeek0 * list[0]
  const later = total(nonAdmitted) - nonAdmitted[0]
  const odds = later > 0 ? Math.max(0, decisionsPerWeek - week0) / later : 0
  return Math.min(MOST_DIRECT * decisionsPerWeek, Math.max(0, week0 - odds * nonAdmitted[0]))
}

/** Share of each specialty's decisions that is made at the start. */
export function directShares(tables: readonly DecisionTable[]): number[] {
  const direct = tables.map(directPerWeek)
  const decisions = tables.map((table) => table.decisionsPerWeek)
  const together = total(decisions) > 0 ? total(direct) / total(decisions) : 0
  return tables.map((_, index) => (direct[index] + PRIOR_DECISIONS * together) / (decisions[index] + PRIOR_DECISIONS))
}
