import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors.ts'
import { shareOfWhole, wholeNumbers } from '../../../src/model/compile/whole-slots.ts'
import type { ServiceTables, SlotPool } from '../../../src/model/tables.ts'
import { programme } from '../../investment/programmes.ts'
import { adjust, compiled, policy, shock, specialty, sum, system, WEEKS, type StudyParts } from './study-builder.ts'

const serviceOf = (parts: StudyParts): ServiceTables => compiled(parts)[0].services[0]
const open = (stage: { readonly pools: readonly SlotPool[] }): SlotPool => stage.pools[stage.pools.length - 1]
const sources = (stage: { readonly pools: readonly SlotPool[] }): string[] => stage.pools.map(({ source, access }) => (source === 'nhs' && access !== null ? 'reserved' : source))
/** Slots of a stage without money or shocks follow from 90 first appointments and 20 admissions a week. */
const total = (pool: SlotPool | undefined, from = 0, to = WEEKS): number => sum(pool?.slots.subarray(from, to) ?? [])

describe('whole slots', () => {
  it('stay within half a slot of what is expected, over any time, and shares of them within half and never above', () => {
    const amounts = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(amounts, fc.double({ min: 0, max: 1, noNaN: true }), (expected, share) => {
        const whole = wholeNumbers(Float64Array.from(expected))
        const part = shareOfWhole(whole, () => share)
        whole.forEach((slots, step) => {
          expect(Math.abs(sum(whole.subarray(0, step + 1)) - sum(expected.slice(0, step + 1)))).toBeLessThanOrEqual(0.5 + 1e-6)
          expect(part[step]).toBeGreaterThanOrEqual(0)
          expect(part[step]).toBeLessThanOrEqual(slots)
        })
      }),
      { seed: 141 },
    )
  })
})

describe('the clinics behind a baseline', () => {
  it('hold the slots that DNAs, cancellations, further appointments and follow-ups take today', () => {
    const each = (value: number): number[] => [value, value, value]
    const { first, admission } = serviceOf({
      assumptions: {
        dnaRate: each(0.1),
        remoteShare: each(0.5),
        remoteDnaRatio: each(0.6),
        patientCancellation: each(0.05),
        hospitalCancellation: each(0.04),
        backfillShare: 0.2,
        backfillAfterCancellation: 0.5,
        furtherAppointmentShare: each(0.25),
        followUpsPerAppointment: 0.5,
        admissionHospitalCancellation: each(0.1),
      },
    })
    const dna = 0.5 * 0.1 + 0.5 * 0.06
    const lost = 0.05 * 0.5 + 0.95 * (0.04 + 0.96 * dna * 0.8)
    const attended = 90 / 0.75
    expect(Math.abs(total(open(first)) - WEEKS * (attended / (1 - lost) + attended * 0.5))).toBeLessThanOrEqual(0.5)
    expect(Math.abs(total(open(admission)) - (WEEKS * 20) / 0.9)).toBeLessThanOrEqual(0.5)
  })

  it('lose those slots again to the same absences, so that the appointments attended are the baseline\'s', () => {
    const each = (value: number): number[] => [value, value, value]
    const { first } = serviceOf({ assumptions: { dnaRate: each(0.2), patientCancellation: each(0.3), hospitalCancellation: each(0.25) } })
    const { dnaRate, patientCancellation, hospitalCancellation } = first.attendance
    const absent = (dnaRate?.[0] ?? 0) + (patientCancellation?.[0] ?? 0) + (hospitalCancellation?.[0] ?? 0)
    expect(absent).toBeCloseTo(1 - 0.7 * 0.75 * 0.8, 12)
    expect(Math.abs(total(open(first)) * (1 - absent) - WEEKS * 90)).toBeLessThanOrEqual(0.5)
  })

  it('are the same in a scenario that changes attendance, which then gets more out of them', () => {
    const [today, better] = compiled({ assumptions: { dnaRate: [0.1, 0.1, 0.1] }, scenarios: [{}, { adjustments: [adjust('dnaRate', 'set', 0.01)] }] })
    expect(better.services[0].first.pools).toEqual(today.services[0].first.pools)
    expect(better.services[0].first.attendance.dnaRate?.[0]).toBe(0.01)
  })
})

