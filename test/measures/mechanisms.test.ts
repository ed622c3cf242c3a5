/** From a study file to results: what mechanisms count, by every dimension, and need however it is met. */
import { describe, expect, it } from 'vitest'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { runStudy } from '../../src/experiment/run-study.ts'
import { LOST_SLOT_POUNDS } from '../../src/measures/definitions.ts'
import type { SeriesKey } from '../../src/measures/types.ts'
import { STAGES } from '../../src/model/census.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { OPTIONAL_COUNTS } from '../../src/scenario/study.ts'
import { complaints, resolved } from '../scenario/helpers.ts'

const system = (code: string, starts: string): string => `
    - code: ${code}
      groups: [4000, 3000, 3000]
      specialties:
        - code: T_1
          clockStartsPerWeek: ${starts}
          waiting: { firstAppointment: [60, 60, 50, 50, 40, 40, 30], admission: [10, 10, 10, 10, 10] }
          firstAppointmentsPerWeek: 56
          admissionsPerWeek: 12
          admittedShare: 0.2
          exits: { removedPerWeek: 0.002, withdrewPerWeek: 0.002 }
        - { code: T_2, clockStartsPerWeek: 20, waiting: [20, 20, 20], firstAppointmentsPerWeek: 19 }`

const YAML = `
schemaVersion: 1
name: mechanisms
baseline:
  systems:${system('AAA', '[26, 20, 16]')}${system('BBB', '[14, 20, 24]')}
time: { start: 2026-04-06, weeks: 60 }
replications: 3
priority: standard
dimensions:
  - { id: age, ordered: true, groups: [{ id: young }, { id: old }], residents: [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3]], clockStarts: [0.6, 0.4] }
  - { id: sex, groups: [{ id: f }, { id: m }], residents: [0.5, 0.5] }
assumptions:
  inTurnShareFirst: 0.5
  inTurnShareAdmission: 0.5
  dnaRate: [0.1, 0.08, 0.06]
  dischargeAfterDna: 0.2
  backfillShare: 0.2
  hospitalCancellation: 0.05
  patientCancellation: 0.03
  admissionHospitalCancellation: 0.05
  diversionShare: 0.1
  furtherAppointmentShare: 0.1
  referralPropensity: [0.7, 0.8, 0.9]
  unmetNeedInitialWeeks: 20
  unmetNeedResolutionPerWeek: 0.02
  unmetNeedEmergencyPerWeek: 0.002
  latePresentationPerWeek: 0.01
  deteriorationPerWeekFirst: 0.01
  independentSectorShareFirst: 0.1
  hubShareAdmission: 0.2
  hubSuitable: [0.5, 0.6, 0.7]
scenarios:
  apart: {}
  lending:
    mutualAid: [{ from: AAA, to: BBB, specialties: [T_1], firstSlotsPerWeek: 8, uptake: [0.5, 1, 1] }]
  checking:
    invest: [{ lever: validation, budget: { perYear: 2000 } }]
`

type Key = Partial<SeriesKey>

