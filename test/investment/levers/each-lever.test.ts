import { describe, expect, it } from 'vitest'
import { VALIDATION_FROM_WEEK } from '../../../src/investment/draft.ts'
import { LEVER } from '../../../src/investment/levers/index.ts'
import { draftOf } from '../programmes.ts'
import { AT_ONCE, effects, freshDraft, spend, sum, totals } from './acting.ts'

describe.each(['capacity', 'attendance-support', 'reminders', 'outreach', 'validation', 'advice-and-guidance', 'prevention', 'waiting-well', 'digital-first'] as const)('%s for one group', (lever) => {
  it('leaves the others as they were', () => {
    const { draft, spent } = spend(freshDraft(), { lever, pence: [0, 300_000, 0], parameters: AT_ONCE })
    const all = effects(draft)
    for (const cells of Object.values(all)) expect([cells[0], cells.at(-1)]).toEqual([0, 0])
    expect(sum(Object.values(all).map((cells) => cells[1] ?? 0))).toBeGreaterThan(0)
    expect([spent[0][0], spent[0][2]]).toEqual([0, 0])
  })
})

describe('capacity', () => {
  it('at the margin buys a slot for its unit cost, in the mixture of the two stages that the specialty has', () => {
    const { draft } = spend(freshDraft(), { lever: 'capacity', pence: [100, 100, 100], parameters: { costPerFirstAppointment: 200, costPerAdmission: 1000 } })
    const [first, admission] = [sum(draft.firstReserved), sum(draft.admissionReserved)]
    expect(first * 200 + admission * 1000).toBeCloseTo(3, 3)
    expect(first / admission).toBeCloseTo(100 / 20, 3)
  })

  it('shares slots among groups as the money was shared', () => {
    const { draft } = spend(freshDraft(), { lever: 'capacity', pence: [100_000, 200_000, 700_000] })
    const all = sum(draft.firstReserved)
    expect([...draft.firstReserved].map((slots) => slots / all)).toEqual([0.1, 0.2, 0.7].map((share) => expect.closeTo(share, 12) as number))
  })

  it('goes past a specialty that has no slots to add to', () => {
    const draft = { ...draftOf('T_1', 1, 3), firstSlotsPerWeek: 0, admissionSlotsPerWeek: 0 }
    for (const lever of ['capacity', 'independent-sector', 'workforce', 'surgical-hub'] as const) expect(LEVER[lever].specialtyWeight(draft, 0)).toBe(0)
  })
})

describe('independent-sector and surgical-hub', () => {
  it.each([['independent-sector', 'independentTilt'], ['surgical-hub', 'hubTilt']] as const)('%s aims access at the groups that the money was for', (lever, tilt) => {
    const { draft } = spend(freshDraft(), { lever, pence: [300_000, 0, 0], parameters: AT_ONCE })
    expect(draft[tilt][0]).toBeGreaterThan(0)
    expect(draft[tilt][1]).toBeLessThan(0)
    expect(draft[tilt][1]).toBe(draft[tilt][2])
    expect(sum(draft.firstReserved)).toBe(0)
  })

  it('aims at nobody money that is the same per head', () => {
    const { draft } = spend(freshDraft(), { lever: 'independent-sector', pence: [300_000, 300_000, 300_000] })
    expect([...draft.independentTilt]).toEqual([0, 0, 0].map(() => expect.closeTo(0, 12) as number))
  })
})

describe('attendance-support', () => {
  it('leaves money unspent once twice as many contacts are paid for as there are appointments', () => {
    const { spent } = spend(freshDraft(), { lever: 'attendance-support', pence: [10_000_000, 0, 0], parameters: { costPerContact: 15 } })
    // 33⅓ appointments × 2 contacts × £15.
    expect(spent[0][0]).toBe(Math.round((100 / 3) * 2 * 1500))
  })
})

describe('outreach', () => {
  it('finds one person for the unit cost at the margin, and never more a week than its cap, however many programmes there are', () => {
    const parameters = { costPerPersonFound: 150, maxShareOfUnmetPerWeek: 0.02 }
    expect(spend(freshDraft(), { lever: 'outreach', pence: [15, 0, 0], parameters }).draft.additionalStarts[0]).toBeCloseTo(0.001, 6)
    const much = { lever: 'outreach', pence: [1e12, 0, 0], parameters } as const
    expect(spend(freshDraft(), much, much, much).draft.additionalStarts[0]).toBeCloseTo(10, 9)
  })

  it('reaches fewer where fewer take it up, for the same money', () => {
    const { draft } = spend(freshDraft(), { lever: 'outreach', pence: [15, 15, 15], parameters: { uptakeMostDeprived: 0.5 } })
    expect(draft.additionalStarts[0] / draft.additionalStarts[2]).toBeCloseTo(0.5, 4)
  })
})