describe('attendance', () => {
  it('mixes modes, is lowered by money, and then raised in odds by a shock', () => {
    const parts: StudyParts = {
      assumptions: { dnaRate: [0.1, 0.1, 0.1], remoteShare: [0.4, 0, 0], remoteDnaRatio: [0.5, 1, 1] },
      scenarios: [
        {},
        { invest: [programme({ lever: 'attendance-support', from: '2026-01-01' })] },
        { shocks: [shock({ weeks: ['2026-04-15'], dnaOdds: [2, 1, 1] })] },
        { invest: [programme({ lever: 'attendance-support', from: '2026-01-01' })], shocks: [shock({ weeks: ['2026-04-15'], dnaOdds: [2, 1, 1] })] },
      ],
    }
    const [plain, supported, hit, both] = compiled(parts).map(({ services }) => services[0].first.attendance.dnaRate ?? new Float64Array(0))
    expect(plain[0]).toBeCloseTo(0.6 * 0.1 + 0.4 * 0.05, 12)
    expect(plain[1]).toBe(0.1)
    expect(supported[0]).toBeLessThan(plain[0])
    const odds = (probability: number): number => probability / (1 - probability)
    expect(odds(hit[3])).toBeCloseTo(2 * odds(plain[3]), 12)
    expect(odds(both[3])).toBeCloseTo(2 * odds(supported[3]), 12)
    expect(hit[0]).toBe(plain[0])
    expect(hit[4]).toBe(plain[4])
  })
})

describe('pools', () => {
  it('come as reserved for each group in order, independent sector, hub, and open', () => {
    const { first, admission } = serviceOf({
      assumptions: { independentSectorShareFirst: 0.1, independentSectorShareAdmission: 0.2, hubShareAdmission: 0.3, independentSectorAccess: [0.5, 1, 2] },
      scenarios: [{ policies: [policy({ reservedShare: [0.2, 0.1, 0] })] }],
    })
    expect(sources(first)).toEqual(['reserved', 'reserved', 'reserved', 'independent-sector', 'nhs'])
    expect(sources(admission)).toEqual(['reserved', 'reserved', 'reserved', 'independent-sector', 'hub', 'nhs'])
    expect(admission.pools.map(({ releaseTo }) => releaseTo)).toEqual([5, 5, 5, -1, -1, -1])
    const perWeek = admission.pools.map((pool) => total(pool) / WEEKS)
    const nhs = 20 * 0.5
    ;[nhs * 0.2, nhs * 0.1, 0, 20 * 0.2, 20 * 0.3, nhs * 0.7].forEach((slots, pool) => expect(Math.abs(perWeek[pool] - slots)).toBeLessThanOrEqual(1 / WEEKS))
    expect([...(admission.pools[1].access?.subarray(0, 3) ?? [])]).toEqual([0, 1, 0])
    expect([...(admission.pools[3].access?.subarray(0, 3) ?? [])]).toEqual([0.5, 1, 2])
  })

  it('bought for a group join the slots that a policy keeps for it', () => {
    const invest = [programme({ from: '2026-01-01', allocate: { rule: 'targeted', groups: [1] } })]
    const [bought, kept, both] = compiled({ scenarios: [{ invest }, { policies: [policy({ reservedShare: [0.2, 0, 0] })] }, { invest, policies: [policy({ reservedShare: [0.2, 0, 0] })] }] }).map(
      ({ services }) => total(services[0].first.pools[0]),
    )
    expect(bought).toBeGreaterThan(100)
    expect(Math.abs(both - bought - kept)).toBeLessThanOrEqual(1)
  })

  it('follow the capacity factor, by specialty and time', () => {
    const { first, admission } = serviceOf({ scenarios: [{ adjustments: [adjust('capacityFactor', 'set', 1.5, { from: '2026-06-29' })] }] })
    for (const [stage, perWeek] of [[first, 90], [admission, 20]] as const) {
      expect(Math.abs(total(open(stage), 0, 12) - 12 * perWeek)).toBeLessThanOrEqual(1)
      expect(Math.abs(total(open(stage), 12) - 1.5 * perWeek * (WEEKS - 12))).toBeLessThanOrEqual(1)
    }
  })

  it('are refused where they cannot be counted', () => {
    expect(() => compiled({ baselines: [system('A', [specialty('T_1', { firstAppointmentsPerWeek: 1e8 })])] })).toThrow(InputError)
  })
})

