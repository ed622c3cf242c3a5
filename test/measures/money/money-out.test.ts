import { describe, expect, it } from 'vitest'
import { compareEquity } from '../../../src/measures/distribution/equity.ts'
import type { EquityInput } from '../../../src/measures/distribution/outcomes.ts'
import { LOST_SLOT_POUNDS } from '../../../src/measures/definitions.ts'
import { moneyOut } from '../../../src/measures/money/money-out.ts'
import type { Activity, ActivityRow, CostRow, MoneyOut, Outcome } from '../../../src/measures/money/types.ts'
import { FIFTHS, runsOf, type ValueOf } from '../distribution/results.ts'

/** What a made-up run does by date (0, 1, 2): of everybody, each group a fifth of it. */
interface Course {
  readonly stops: number
  readonly admissions: number
  readonly lost: number
  readonly waiting: number
  readonly within: number
  readonly spend: number
  readonly qalysLost: number
  /** By validation, over all dates, and those of them who would be beyond 18 weeks. */
  readonly removed?: number
  readonly removedBeyond?: number
}

const run =
  ({ stops, admissions, lost, waiting, within, spend, qalysLost, removed = 0, removedBeyond = 0 }: Course): ValueOf =>
  ({ group, measure, date }) => {
    const share = group === 'all' ? 1 : 0.2
    const toDate: Record<string, number> = {
      'clock-stops-admitted-to-date': admissions,
      'clock-stops-non-admitted-to-date': stops - admissions,
      'first-appointments-to-date': stops,
      'slots-lost-to-date': lost,
      'spend-to-date': spend,
      'qalys-lost-to-date': qalysLost,
      'removed-by-validation-to-date': removed,
    }
    if (measure === 'removed-beyond-18-weeks') return removedBeyond * share
    if (measure === 'within-18-weeks') return within
    if (measure === 'waiting') return waiting * share
    return (toDate[measure] ?? 0) * share * date
  }

const BASE: Course = { stops: 1000, admissions: 200, lost: 100, waiting: 5000, within: 0.6, spend: 0, qalysLost: 500 }
const BETTER: Course = { stops: 1200, admissions: 240, lost: 96, waiting: 4500, within: 0.7, spend: 85_000, qalysLost: 450 }
/** The second run has a little more of everything. */
const input: EquityInput = runsOf({
  base: [run(BASE), run({ ...BASE, stops: 1010 })],
  better: [run(BETTER), run({ ...BETTER, stops: 1220, qalysLost: 451 })],
})
const equity = compareEquity(input)
const made: MoneyOut = moneyOut(input, equity)

const EVERYBODY = { group: 'all', specialty: 'all' }

function activity(name: Activity, where: Partial<ActivityRow>): ActivityRow {
  const found = made.activity.filter((row) => row.activity === name && Object.entries(where).every(([key, value]) => row[key as keyof ActivityRow] === value))
  expect(found).toHaveLength(1)
  return found[0]
}

function cost(outcome: Outcome, to: string): CostRow {
  const found = made.costs.filter((row) => row.outcome === outcome && row.to === to && row.group === 'all' && row.specialty === 'all')
  expect(found).toHaveLength(1)
  return found[0]
}

