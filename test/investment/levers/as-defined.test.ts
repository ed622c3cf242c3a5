/**
 * Each lever against its definition, written out a second time by group, on a specialty in which no two numbers are alike:
 * groups differ in their lists, need and appointments, a step is a third of a week, and money in how it is aimed.
 */
import { describe, expect, it } from 'vitest'
import { createDraft, initialList, VALIDATION_FROM_WEEK, type DraftService } from '../../../src/investment/draft.ts'
import { LEVER, takeEffect } from '../../../src/investment/levers/index.ts'
import type { LeverId, Programme } from '../../../src/scenario/study.ts'
import { draftOf, programme } from '../programmes.ts'
import { AT_ONCE, totals } from './acting.ts'

const STEPS_A_WEEK = 3
const STEPS = 2
/** The step in which money is spent. */
const STEP = 1
const GROUPS = [0, 1, 2]
const PENCE = [310_000, 90_000, 640_000]
const TILT = [1.9, 0.4, 0.7]
const UPTAKE = { uptakeMostDeprived: 0.5, uptakeLeastDeprived: 0.9 }
const TAKEN_UP = [0.5, 0.7, 0.9]

/** A specialty of three groups, uneven throughout. */
function unevenDraft(): DraftService {
  const level = draftOf('T_1', STEPS, GROUPS.length)
  const list = (first: number): number[][] => GROUPS.map((group) => level.baseline.waitingFirst[group].map((_, week) => (week < 30 ? first + 7 * group + week : 0)))
  return createDraft({
    ...level,
    baseline: { ...level.baseline, waitingFirst: list(11), waitingAdmission: list(3), clockStartsPerWeek: [40, 55, 80] },
    stepsPerWeek: STEPS_A_WEEK,
    unmetNeed: [500, 300, 900],
    appointmentsOffered: Float64Array.of(10, 20, 30, 14, 25, 19),
    referralsExpected: Float64Array.of(12, 13, 14, 15, 17, 21),
  })
}

interface Bought {
  readonly lever: LeverId
  readonly parameters?: Readonly<Record<string, number>>
  readonly people?: Programme<number>['people']
}

/** Lets one programme spend {@link PENCE} in {@link STEP}; returns the draft and what was spent. */
function bought({ lever, parameters = {}, people }: Bought): { draft: DraftService; spent: readonly number[] } {
  const draft = unevenDraft()
  const own = programme({ lever, parameters: { ...AT_ONCE, ...parameters }, ...(people === undefined ? {} : { people }) })
  const spent = LEVER[lever].act(draft, { programme: own, step: STEP, pence: PENCE, stepsPerWeek: STEPS_A_WEEK, tilt: TILT })
  takeEffect(draft)
  return { draft, spent }
}

const closeTo = (values: readonly number[]): number[] => values.map((value) => expect.closeTo(value, 9) as number)
const ofStep = (table: Float64Array, step = STEP): number[] => [...table.subarray(step * GROUPS.length, (step + 1) * GROUPS.length)]
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const pounds = (pence: number): number => pence / 100

/** What each group gets of slots that diminish together: base × half × ln(1 + all ÷ (base × half)), in proportion to units. */
function diminished(units: readonly number[], perWeek: number, half: number): { slots: number[]; kept: number } {
  const base = perWeek / STEPS_A_WEEK
  const kept = (base * half * Math.log(1 + sum(units) / (base * half))) / sum(units)
  return { slots: units.map((each) => each * kept), kept }
}

/** People whom units reach of those there are, one curve a group: cap × (1 − e^(−units ÷ cap)). */
const saturated = (units: readonly number[], caps: readonly number[]): number[] => units.map((each, group) => caps[group] * (1 - Math.exp(-each / caps[group])))

/** Only the tables named have anything in them. */
function expectNothingElse(draft: DraftService, ...named: readonly string[]): void {
  const changed = Object.entries(totals(draft)).filter(([, total]) => total !== 0)
  expect(changed.map(([name]) => name).toSorted()).toEqual(named.toSorted())
}

const SLOTS = { costPerFirstAppointment: 170, costPerAdmission: 1300, admissionEmphasis: 2, doseHalfSaturation: 0.3 }
/** Money for admissions at which both stages would grow alike, with twice the emphasis on them. */
const TO_ADMISSION = (20 * 1300 * 2) / (100 * 170 + 20 * 1300 * 2)
const FIRST_UNITS = PENCE.map((pence) => (pounds(pence) * (1 - TO_ADMISSION)) / 170)
const ADMISSION_UNITS = PENCE.map((pence) => (pounds(pence) * TO_ADMISSION) / 1300)