describe('validation', () => {
  it('removes at most its share of those waiting twelve weeks or more, and adds no slot', () => {
    const longWaiters = 20 * (40 - VALIDATION_FROM_WEEK)
    const { draft } = spend(freshDraft(), { lever: 'validation', pence: [1e12, 0, 0], parameters: { maxShareOfListPerWeek: 0.01 } })
    expect(draft.furtherRemovals[0]).toBeCloseTo(0.01 * longWaiters, 9)
    const { furtherRemovals: _, ...others } = totals(draft)
    expect(sum(Object.values(others))).toBe(0)
  })
})

describe('advice-and-guidance', () => {
  it('diverts a third of the requests paid for, at £20 each, as a share of referrals', () => {
    const { draft } = spend(freshDraft(), { lever: 'advice-and-guidance', pence: [200, 0, 0] })
    // £2 is a tenth of a request; 50 referrals a week.
    expect(draft.divertedShare[0]).toBeCloseTo((0.1 * 0.333) / 50, 5)
  })

  it('never replaces more than its share of referrals', () => {
    expect(spend(freshDraft(), { lever: 'advice-and-guidance', pence: [1e13, 0, 0] }).draft.divertedShare[0]).toBeCloseTo(0.2, 9)
  })
})

describe('prevention', () => {
  it('does nothing in its first two years by default, then lowers need', () => {
    const { draft } = spend(freshDraft(120), { lever: 'prevention', pence: [1e7, 1e7, 1e7] })
    expect(draft.needFactor.subarray(0, 104 * 3).every((factor) => factor === 1)).toBe(true)
    expect(draft.needFactor.subarray(104 * 3).every((factor) => factor < 1)).toBe(true)
  })
})

describe('digital-first', () => {
  it('by default lowers DNAs and frees slots more the less deprived a group is, for the same money', () => {
    const { draft } = spend(freshDraft(), { lever: 'digital-first', pence: [500_000, 500_000, 500_000], parameters: { lagWeeks: 0 } })
    for (const cells of [effects(draft)['dna'], draft.firstReserved]) {
      expect(cells[0]).toBeGreaterThan(0)
      expect(cells[1]).toBeGreaterThan(cells[0])
      expect(cells[2]).toBeGreaterThan(cells[1])
      expect(cells[2] / cells[0]).toBeCloseTo(0.808 / 0.55, 6)
    }
  })
})

describe('diagnostic-centre', () => {
  it('shortens tests and frees appointments, both in proportion to the appointments that it reaches', () => {
    const { draft } = spend(freshDraft(), { lever: 'diagnostic-centre', pence: [1e8, 1e8, 1e8], parameters: { ...AT_ONCE, doseHalfSaturation: 100 } })
    const reached = (1 - draft.testFactor[0]) / 0.5
    expect(reached).toBeGreaterThan(0.01)
    expect(draft.firstReserved[0]).toBeCloseTo(reached * (100 / 3) * 0.1, 3)
  })
})

describe('waiting-well', () => {
  it('lowers deterioration, emergencies and cancellations by at most reach × effect', () => {
    const { draft } = spend(freshDraft(), { lever: 'waiting-well', pence: [1e12, 0, 0], parameters: AT_ONCE })
    for (const factor of [draft.deteriorationFactor, draft.emergencyFactor, draft.hospitalCancellationFactor]) {
      expect(factor[0]).toBeCloseTo(1 - 0.5 * 0.1, 9)
      expect(factor[1]).toBe(1)
    }
  })
})

describe('custom', () => {
  it('built as another lever is, does what that lever does', () => {
    const pence = [40_000, 10_000, 90_000]
    const outreach = spend(freshDraft(), { lever: 'outreach', pence }).draft
    const custom = spend(freshDraft(), { lever: 'custom', pence, parameters: { unitCost: 150, unmetNeedEffect: 1, maxReach: 0.02 } }).draft
    custom.additionalStarts.forEach((people, group) => expect(people).toBeCloseTo(outreach.additionalStarts[group], 12))
  })

  it('shares the cap with the lever that acts on the same people', () => {
    const outreach = { lever: 'outreach', pence: [1e12, 0, 0] } as const
    const custom = { lever: 'custom', pence: [1e12, 0, 0], parameters: { unitCost: 150, unmetNeedEffect: 1, maxReach: 0.02 } } as const
    expect(spend(freshDraft(), outreach, custom).draft.additionalStarts[0]).toBeCloseTo(0.02 * 500, 9)
  })
})