describe('activity beyond the reference', () => {
  it('is what happened between two counts, scenario less reference, run by run', () => {
    const years = made.activity.filter((row) => row.activity === 'clock-stops' && row.group === 'all' && row.specialty === 'all')
    expect(years.map(({ financialYear, mean }) => [financialYear, mean])).toEqual([[2026, 205], [2027, 205], [null, 410]])
    expect(activity('admissions', { ...EVERYBODY, financialYear: null }).mean).toBe(80)
  })

  it('adds up over years, and over groups to everybody', () => {
    for (const name of ['clock-stops', 'admissions', 'first-appointments', 'removed', 'qalys'] as const) {
      const whole = activity(name, { ...EVERYBODY, financialYear: null }).mean
      const years = made.activity.filter((row) => row.activity === name && row.group === 'all' && row.specialty === 'all' && row.financialYear !== null)
      expect(years.reduce((sum, { mean }) => sum + mean, 0)).toBeCloseTo(whole, 8)
      const groups = made.activity.filter((row) => row.activity === name && row.group !== 'all' && row.specialty === 'all' && row.financialYear === null)
      expect(groups).toHaveLength(FIFTHS.groups.length)
      expect(groups.reduce((sum, { mean }) => sum + mean, 0)).toBeCloseTo(whole, 8)
    }
  })

  it('counts people brought within 18 weeks as a stock at the end of the period', () => {
    expect(activity('brought-within-18-weeks', { ...EVERYBODY, financialYear: 2026 }).mean).toBe(5000 * 0.4 - 4500 * 0.3)
    expect(activity('brought-within-18-weeks', { ...EVERYBODY, financialYear: null }).mean).toBe(5000 * 0.4 - 4500 * 0.3)
  })

  it('counts slots recovered at the reference’s rate of loss: more slots may lose more', () => {
    const given = { base: [1000 + 200 + 100, 1010 + 200 + 100], better: [1200 + 240 + 96, 1220 + 240 + 96] }
    const expected = [0, 1].map((pair) => (100 * given.better[pair]) / given.base[pair] - 96)
    const { mean } = activity('slots-recovered', { ...EVERYBODY, financialYear: 2026 })
    expect(mean).toBeCloseTo((expected[0] + expected[1]) / 2, 8)
    // Fewer slots lost, although more were given: more than the bare fall of 4 was recovered.
    expect(mean).toBeGreaterThan(4)
  })

  it('has no rows for the reference', () => {
    expect(new Set(made.activity.map(({ scenario }) => scenario))).toEqual(new Set(['better']))
  })
})

describe('what money is priced for', () => {
  it('is every outcome by its name in every period, discounted health over the whole projection only', () => {
    const named = (to: string): string[] => made.costs.filter((row) => row.to === to && row.group === 'all' && row.specialty === 'all').map(({ outcome }) => outcome)
    const always = ['clock-stop', 'within-18-weeks', 'qaly', 'gap-18-weeks', 'gap-unmet-need']
    expect(named('2027-01-31').toSorted()).toEqual(always.toSorted())
    expect(named('2028-01-31').toSorted()).toEqual([...always, 'qaly-discounted'].toSorted())
  })

  it('is activity for each group and each specialty, over the whole projection and no shorter, at their own spend and gain', () => {
    const cells = [...FIFTHS.groups.map(({ id }) => ({ group: id, specialty: 'all' })), { group: 'all', specialty: 'C_120' }]
    const parts = made.costs.filter(({ group, specialty }) => group !== 'all' || specialty !== 'all')
    const named = (row: Pick<CostRow, 'group' | 'specialty' | 'outcome' | 'to'>): string => [row.group, row.specialty, row.outcome, row.to].join(' ')
    const expected = cells.flatMap((cell) => (['clock-stop', 'within-18-weeks', 'qaly'] as const).map((outcome) => named({ ...cell, outcome, to: '2028-01-31' })))
    expect(parts.map(named).toSorted()).toEqual(expected.toSorted())
    for (const { group, outcome, spend, gain, price } of parts) {
      const whole = cost(outcome, '2028-01-31')
      const share = group === 'all' ? 1 : 0.2
      expect(spend.mean).toBeCloseTo(170_000 * share, 6)
      expect(gain.mean).toBeCloseTo(whole.gain.mean * share, 6)
      expect(price.value).toBeCloseTo(whole.price.value, 6)
    }
  })
})