describe.each(['capacity', 'workforce'] as const)('%s', (lever) => {
  const first = diminished(FIRST_UNITS, 100, 0.3).slots
  const admission = diminished(ADMISSION_UNITS, 20, 0.3).slots

  it('reserves slots of both stages for the groups that the money is for', () => {
    const { draft, spent } = bought({ lever, parameters: SLOTS })
    expect(spent).toEqual(PENCE)
    expect(ofStep(draft.firstReserved)).toEqual(closeTo(first))
    expect(ofStep(draft.admissionReserved)).toEqual(closeTo(admission))
    expect([...ofStep(draft.firstReservedForClass), ...ofStep(draft.admissionReservedForClass)]).toEqual([0, 0, 0, 0, 0, 0])
    expect([...ofStep(draft.firstReserved, 0), ...ofStep(draft.admissionReserved, 0)]).toEqual([0, 0, 0, 0, 0, 0])
    expectNothingElse(draft, 'firstReserved', 'admissionReserved')
  })

  it('reserves them for people of further groups alone where it is for these', () => {
    const { draft } = bought({ lever, parameters: SLOTS, people: [{ dimension: 'ethnicity', groups: ['b'] }] })
    expect(ofStep(draft.firstReservedForClass)).toEqual(closeTo(first))
    expect(ofStep(draft.admissionReservedForClass)).toEqual(closeTo(admission))
    expectNothingElse(draft)
  })
})

describe('independent-sector', () => {
  it('adds open slots of both stages, and aims them as far as the money was', () => {
    const { draft, spent } = bought({ lever: 'independent-sector', parameters: SLOTS })
    const [first, admission] = [diminished(FIRST_UNITS, 100, 0.3), diminished(ADMISSION_UNITS, 20, 0.3)]
    expect(spent).toEqual(PENCE)
    expect([...draft.firstIndependent]).toEqual(closeTo([0, sum(first.slots)]))
    expect([...draft.admissionIndependent]).toEqual(closeTo([0, sum(admission.slots)]))
    expect(ofStep(draft.independentTilt)).toEqual(closeTo(TILT.map((tilt) => (sum(first.slots) + sum(admission.slots)) * (tilt - 1))))
    expect([...draft.hubTilt, ...ofStep(draft.independentTilt, 0)]).toEqual(Array.from({ length: 9 }, () => 0))
    expectNothingElse(draft, 'firstIndependent', 'admissionIndependent')
  })
})

describe('surgical-hub', () => {
  it('adds open admissions of hubs with what running costs leave, and aims them as far as the money was', () => {
    const { draft, spent } = bought({ lever: 'surgical-hub', parameters: { costPerWeeklyAdmission: 900, doseHalfSaturation: 0.3, runningCostShare: 0.25 } })
    const { slots } = diminished(PENCE.map((pence) => (pounds(pence) * 0.75) / 900), 20, 0.3)
    expect(spent).toEqual(PENCE)
    expect([...draft.admissionHub]).toEqual(closeTo([0, sum(slots)]))
    expect(ofStep(draft.hubTilt)).toEqual(closeTo(TILT.map((tilt) => sum(slots) * (tilt - 1))))
    expect([...draft.independentTilt]).toEqual([0, 0, 0, 0, 0, 0])
    expectNothingElse(draft, 'admissionHub')
  })
})

describe.each([['reminders', 'costPerReminder'], ['attendance-support', 'costPerContact']] as const)('%s', (lever, cost) => {
  const parameters = { [cost]: 60, maxReach: 0.8, dnaReduction: 0.3, ...UPTAKE }
  const offered = [14, 25, 19]
  const contacts = PENCE.map((pence, group) => Math.min(pounds(pence) / 60, offered[group] * 2))

  it('lowers DNAs of those whom contacts made at random reach, and pays for two contacts an appointment at most', () => {
    const { draft, spent } = bought({ lever, parameters })
    expect(ofStep(draft.dnaFactor)).toEqual(closeTo(contacts.map((units, group) => 1 - (1 - Math.exp(-units / offered[group])) * 0.8 * 0.3 * TAKEN_UP[group])))
    // The second group alone has less money than two contacts an appointment cost.
    expect(contacts.map((units, group) => units < offered[group] * 2)).toEqual([false, true, false])
    expect(spent).toEqual([14 * 2 * 6000, PENCE[1], 19 * 2 * 6000])
    expect(ofStep(draft.dnaFactor, 0)).toEqual([1, 1, 1])
    expectNothingElse(draft, 'dna')
  })
})

