/**
 * What money buys.
 *
 *     runs at the reporting dates → money and activity of each run (run-reader.ts)
 *       → less the reference run → means, intervals, prices (ratio.ts)
 *     comparison of health (distribution/) → health forgone by group
 */
import { LOST_SLOT_POUNDS } from '../definitions.ts'
import type { Equity } from '../distribution/equity-types.ts'
import { gapClosed, gapReader } from '../distribution/gap-closed.ts'
import { NEED_GAP, VISIBLE_GAP } from '../headline-measures.ts'
import { readHealthRuns, sumOf, type EquityInput } from '../distribution/outcomes.ts'
import { readRuns, type RunHealth } from '../distribution/run-health.ts'
import { meanOverDraws } from '../interval.ts'
import type { RunTable } from '../types.ts'
import { financialYears, moneyCells, sinceStart, type MoneyCells, type ReportedPeriod } from './cells.ts'
import { priceOf } from './ratio.ts'
import { cellReaders, type CellReader, type OwnActivity } from './run-reader.ts'
import { ACTIVITIES, type Activity, type ActivityRow, type CostRow, type MoneyCell, type MoneyEstimate, type MoneyOut, type OpportunityRow, type Outcome, type SavingRow } from './types.ts'

type Runs = readonly RunTable['runs'][number][]

/** Paired runs of one scenario and the reference, and how to read them. */
interface Pairing {
  readonly scenario: string
  readonly own: Runs
  readonly reference: Runs
  readonly runsPerDraw: number
  readonly estimate: (values: readonly number[]) => MoneyEstimate
}

/** A price that is asked for: extra outcome by run. */
interface Asked {
  readonly outcome: Outcome
  readonly gain: readonly number[]
  /** Extra pounds by run, where they are not those of the period. */
  readonly spend?: readonly number[]
}

/** @param equity the comparison of the same runs by health; null where there is none */
export function moneyOut(input: EquityInput, equity: Equity | null): MoneyOut {
  const { catalogue, runRows, runsPerDraw, scenarioIds, reference } = input
  const runsOf = readRuns(runRows, (run) => run)
  const pairings = scenarioIds
    .filter((id) => id !== reference)
    .map((scenario): Pairing => ({ scenario, own: runsOf(scenario), reference: runsOf(reference), runsPerDraw, estimate: estimator(runsPerDraw) }))
  const cells = moneyCells(catalogue)
  const readers = cellReaders(catalogue, runRows.dateIndices.length)
  const extra = extraOutcomes(input)
  return {
    reference,
    runs: runsOf(reference).length,
    independent: runsPerDraw > 1 ? 'draws' : 'runs',
    lostSlotPounds: LOST_SLOT_POUNDS,
    activity: pairings.flatMap((pairing) => activityRows(pairing, input, cells, readers)),
    costs: pairings.flatMap((pairing) => costRows(pairing, input, cells, readers, extra)),
    savings: pairings.flatMap((pairing) => savingRows(pairing, input, cells, readers)),
    opportunityCost: equity === null ? [] : opportunityRows(equity),
  }
}

function estimator(runsPerDraw: number): Pairing['estimate'] {
  return (values) => {
    const { mean, lower, upper } = meanOverDraws(values, runsPerDraw)
    return { mean, lower, upper }
  }
}

const periodOf = ({ financialYear, from, to }: ReportedPeriod): Pick<ActivityRow, 'financialYear' | 'from' | 'to'> => ({ financialYear, from, to })

function activityRows(pairing: Pairing, { catalogue, runRows }: EquityInput, cells: MoneyCells, readers: (cell: MoneyCell) => CellReader): ActivityRow[] {
  const years = financialYears(catalogue, runRows)
  const whole = sinceStart(catalogue, runRows).slice(-1)
  const rows = (of: readonly MoneyCell[], periods: readonly ReportedPeriod[]): ActivityRow[] =>
    of.flatMap((cell) => periods.flatMap((period) => activitiesOf(pairing, readers(cell), period)))
  return [...rows([cells.all, ...cells.groups, ...cells.specialties], [...years, ...whole]), ...rows(cells.both, whole)]
}

/** Activities of studies with a programme of validation alone. */
const OF_VALIDATION: ReadonlySet<Activity> = new Set(['removed-by-validation', 'removed-beyond-18-weeks'])

function activitiesOf(pairing: Pairing, reader: CellReader, period: ReportedPeriod): ActivityRow[] {
  return ACTIVITIES.flatMap((activity) => {
    const values = activity === 'slots-recovered' ? slotsRecovered(pairing, reader, period) : extraActivity(pairing, reader, activity, period)
    if (values === null || (OF_VALIDATION.has(activity) && !reader.isValidated)) return []
    return [{ scenario: pairing.scenario, ...periodOf(period), ...reader.cell, activity, ...pairing.estimate(values) }]
  })
}

function extraActivity({ own, reference }: Pairing, reader: CellReader, activity: OwnActivity, { first, last }: ReportedPeriod): number[] {
  return own.map((run, pair) => reader.activity(activity, run, first, last) - reader.activity(activity, reference[pair], first, last))
}

/**
 * Slots that would have been lost at the reference's rate and were not. At the same rate more slots lose more, which
 * is no loss of a scenario that pays for more.
 */
function slotsRecovered({ own, reference }: Pairing, { slots }: CellReader, { first, last }: ReportedPeriod): number[] | null {
  if (slots === null) return null
  return own.map((run, pair) => {
    const [now, before] = [slots(run, first, last), slots(reference[pair], first, last)]
    return before.given === 0 ? 0 : (before.lost * now.given) / before.given - now.lost
  })
}

