import { describe, expect, it } from 'vitest'
import { flowAt, flowOver, listAt, simulate, sum, tablesOf } from '../model/tables-fixture.ts'
import { STANDARD_ERRORS, standardErrorsOff } from './statistics.ts'

const PEOPLE = 50_000

describe('further appointments', () => {
  it('make visits geometric, each as many weeks after the last as the tables say', async ({ annotate }) => {
    const census = simulate(tablesOf({ steps: 20, waitingFirst: [[PEOPLE]], firstSlots: { open: () => PEOPLE }, furtherShare: 0.4, furtherSteps: 3 }))
    const visits = [0, 1, 2, 3, 4, 5]
    expect(Array.from(census.attended.subarray(1)).flatMap((people, week) => (people > 0 && week <= 15 ? [week] : []))).toEqual(visits.map((visit) => 3 * visit))
    const off = visits.slice(1).map((visit) => standardErrorsOff(census.attended[1 + 3 * visit], PEOPLE, 0.4 ** visit))
    await annotate(`visits 2 to 6: ${off.map((value) => value.toFixed(2)).join(', ')} standard errors off`)
    for (const value of off) expect(value).toBeLessThan(STANDARD_ERRORS)
  })

  it('use the capacity: of scarce slots, the share left to people seen for the last time is 1 − f', () => {
    const census = simulate(tablesOf({ steps: 100, clockStarts: () => 500, waitingFirst: [[20_000]], firstSlots: { open: () => 400, inTurnShare: 0 }, furtherShare: 0.3, furtherSteps: 2 }))
    expect(sum(census.attended)).toBe(40_000)
    expect(standardErrorsOff(flowOver(census, 'nonAdmitted'), 40_000, 0.7)).toBeLessThan(STANDARD_ERRORS)
  })
})

describe('tests before the outcome', () => {
  const once = { steps: 14, waitingFirst: [[PEOPLE]], firstSlots: { open: (step: number) => (step === 2 ? PEOPLE : 0) } }

  it('put off the outcome by exactly their time, for exactly those who have them', () => {
    const census = simulate(tablesOf({ ...once, testShare: 0.35, testSteps: 5, admittedShare: 0.6 }))
    const outcomes = Array.from({ length: 14 }, (_, week) => flowAt(census, 'nonAdmitted', week + 1, 0) + flowAt(census, 'decisionsToAdmit', week + 1, 0))
    expect(outcomes.flatMap((count, week) => (count > 0 ? [week] : []))).toEqual([2, 7])
    expect(standardErrorsOff(outcomes[7], PEOPLE, 0.35)).toBeLessThan(STANDARD_ERRORS)
    expect(outcomes[2] + outcomes[7]).toBe(PEOPLE)
    // The outcome is the appointment's own: the same share after tests as at once.
    expect(standardErrorsOff(flowAt(census, 'decisionsToAdmit', 8, 0), outcomes[7], 0.6)).toBeLessThan(STANDARD_ERRORS)
    expect(listAt(census, 7)).toBe(PEOPLE - flowAt(census, 'nonAdmitted', 3, 0))
  })

  it('change nobody\'s outcome, only when it comes', () => {
    const [without, withTests] = [0, 1].map((testShare) => simulate(tablesOf({ ...once, testShare, testSteps: 5, admittedShare: 0.6 })))
    expect(flowOver(withTests, 'decisionsToAdmit')).toBe(flowOver(without, 'decisionsToAdmit'))
  })

  it('leave people at risk of leaving: those who die meanwhile have no outcome', () => {
    const census = simulate(tablesOf({ ...once, testShare: 1, testSteps: 5, hazards: { died: () => 0.05 } }))
    expect(flowOver(census, 'nonAdmitted') + flowOver(census, 'died')).toBe(PEOPLE)
    // Exits of the week of the outcome come after it.
    expect(standardErrorsOff(flowOver(census, 'nonAdmitted'), PEOPLE, Math.exp(-0.05 * 7))).toBeLessThan(STANDARD_ERRORS)
  })
})

describe('a least time from clock start to outcome', () => {
  it('holds everybody seen before until exactly then, and nobody seen later', () => {
    const firstSlots = { open: (step: number) => (step === 1 || step === 9 ? 300 : 0) }
    const census = simulate(tablesOf({ steps: 14, clockStarts: (step) => (step === 0 ? 500 : 0), firstSlots, minimumSteps: 6 }))
    const stopped = Array.from({ length: 14 }, (_, week) => flowAt(census, 'nonAdmitted', week + 1, 0))
    expect(stopped.flatMap((count, week) => (count > 0 ? [week] : []))).toEqual([6, 9])
    expect(stopped[6]).toBe(300)
    expect(census.attended[2]).toBe(300)
  })
})

describe('follow-up appointments', () => {
  it('take exactly their slots for each attended, so many weeks later, before anybody new is seen', () => {
    const [each, lag, slots] = [0.35, 4, 100]
    const census = simulate(tablesOf({ steps: 60, waitingFirst: [[PEOPLE]], firstSlots: { open: () => slots, inTurnShare: 0.5 }, followUps: each, followUpSteps: lag }))
    let owed = 0
    for (let row = 1; row <= 60; row++) {
      owed += row > lag ? each * census.attended[row - lag] : 0
      const taken = Math.min(slots, Math.floor(owed))
      owed -= taken
      expect(census.attended[row]).toBe(slots - taken)
    }
    // In the long run a pathway takes 1 + 0.35 slots.
    expect(sum(census.attended.subarray(41)) / 20).toBeCloseTo(slots / (1 + each), 0)
  })

  it('that ask for more slots than there are, are owed', () => {
    const census = simulate(tablesOf({ steps: 30, waitingFirst: [[PEOPLE]], firstSlots: { open: () => 10 }, followUps: 3, followUpSteps: 1 }))
    // Each week of 10 seen is followed by three weeks of follow-ups.
    expect(Array.from(census.attended.subarray(1, 9))).toEqual([10, 0, 0, 0, 10, 0, 0, 0])
  })
})