describe('digital-first and diagnostic-centre', () => {
  const offered = [14, 25, 19]
  const reachedBy = (units: readonly number[], maxReach: number): number[] => units.map((each, group) => (1 - Math.exp(-each / offered[group])) * maxReach)

  it('digital-first lowers DNAs and frees slots of those who take it up', () => {
    const { draft } = bought({ lever: 'digital-first', parameters: { costPerWeeklyAppointment: 300, maxReach: 0.6, dnaReduction: 0.4, slotsReleased: 0.15, doseHalfSaturation: 0.3, ...UPTAKE } })
    const reached = reachedBy(PENCE.map((pence) => pounds(pence) / 300), 0.6).map((share, group) => share * TAKEN_UP[group])
    expect(ofStep(draft.dnaFactor)).toEqual(closeTo(reached.map((share) => 1 - share * 0.4)))
    expect(ofStep(draft.firstReserved)).toEqual(closeTo(diminished(reached.map((share, group) => share * 0.15 * offered[group]), 100, 0.3).slots))
    expectNothingElse(draft, 'dna', 'firstReserved')
  })

  it('diagnostic-centre shortens tests and frees slots, with what running costs leave', () => {
    const { draft } = bought({
      lever: 'diagnostic-centre',
      parameters: { costPerWeeklyTest: 300, maxReach: 0.6, testTimeReduction: 0.4, appointmentsSavedPerTest: 0.15, doseHalfSaturation: 0.3, runningCostShare: 0.5 },
    })
    const reached = reachedBy(PENCE.map((pence) => (pounds(pence) * 0.5) / 300), 0.6)
    expect(ofStep(draft.testFactor)).toEqual(closeTo(reached.map((share) => 1 - share * 0.4)))
    expect(ofStep(draft.firstReserved)).toEqual(closeTo(diminished(reached.map((share, group) => share * 0.15 * offered[group]), 100, 0.3).slots))
    expectNothingElse(draft, 'tests', 'firstReserved')
  })
})

describe('waiting-well', () => {
  it('reaches people who wait, both stages, each once a week', () => {
    const { draft } = bought({ lever: 'waiting-well', parameters: { costPerPerson: 40, maxReach: 0.7, deteriorationReduction: 0.1, emergencyReduction: 0.2, cancellationReduction: 0.3 } })
    const lists = GROUPS.map((group) => sum(Array.from({ length: 30 }, (_, week) => 11 + 3 + 14 * group + 2 * week)))
    const reached = PENCE.map((pence, group) => (1 - Math.exp(-pounds(pence) / 40 / (lists[group] / STEPS_A_WEEK))) * 0.7)
    expect(ofStep(draft.deteriorationFactor)).toEqual(closeTo(reached.map((share) => 1 - share * 0.1)))
    expect(ofStep(draft.emergencyFactor)).toEqual(closeTo(reached.map((share) => 1 - share * 0.2)))
    expect(ofStep(draft.hospitalCancellationFactor)).toEqual(closeTo(reached.map((share) => 1 - share * 0.3)))
    expectNothingElse(draft, 'deterioration', 'emergency', 'hospitalCancellation')
  })
})