function extraSpend({ own, reference }: Pairing, reader: CellReader, { first, last }: ReportedPeriod): number[] {
  return own.map((run, pair) => reader.spend(run, first, last) - reader.spend(reference[pair], first, last))
}

const OF_ACTIVITY: readonly (readonly [Outcome, Exclude<Activity, 'slots-recovered'>])[] = [
  ['clock-stop', 'clock-stops'],
  ['within-18-weeks', 'brought-within-18-weeks'],
  ['qaly', 'qalys'],
]

function costRows(
  pairing: Pairing,
  { catalogue, runRows }: EquityInput,
  cells: MoneyCells,
  readers: (cell: MoneyCell) => CellReader,
  extra: (pairing: Pairing, period: ReportedPeriod) => Asked[],
): CostRow[] {
  const periods = sinceStart(catalogue, runRows)
  const whole = periods.slice(-1)
  const rows = (cell: MoneyCell, period: ReportedPeriod, beyond: readonly Asked[]): CostRow[] => {
    const reader = readers(cell)
    const inPeriod = extraSpend(pairing, reader, period)
    const asked = OF_ACTIVITY.map(([outcome, activity]): Asked => ({ outcome, gain: extraActivity(pairing, reader, activity, period) }))
    return [...asked, ...beyond].map(({ outcome, gain, spend = inPeriod }) => ({
      scenario: pairing.scenario,
      ...periodOf(period),
      ...cell,
      outcome,
      spend: pairing.estimate(spend),
      gain: pairing.estimate(gain),
      price: priceOf(spend, gain, pairing.runsPerDraw),
    }))
  }
  return [
    ...periods.flatMap((period) => rows(cells.all, period, extra(pairing, period))),
    ...[...cells.groups, ...cells.specialties].flatMap((cell) => whole.flatMap((period) => rows(cell, period, []))),
  ]
}

/** Outcomes of everybody in all specialties: gaps at the end of a period and, over the whole projection, discounted health. */
function extraOutcomes(input: EquityInput): (pairing: Pairing, period: ReportedPeriod) => Asked[] {
  const { catalogue, runRows, runsPerDraw, reference } = input
  const width = runRows.dateIndices.length
  const [visible, need] = [VISIBLE_GAP, NEED_GAP].map((measure) => gapReader(catalogue, width, measure))
  const healthOf = readHealthRuns(input)?.runsOf
  const lossOf = (runs: readonly RunHealth[]): number[] => runs.map(({ loss, eventLoss }) => sumOf([...loss.flat(), ...eventLoss]))
  const spendOf = (runs: readonly RunHealth[]): number[] => runs.map(({ spend }) => spend)
  const less = (a: readonly number[], b: readonly number[]): number[] => a.map((value, pair) => value - b[pair])
  return ({ scenario, own, reference: before }, { last }) => {
    const closed = (read: typeof visible): number[] => gapClosed(before.map((run) => read(run, last)), own.map((run) => read(run, last)), runsPerDraw)
    const gaps: Asked[] = [
      // A share to points of a percentage.
      { outcome: 'gap-18-weeks', gain: closed(visible).map((share) => 100 * share) },
      { outcome: 'gap-unmet-need', gain: closed(need) },
    ]
    if (last !== width - 1 || healthOf === undefined) return gaps
    const [after, without] = [scenario, reference].map(healthOf)
    const discounted: Asked = { outcome: 'qaly-discounted', gain: less(lossOf(without), lossOf(after)), spend: less(spendOf(after), spendOf(without)) }
    return [discounted, ...gaps]
  }
}

function savingRows(pairing: Pairing, { catalogue, runRows }: EquityInput, cells: MoneyCells, readers: (cell: MoneyCell) => CellReader): SavingRow[] {
  const whole = sinceStart(catalogue, runRows).slice(-1)
  const rows = (cell: MoneyCell, periods: readonly ReportedPeriod[]): SavingRow[] =>
    periods.flatMap((period) => {
      const reader = readers(cell)
      const slots = slotsRecovered(pairing, reader, period)
      if (slots === null) return []
      const spend = extraSpend(pairing, reader, period)
      const value = slots.map((each) => each * LOST_SLOT_POUNDS)
      return [
        {
          scenario: pairing.scenario,
          ...periodOf(period),
          ...cell,
          slotsRecovered: pairing.estimate(slots),
          value: pairing.estimate(value),
          spend: pairing.estimate(spend),
          netSpend: pairing.estimate(spend.map((pounds, pair) => pounds - value[pair])),
        },
      ]
    })
  return [
    ...rows(cells.all, [...financialYears(catalogue, runRows), ...whole]),
    ...[...cells.groups, ...cells.specialties].flatMap((cell) => rows(cell, whole)),
  ]
}

function opportunityRows({ perspective, scenarios }: Equity): OpportunityRow[] {
  const { poundsPerQaly, groups, reference } = perspective
  return scenarios
    .filter(({ id }) => id !== reference)
    .flatMap(({ id, spend, netHealthByGroup }) =>
      groups.map(({ group, opportunityCostShare }): OpportunityRow => {
        const forgone = (pounds: number, price: number): number => (opportunityCostShare * pounds) / price
        const gain = netHealthByGroup.find((each) => each.group === group)?.healthGain
        return {
          scenario: id,
          group,
          share: opportunityCostShare,
          mean: forgone(spend.mean, poundsPerQaly.mid),
          low: forgone(spend.mean, poundsPerQaly.high),
          high: forgone(spend.mean, poundsPerQaly.low),
          healthGain: gain ?? { mean: Number.NaN, lower: Number.NaN, upper: Number.NaN },
        }
      }),
    )
}