describe('people removed by validation', () => {
  const validated = (course: Course): MoneyOut => {
    const results = runsOf({ base: [run(BASE), run({ ...BASE, waiting: 5002 })], checked: [run(course), run({ ...course, waiting: course.waiting + 2 })] })
    const keys = results.catalogue.keys
    expect(keys.some(({ measure }) => measure === 'removed-beyond-18-weeks')).toBe(true)
    return moneyOut(results, null)
  }
  const of = (rows: MoneyOut, name: Activity): number | undefined =>
    rows.activity.find((row) => row.activity === name && row.group === 'all' && row.specialty === 'all' && row.financialYear === null)?.mean
  const priceOf = (rows: MoneyOut): CostRow['price'] | undefined =>
    rows.costs.find((row) => row.outcome === 'within-18-weeks' && row.group === 'all' && row.specialty === 'all' && row.to === '2028-01-31')?.price

  it('are told apart, and are not among those brought within 18 weeks', () => {
    const rows = validated({ ...BASE, waiting: 4500, within: 0.7, spend: 1000, removed: 260, removedBeyond: 400 })
    expect(of(rows, 'removed-by-validation')).toBeCloseTo(520, 8)
    expect(of(rows, 'removed-beyond-18-weeks')).toBeCloseTo(400, 8)
    expect(of(rows, 'brought-within-18-weeks')).toBeCloseTo(2000 - 1350 - 400 + 0.1, 6)
    expect(priceOf(rows)?.value).toBeCloseTo(2000 / 250.1, 4)
  })

  it('leave no price where they are all that the count has fallen by', () => {
    const rows = validated({ ...BASE, waiting: 4500, within: 0.7, spend: 1000, removed: 650, removedBeyond: 1000 })
    expect(of(rows, 'brought-within-18-weeks')).toBeLessThan(0)
    expect(priceOf(rows)?.reason).toBe('wrong-way')
    expect(priceOf(rows)?.value).toBeNaN()
  })
})

describe('cost per outcome', () => {
  it('is spend since the start ÷ outcome since the start', () => {
    expect(cost('clock-stop', '2027-01-31').price.value).toBeCloseTo(85_000 / 205, 8)
    expect(cost('clock-stop', '2028-01-31').price.value).toBeCloseTo(170_000 / 410, 8)
    expect(cost('within-18-weeks', '2028-01-31').price.value).toBeCloseTo(170_000 / 650, 8)
  })

  it('has the price of a discounted QALY that the comparison of health has', () => {
    const own = cost('qaly-discounted', '2028-01-31').price.value
    expect(own).toBeCloseTo(equity?.scenarios[1].poundsPerQalyGained ?? Number.NaN, 6)
    expect(made.costs.filter(({ outcome }) => outcome === 'qaly-discounted')).toHaveLength(1)
  })
})

describe('savings', () => {
  it('are slots recovered at the registry’s cost of a first appointment, and spend less that', () => {
    const row = made.savings.find(({ group, specialty, financialYear }) => group === 'all' && specialty === 'all' && financialYear === null)
    if (row === undefined) throw new Error('no savings of the whole projection')
    expect(row.value.mean).toBeCloseTo(row.slotsRecovered.mean * LOST_SLOT_POUNDS, 8)
    expect(row.netSpend.mean).toBeCloseTo(170_000 - row.value.mean, 6)
  })

  it('are left out where the study counts no lost slots', () => {
    const { catalogue, ...rest } = input
    const keys = catalogue.keys.map((key) => (key.measure === 'slots-lost-to-date' ? { ...key, measure: 'not-counted' } : key))
    const without = moneyOut({ ...rest, catalogue: { ...catalogue, keys } }, null)
    expect(without.savings).toEqual([])
    expect(without.activity.some((row) => row.activity === 'slots-recovered')).toBe(false)
    expect(without.opportunityCost).toEqual([])
  })
})

describe('health forgone elsewhere', () => {
  it('is spend ÷ the price of a QALY, shared out among groups', () => {
    const spend = equity?.scenarios[1].spend.mean ?? Number.NaN
    const total = (of: (row: MoneyOut['opportunityCost'][number]) => number): number => made.opportunityCost.reduce((sum, row) => sum + of(row), 0)
    expect(total(({ mean }) => mean)).toBeCloseTo(spend / 8500, 8)
    expect(total(({ low }) => low)).toBeCloseTo(spend / 10_000, 8)
    expect(total(({ high }) => high)).toBeCloseTo(spend / 7000, 8)
    expect(total(({ share }) => share)).toBeCloseTo(1, 12)
    expect(made.opportunityCost[0].mean).toBeGreaterThan(made.opportunityCost[4].mean)
  })
})