describe('a shock to capacity', () => {
  const hit = (parts: Parameters<typeof shock>[0], assumptions: StudyParts['assumptions'] = {}): ServiceTables =>
    serviceOf({ assumptions, scenarios: [{ shocks: [shock({ weeks: ['2026-05-06', '2026-05-12'], capacityLoss: 0.5, ...parts })] }] })

  it('takes its share in the weeks that hold its dates', () => {
    const { slots } = open(hit({}).first)
    // 6 May is in week 4, 12 May in week 5.
    expect([...slots.subarray(3, 7)].map((number) => Math.round(number / 9))).toEqual([10, 5, 5, 10])
  })

  it('gives back the share recovered, evenly over the weeks after the last one hit', () => {
    const { slots } = open(hit({ recovered: 0.6, recoveryWeeks: 6 }).first)
    // 90 slots lost over two weeks; 54 come back, 9 a week.
    expect([...slots.subarray(6, 12)]).toEqual([99, 99, 99, 99, 99, 99])
    expect(total(open(hit({ recovered: 0.6, recoveryWeeks: 6 }).first))).toBe(90 * WEEKS - 90 + 54)
  })

  it('as a gain, adds, and is not paid back', () => {
    const { slots } = open(hit({ capacityLoss: -0.2, recovered: 1, recoveryWeeks: 4 }).first)
    expect([...slots.subarray(4, 8)]).toEqual([108, 108, 90, 90])
  })

  it('reaches neither the independent sector nor hubs', () => {
    const assumptions = { independentSectorShareAdmission: 0.25, hubShareAdmission: 0.25 }
    const before = serviceOf({ assumptions }).admission.pools
    const after = hit({ capacityLoss: 1 }, assumptions).admission.pools
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2))
    expect(after[2].slots[4]).toBe(0)
  })

  it('reaches only the systems named', () => {
    const [{ services }] = compiled({ baselines: [system('A'), system('B')], scenarios: [{ shocks: [shock({ weeks: ['2026-05-06'], capacityLoss: 1, systems: ['B'] })] }] })
    expect(services.map(({ first }) => open(first).slots[4])).toEqual([90, 0])
  })

  it('with days as steps hits every day of the week', () => {
    const [{ services: [service] }] = compiled({ time: { stepDays: 1 }, scenarios: [{ shocks: [shock({ weeks: ['2026-05-06'], capacityLoss: 1 })] }] })
    const { slots } = open(service.first)
    expect(sum(slots.subarray(28, 35))).toBe(0)
    expect(slots[27]).toBeGreaterThan(0)
    expect(slots[35]).toBeGreaterThan(0)
    expect(sum(slots.subarray(0, 28))).toBe(360)
  })
})

describe('seasons and working days', () => {
  it('move slots and clock starts, each by its own months, a straddling week by days', () => {
    const months = Array.from({ length: 12 }, (_, month) => (month === 3 ? 2 : 1))
    const plain = serviceOf({})
    const { clockStarts, first } = serviceOf({ time: { seasonality: { clockStarts: months, capacity: null } } })
    expect(clockStarts[0]).toBeCloseTo(2 * plain.clockStarts[0], 12)
    // The week from 27 April has four days in April.
    expect(clockStarts[3 * 3]).toBeCloseTo(((4 * 2 + 3) / 7) * plain.clockStarts[0], 12)
    expect(clockStarts[4 * 3]).toBeCloseTo(plain.clockStarts[0], 12)
    expect(first).toEqual(plain.first)
    const slots = serviceOf({ time: { seasonality: { clockStarts: null, capacity: months } } })
    expect(open(slots.first).slots[0]).toBe(180)
    expect(slots.clockStarts).toEqual(plain.clockStarts)
  })

  it('with days as steps leave weekends and bank holidays without slots', () => {
    const { first } = serviceOf({ time: { stepDays: 1, workingDays: true } })
    // From Easter Monday, 6 April 2026.
    expect([...open(first).slots.subarray(0, 8)].map((number) => number > 0)).toEqual([false, true, true, true, true, false, false, true])
  })
})