function reader({ catalogue, scenarios }: StudyResults) {
  const find = (key: Key): number => {
    const wanted = { specialty: 'all', stage: 'all', dimension: 'all', group: 'all', ...key }
    return catalogue.keys.findIndex((each) => Object.entries(wanted).every(([name, value]) => each[name as keyof SeriesKey] === value))
  }
  const read = (scenario: number, key: Key, what: 'mean' | 'n' = 'mean'): number[] => {
    const series = find(key)
    if (series < 0) throw new Error(`no series ${JSON.stringify(key)}`)
    return [...scenarios[scenario][what].subarray(series * catalogue.dates.length, (series + 1) * catalogue.dates.length)]
  }
  return { has: (key: Key) => find(key) >= 0, read }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('a study of two systems with ages, sexes, priority and every mechanism', async () => {
  const study = await resolved(YAML)
  const results = await runStudy(study, createInlineBackend())
  const { has, read } = reader(results)
  const { catalogue } = results
  const counts = [
    'waiting', 'clock-starts', 'clock-stops-admitted', 'clock-stops-non-admitted', 'discharged-after-dna', 'need', 'unmet-need', 'late-starts',
    'unmet-need-ended', 'unmet-need-emergency', 'diverted', 'cancelled-by-patient', 'cancelled-by-hospital', 'further-appointments',
    'deteriorated', 'slots-independent-sector', 'slots-hub', 'slots-mutual-aid', 'slots-lost', 'lost-slot-cost',
  ]

  it('is reported by every dimension', () => {
    const known = Object.fromEntries(catalogue.dimensions.map(({ id, ofResidents }) => [id, ofResidents]))
    expect(known).toMatchObject({ deprivation: true, age: true, sex: true, 'case-mix': false, priority: false, system: true, 'system-deprivation': true })
    for (const { id, ofResidents, groups } of catalogue.dimensions) {
      for (const { id: group } of groups) {
        expect(has({ dimension: id, group, measure: 'waiting' })).toBe(true)
        expect(has({ dimension: id, group, measure: 'treated-per-1000' })).toBe(ofResidents)
      }
    }
    const withGaps = new Set(catalogue.keys.filter(({ group }) => group === 'gap').map(({ dimension }) => dimension))
    expect([...withGaps]).toEqual(['deprivation', 'age'])
  })

  it('counts something of each mechanism, and groups of each dimension add up to everybody, in every week', () => {
    expect(counts.filter((measure) => sum(read(1, { measure })) === 0)).toEqual([])
    for (const measure of counts) {
      const all = read(1, { measure })
      for (const { id, groups } of catalogue.dimensions) {
        const parts = groups.map(({ id: group }) => read(1, { dimension: id, group, measure }))
        all.forEach((value, row) => expect(sum(parts.map((part) => part[row]))).toBeCloseTo(value, 6))
      }
      const bySpecialty = ['T_1', 'T_2'].map((specialty) => read(1, { specialty, measure }))
      all.forEach((value, row) => expect(bySpecialty[0][row] + bySpecialty[1][row]).toBeCloseTo(value, 6))
    }
  })

  it('gives lent slots to the borrowing system alone, less to those who take up less, and to nobody without the agreement', () => {
    const of = (scenario: number, key: Key): number => sum(read(scenario, { measure: 'slots-mutual-aid', ...key }))
    expect(of(0, {})).toBe(0)
    expect(of(1, { dimension: 'system', group: 'AAA' })).toBe(0)
    // Slots that are missed and filled again are given again.
    const lent = of(1, { dimension: 'system', group: 'BBB' })
    expect(lent).toBeGreaterThanOrEqual(8 * 60)
    expect(lent).toBeLessThan(8 * 60 * 1.05)
    const [first, last] = ['BBB/1', 'BBB/3'].map((group) => of(1, { dimension: 'system-deprivation', group }) / sum(read(1, { dimension: 'system-deprivation', group, measure: 'waiting' })))
    expect(first).toBeLessThan(0.8 * last)
  })

  it('costs a slot lost as the registry does a first appointment', () => {
    const [lost, cost] = ['slots-lost', 'lost-slot-cost'].map((measure) => read(0, { measure }))
    expect(LOST_SLOT_POUNDS).toBe(200)
    cost.forEach((pounds, row) => expect(pounds).toBeCloseTo(lost[row] * 200, 6))
  })

  it('balances each stage’s list over the groups of residents', () => {
    const stages = STAGES.map((stage) => read(1, { stage, measure: 'waiting', dimension: 'age', group: 'old' }))
    const whole = read(1, { measure: 'waiting', dimension: 'age', group: 'old' })
    whole.forEach((people, row) => expect(stages[0][row] + stages[1][row]).toBeCloseTo(people, 6))
  })
})

describe('counts that a study does not speak of', () => {
  const plain = `
schemaVersion: 1
name: plain
baseline:
  groups: [500, 500]
  specialties: [{ code: T_1, clockStartsPerWeek: 20, waiting: [20, 20], firstAppointmentsPerWeek: 18 }]
time: { start: 2026-04-06, weeks: 8 }
replications: 1
`
  const scenarios = 'scenarios:\n  one: {}\n  two: {}\n'

  it('are none where every mechanism is off, and each where it is set, even at nought', async () => {
    expect((await resolved(plain + scenarios)).counted).toEqual([])
    const set = await resolved(`${plain}assumptions: { diversionShare: 0, latePresentationPerWeek: { dist: uniform, min: 0, max: 0.1 } }\n${scenarios}`)
    expect(set.counted).toEqual(['lateStarts', 'diverted'])
  })

  it('are known of one scenario for all, so that runs of a study report the same series', async () => {
    const study = await resolved(`${plain}scenarios:\n  one: {}\n  two: { adjust: [{ assumption: hospitalCancellation, set: 0.1 }] }\n`)
    expect(study.counted).toEqual(['cancelledByHospital', 'slotsLost'])
    const { read } = reader(await runStudy(study, createInlineBackend()))
    expect(sum(read(0, { measure: 'cancelled-by-hospital' }))).toBe(0)
    expect(sum(read(1, { measure: 'cancelled-by-hospital' }))).toBeGreaterThan(0)
  })

  it('are reported where a target asks for them, and a target time without a level that has one is refused', async () => {
    const target = (measure: string): string => `${plain}${scenarios}targets: [{ id: t, measure: ${measure}, atMost: 5, by: 2026-05-20 }]\n`
    expect((await resolved(target('lost-slot-cost'))).counted).toEqual(['slotsLost'])
    expect((await resolved(target('slots-hub'))).counted).toEqual(['hubSlots'])
    expect((await resolved(target('removed-beyond-18-weeks'))).counted).toEqual(['removedByValidation'])
    const [complaint] = await complaints(target('beyond-target-first').replace('atMost: 5', 'atMost: 0.5'))
    expect(complaint).toContain('targets[0].measure: beyond-target-first needs priority levels with target weeks')
  })

  it('names every optional count by a mechanism that can be set', async () => {
    const everything = await resolved(YAML)
    expect(everything.counted).toEqual(OPTIONAL_COUNTS)
  })
})
