import { describe, expect, it } from 'vitest'
import { BANDS } from '../../../src/baseline/types.ts'
import type { SpecialtyBaseline } from '../../../src/baseline/types.ts'
import type { ChanceDrift, ServiceTables } from '../../../src/model/tables.ts'
import { compiled, specialty, sum, system, WEEKS, type StudyParts } from './study-builder.ts'

const DRIFT = { first: Array.from({ length: BANDS }, (_, week) => week / 1000), admission: Array.from({ length: BANDS }, (_, week) => -week / 2000), removed: 0.03 }
const drifting = (parts: Partial<SpecialtyBaseline> = {}): SpecialtyBaseline => specialty('T_1', { drift: DRIFT, ...parts })
const serviceOf = (parts: StudyParts = {}): ServiceTables => compiled({ baselines: [system('A', [drifting()])], ...parts })[0].services[0]
const monthsOf = (drift: ChanceDrift | null): number[] => [...(drift?.months ?? [])]

/** What each month ahead adds, nine tenths of the one before, summed over whole months. */
const inWholeMonths = (months: number): number => Array.from({ length: months }, (_, month) => 0.9 ** (month + 1)).reduce((all, part) => all + part, 0)

describe('a fitted drift', () => {
  it('has built up, half a month before a whole number of them, what the months add one by one', () => {
    const months = monthsOf(serviceOf({ time: { stepDays: 1 }, steps: WEEKS * 7 }).first.drift)
    for (const whole of [1, 2, 6, 12]) {
      // The fit stands half a month before the start; a day counts by its middle.
      const day = Math.round((whole - 0.5) * (365.25 / 12) - 0.5)
      expect(months[day]).toBeCloseTo(inWholeMonths(whole), 1)
      expect(Math.abs(months[day] - inWholeMonths(whole))).toBeLessThan(0.9 * (1 / 60))
    }
  })

  it('builds up from step to step by ever less, and never beyond nine months’ worth', () => {
    const months = monthsOf(serviceOf().first.drift)
    const added = months.slice(1).map((value, step) => value - months[step])
    expect(added.every((value, step) => value > 0 && (step === 0 || value < added[step - 1]))).toBe(true)
    expect(months[0]).toBeGreaterThan(0.45)
    expect(months.at(-1)).toBeLessThan(9)
  })

  it('is the same in weeks as in the middle days of weeks', () => {
    const weekly = monthsOf(serviceOf().admission.drift)
    const daily = monthsOf(serviceOf({ time: { stepDays: 1 }, steps: WEEKS * 7 }).admission.drift)
    weekly.forEach((value, week) => expect(daily[week * 7 + 3]).toBeCloseTo(value, 12))
  })

  it('has not begun in the warm-up, and then goes on as without one', () => {
    const without = monthsOf(serviceOf().first.drift)
    expect(monthsOf(serviceOf({ time: { warmUpWeeks: 8 } }).first.drift)).toEqual([...Array<number>(8).fill(0), ...without])
  })

  it('moves each stage by its own slopes, and removals and withdrawals, no other exit, by their factor', () => {
    const { first, admission, exits } = serviceOf({ assumptions: { emergencyPerWeek: [0.001, 0.001, 0.001] } })
    expect([...(first.drift?.perMonth ?? [])]).toEqual(DRIFT.first)
    expect([...(admission.drift?.perMonth ?? [])]).toEqual(DRIFT.admission)
    const months = monthsOf(first.drift)
    for (const cause of [0, 1]) {
      const { byBand, factor } = exits[cause]
      const still = compiled()[0].services[0].exits[cause]
      for (const step of [0, 20, WEEKS - 1]) {
        expect(byBand[5] * (factor?.[step] ?? 1)).toBeCloseTo(still.byBand[5] * Math.exp(0.03 * months[step]), 12)
      }
    }
    expect(exits.slice(2).map(({ factor }) => factor)).toEqual([null, null, null])
  })

  it('is none where nothing was fitted', () => {
    const { first, admission, exits } = compiled()[0].services[0]
    expect([first.drift, admission.drift, exits[0].factor]).toEqual([null, null, null])
  })
})

describe('the drift of systems that share a specialty', () => {
  const shared = (other: Partial<SpecialtyBaseline>): ServiceTables => {
    const mutualAid = [{ from: 'A', to: 'B', specialties: [], firstSlotsPerWeek: 1, admissionSlotsPerWeek: 0, uptake: [1, 1, 1], startsOn: null, endsOn: null }]
    return compiled({ baselines: [system('A', [drifting()]), system('B', [specialty('T_1', other)])], scenarios: [{ mutualAid }] })[0].services[0]
  }
  const lists = { waitingFirst: [[100], [100], [99]] }

  it('is their mean by people on their lists, none where a system has none', () => {
    // A has 460 people on its list and B 299, and one more each so that nobody's list is empty.
    const { first } = shared(lists)
    expect(first.drift?.perMonth[40]).toBeCloseTo((461 * 0.04) / (461 + 300), 12)
    const both = shared({ ...lists, drift: { ...DRIFT, first: DRIFT.first.map((slope) => slope * 2) } })
    expect(both.first.drift?.perMonth[40]).toBeCloseTo((461 * 0.04 + 300 * 0.08) / (461 + 300), 12)
    expect(monthsOf(both.first.drift)).toEqual(monthsOf(serviceOf().first.drift))
  })

  it('reaches the exits of those alone whose system drifts', () => {
    const { exits: [removed], strata } = shared(lists)
    const factors = removed.factor ?? new Float64Array(0)
    expect(factors).toHaveLength(strata * WEEKS)
    expect(factors[10]).toBeGreaterThan(1)
    expect(sum(factors.subarray((strata / 2) * WEEKS))).toBe((strata / 2) * WEEKS)
  })
})