describe('levers that find, remove, divert or spare people', () => {
  const units = (cost: number, effect = 1): number[] => PENCE.map((pence, group) => (pounds(pence) / cost) * effect * TAKEN_UP[group])

  it('outreach finds people of the unmet need of a group, up to a share of it a week', () => {
    const { draft } = bought({ lever: 'outreach', parameters: { costPerPersonFound: 900, maxShareOfUnmetPerWeek: 0.05, ...UPTAKE } })
    expect(ofStep(draft.additionalStarts)).toEqual(closeTo(saturated(units(900), [500, 300, 900].map((people) => (people / STEPS_A_WEEK) * 0.05))))
    expectNothingElse(draft, 'additionalStarts')
  })

  it('validation removes people who have waited twelve weeks or more, up to a share of them a week', () => {
    const { draft } = bought({ lever: 'validation', parameters: { costPerRemoval: 900, maxShareOfListPerWeek: 0.05, ...UPTAKE } })
    const long = GROUPS.map((group) => initialList(draft, group, VALIDATION_FROM_WEEK))
    expect(ofStep(draft.furtherRemovals)).toEqual(closeTo(saturated(units(900), long.map((people) => (people / STEPS_A_WEEK) * 0.05))))
    expectNothingElse(draft, 'furtherRemovals')
  })

  it('advice and guidance diverts a share of referrals', () => {
    const { draft } = bought({ lever: 'advice-and-guidance', parameters: { costPerRequest: 300, divertedShare: 0.4, maxShareOfReferrals: 0.5, ...UPTAKE } })
    const referrals = [15, 17, 21]
    const diverted = saturated(units(300, 0.4), referrals.map((people) => people * 0.5))
    expect(ofStep(draft.divertedShare)).toEqual(closeTo(diverted.map((people, group) => people / referrals[group])))
    expectNothingElse(draft, 'diverted')
  })

  it('prevention lowers need by a share of it', () => {
    const { draft } = bought({ lever: 'prevention', parameters: { costPerWeeklyCase: 900, maxShareOfNeed: 0.5, ...UPTAKE } })
    const referrals = [15, 17, 21]
    const spared = saturated(units(900), referrals.map((people) => people * 0.5))
    expect(ofStep(draft.needFactor)).toEqual(closeTo(spared.map((people, group) => 1 - people / referrals[group])))
    expectNothingElse(draft, 'need')
  })

  it.each(['outreach', 'validation'] as const)('%s does not spend money for a group of which there is nobody to reach', (lever) => {
    const uneven = unevenDraft()
    const without = (lists: readonly (readonly number[])[]): (readonly number[])[] => lists.map((list, group) => (group === 1 ? [] : list))
    const { waitingFirst, waitingAdmission } = uneven.baseline
    const draft = { ...uneven, unmetNeed: [500, 0, 900], baseline: { ...uneven.baseline, waitingFirst: without(waitingFirst), waitingAdmission: without(waitingAdmission) } }
    const spent = LEVER[lever].act(draft, { programme: programme({ lever, parameters: AT_ONCE }), step: STEP, pence: PENCE, stepsPerWeek: STEPS_A_WEEK, tilt: TILT })
    takeEffect(draft)
    expect(spent).toEqual([PENCE[0], 0, PENCE[2]])
    expect([draft.additionalStarts[4], draft.furtherRemovals[4]]).toEqual([0, 0])
  })

  it.each([['outreach', 'maxShareOfUnmetPerWeek'], ['validation', 'maxShareOfListPerWeek']] as const)('%s does not spend money where it may reach no share of them', (lever, most) => {
    const { draft, spent } = bought({ lever, parameters: { [most]: 0 } })
    expect(spent).toEqual([0, 0, 0])
    expectNothingElse(draft)
  })
})

describe('money of a group among specialties', () => {
  it('goes by what each lever can reach there', () => {
    const draft = unevenDraft()
    const weights = (lever: LeverId): number[] => GROUPS.map((group) => LEVER[lever].specialtyWeight(draft, group))
    const lists = GROUPS.map((group) => initialList(draft, group))
    for (const lever of ['capacity', 'workforce', 'independent-sector', 'surgical-hub', 'waiting-well', 'custom'] as const) expect([lever, weights(lever)]).toEqual([lever, lists])
    for (const lever of ['reminders', 'attendance-support', 'digital-first', 'diagnostic-centre', 'advice-and-guidance', 'prevention'] as const) {
      expect([lever, weights(lever)]).toEqual([lever, [40, 55, 80]])
    }
    expect(weights('outreach')).toEqual([500, 300, 900])
    expect(weights('validation')).toEqual(GROUPS.map((group) => initialList(draft, group, VALIDATION_FROM_WEEK)))
  })

  it('goes past a specialty that has nothing of what the lever adds to', () => {
    const without = (parts: Partial<DraftService>, lever: LeverId): number => LEVER[lever].specialtyWeight({ ...unevenDraft(), ...parts }, 0)
    for (const lever of ['reminders', 'attendance-support', 'digital-first', 'diagnostic-centre'] as const) expect([lever, without({ firstSlotsPerWeek: 0 }, lever)]).toEqual([lever, 0])
    expect(without({ admissionSlotsPerWeek: 0 }, 'surgical-hub')).toBe(0)
    expect(without({ firstSlotsPerWeek: 0 }, 'surgical-hub')).toBeGreaterThan(0)
    expect(without({ firstSlotsPerWeek: 0 }, 'capacity')).toBeGreaterThan(0)
    expect(without({ admissionSlotsPerWeek: 0 }, 'capacity')).toBeGreaterThan(0)
  })
})

describe('slots bought where there are none to add to', () => {
  it('are none: nothing is open that could hold them', () => {
    const draft = { ...unevenDraft(), firstSlotsPerWeek: 0, admissionSlotsPerWeek: 0 }
    const own = programme({ lever: 'custom', parameters: { ...AT_ONCE, unitCost: 10, slotsFirstEffect: 1, slotsAdmissionEffect: 1 } })
    LEVER.custom.act(draft, { programme: own, step: STEP, pence: PENCE, stepsPerWeek: STEPS_A_WEEK, tilt: TILT })
    takeEffect(draft)
    expect([...draft.firstReserved, ...draft.admissionReserved]).toEqual(Array.from({ length: 12 }, () => 0))
  })
})
