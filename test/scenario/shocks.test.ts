import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '../../src/baseline/calendar.ts'
import { assumptionEntry } from '../../src/scenario/assumptions.ts'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import type { Shock } from '../../src/scenario/study.ts'
import { complaints, FULL_STUDY, resolved, SMALL_STUDY } from './helpers.ts'

/** A study of 160 weeks from Monday, 6 April 2026, with this shock. */
const withShock = (shock: string): string =>
  SMALL_STUDY.replace('weeks: 20', 'weeks: 160').replace('base: {}', `base: { shocks: [{ ${shock} }] }`)
const shockOf = async (shock: string): Promise<Shock> => (await resolved(withShock(shock))).scenarios[0].shocks[0]
const START = '2026-04-06'

describe('the weeks of a shock', () => {
  it('between two days are those most of which lie between them', async () => {
    const { weeks } = await shockOf('kind: staff-loss, capacityLoss: 0.1, from: 2026-04-10, to: 2026-04-23')
    // Friday to Thursday: three days of the first week, all of the second, four of the third.
    expect(weeks).toEqual(['2026-04-13', '2026-04-20'])
  })

  it('of a few days are the week that holds the most of them', async () => {
    expect((await shockOf('kind: staff-loss, capacityLoss: 0.1, from: 2026-04-12, to: 2026-04-14')).weeks).toEqual(['2026-04-13'])
  })

  it('go on to the end of the study where no last day is said', async () => {
    const { weeks } = await shockOf('kind: funding-change, capacityChange: -0.1, from: 2029-04-02')
    expect(weeks).toEqual(['2029-04-02', '2029-04-09', '2029-04-16', '2029-04-23'])
  })

  it('come every year, over the new year too', async () => {
    const { weeks } = await shockOf('kind: winter, capacityLoss: 0.1, everyYear: { from: 12-21, to: 01-03 }')
    expect(weeks).toEqual(['2026-12-21', '2026-12-28', '2027-12-20', '2027-12-27', '2028-12-18', '2028-12-25'])
  })

  it('are exactly those with four days or more between first and last, or none that the study has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -30, max: 1100 }), fc.integer({ min: 6, max: 400 }), async (first, length) => {
        const last = first + length
        const source = withShock(`kind: staff-loss, capacityLoss: 0.1, from: ${addDays(START, first)}, to: ${addDays(START, last)}`)
        const refused = (await complaints(source)).length > 0
        const hit = refused ? [] : (await resolved(source)).scenarios[0].shocks[0].weeks
        const firstDays = Array.from({ length: 160 }, (_, week) => week * 7)
        const most = firstDays.filter((day) => Math.min(last, day + 6) - Math.max(first, day) + 1 >= 4)
        expect(hit.map((date) => daysBetween(START, date))).toEqual(most)
      }),
      { seed: 31, numRuns: 150 },
    )
  })
})

describe('the effects of a shock', () => {
  it('that the kind leaves out change nothing', async () => {
    expect(await shockOf('kind: industrial-action, weeks: [2026-06-01], capacityLoss: 0.3')).toEqual({
      kind: 'industrial-action',
      weeks: ['2026-06-01'],
      capacityLoss: 0.3,
      recovered: 0,
      recoveryWeeks: 13,
      referralLoss: [0, 0, 0],
      referralReturn: [0, 0, 0],
      returnWeeks: 26,
      dnaOdds: [1, 1, 1],
      emergencyFactor: [1, 1, 1],
      deathFactor: [1, 1, 1],
      chanceWeight: [1, 1, 1],
      systems: [],
    })
  })

  it('may be one number, a list, or by group', async () => {
    const shock = await shockOf(
      'kind: pandemic, weeks: [2026-06-01], referralLoss: 0.5, dnaOdds: [1.3, 1.2, 1.1], deathFactor: { deprivation: { 1: 2 } }',
    )
    expect([shock.referralLoss, shock.dnaOdds, shock.deathFactor]).toEqual([[0.5, 0.5, 0.5], [1.3, 1.2, 1.1], [2, 1, 1]])
    expect(shock.capacityLoss).toBe(assumptionEntry('shock.pandemic.capacityLoss').value)
  })

  it('of a funding change are losses with the sign turned, drawn and by formula too', async () => {
    expect((await shockOf('kind: funding-change, from: 2026-06-01, capacityChange: 0.2')).capacityLoss).toBe(-0.2)
    const formula = await resolved(withShock('kind: funding-change, from: 2026-06-01, capacityChange: 0.001 * week'))
    expect((concreteStudy(formula, 0).scenarios[0].shocks[0].capacityLoss as readonly number[])[100]).toBeCloseTo(-0.1, 12)
    const drawn = Array.from({ length: 10 }, async (_, draw) => {
      const study = await resolved(`${withShock('kind: funding-change, from: 2026-06-01, capacityChange: { dist: quantiles, probabilities: [0, 0.9, 1], values: [0.1, 0.2, 0.4] }')}draws: 10\n`)
      return Number(concreteStudy(study, draw).scenarios[0].shocks[0].capacityLoss)
    })
    const losses = await Promise.all(drawn)
    expect(losses.every((loss) => loss <= -0.1 && loss >= -0.4)).toBe(true)
    expect(losses.filter((loss) => loss > -0.2).length).toBeGreaterThan(5)
  })
})

describe('a shock that cannot be is refused with place and reason', () => {
  const when = 'weeks: [2026-06-01]'
  const cases: readonly (readonly [string, string, string])[] = [
    ['no weeks', 'kind: staff-loss, capacityLoss: 0.1', ': needs its weeks: one of weeks, from and to, and everyYear'],
    ['weeks twice', `kind: staff-loss, capacityLoss: 0.1, ${when}, from: 2026-06-01`, '.from: weeks and from cannot stand together; write two shocks'],
    ['days of a year that is not each', 'kind: winter, capacityLoss: 0.1, everyYear: { from: 02-29, to: 03-10 }', '.everyYear.from: must be a day of every year, month first, written like 12-01'],
    ['after the study', 'kind: staff-loss, capacityLoss: 0.1, from: 2036-06-01', '.from: must lie within the study'],
    ['a last day first', 'kind: staff-loss, capacityLoss: 0.1, from: 2026-06-01, to: 2026-05-01', '.to: must not be before "from"'],
    ['no effect', `kind: winter, ${when}`, ': has no effect; give capacityLoss, dnaOdds, emergencyFactor, deathFactor or chanceWeight'],
    ['an effect of another kind', `kind: industrial-action, capacityLoss: 0.1, referralLoss: 0.1, ${when}`, '.referralLoss: unknown key "referralLoss"; allowed: kind, weeks, '],
    ['a recovery of nothing', `kind: staff-loss, capacityLoss: 0.1, recoveryWeeks: 4, ${when}`, '.recoveryWeeks: says how fast slots are recovered, but "recovered" does not say that any are'],
    ['a change of more than all', `kind: funding-change, capacityChange: -1.2, ${when}`, '.capacityChange: must be at least -1; found -1.2'],
    ['a change by a one-sided distribution', `kind: funding-change, capacityChange: { dist: gamma, mean: 0.1, sd: 0.1 }, ${when}`, '.capacityChange: a gamma distribution cannot go both ways; use normal, uniform, triangular, pert or quantiles'],
    ['too many groups', `kind: staff-loss, capacityLoss: 0.1, chanceWeight: [1, 1, 1, 1], ${when}`, '.chanceWeight: must have one entry per group, 3; it has 4'],
    ['an unknown system', `kind: staff-loss, capacityLoss: 0.1, systems: [QYG], ${when}`, '.systems[0]: unknown system "QYG"; allowed: INLINE'],
  ]
  it.each(cases)('%s', async (_what, shock, message) => {
    const lines = await complaints(withShock(shock))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^study\.yaml:9:\d+ /)
    expect(lines[0]).toContain(`scenarios.base.shocks[0]${message}`)
  })
})

describe('policies', () => {
  it('may be one or several, each neutral in what it does not say, and rebook as the study where they say nothing', async () => {
    const [, { policies }] = (await resolved(FULL_STUDY)).scenarios
    expect(policies).toHaveLength(2)
    expect(policies[0]).toMatchObject({
      headStartWeeks: [0, 0, 0],
      chanceWeight: [2, 1, 1],
      reservedShare: [0.2, 0, 0],
      longWait: { fromWeeks: 40, headStartWeeks: 10, chanceWeight: 1 },
      rebooking: { afterDna: 'front', afterPatientCancellation: 'own-place', afterHospitalCancellation: 'front' },
    })
    expect(policies[1]).toMatchObject({ inTurnShareFirst: null, inTurnShareAdmission: 0.5, longWait: null, rebooking: null, from: '2026-09-01' })
  })

  const cases: readonly (readonly [string, string, string])[] = [
    ['reserve more than all slots', 'reservedShare: { deprivation: { 1: 0.6, 2: 0.6 } }', '.reservedShare: must sum to at most 1 over groups; found 1.2'],
    ['have a rule for long waits that does nothing', 'longWait: { fromWeeks: 10 }', '.longWait: changes nothing; give headStartWeeks or chanceWeight'],
    ['weigh a group with nothing', 'chanceWeight: { deprivation: { 1: 0 } }', '.chanceWeight.deprivation.1: must be at least 0.000001; found 0'],
    ['rebook to nowhere', 'rebooking: { afterDna: bakc }', '.rebooking.afterDna: '],
  ]
  it.each(cases)('that %s are refused', async (_what, policy, message) => {
    for (const [written, place] of [[`{ ${policy} }`, 'policy'], [`[{ ${policy} }]`, 'policy[0]']]) {
      const lines = await complaints(SMALL_STUDY.replace('base: {}', `base: { policy: ${written} }`))
      expect(lines).toHaveLength(1)
      expect(lines[0]).toContain(`scenarios.base.${place}${message}`)
    }
  })
})

const months = new URL('../../../shared/data/rtt-england-monthly-2007-04-to-2026-01.csv', import.meta.url)
if (!existsSync(months)) process.stderr.write('skipped: the monthly series behind the defaults of shocks is not here\n')

describe.skipIf(!existsSync(months))('the defaults of a pandemic wave', () => {
  it('are what England saw from April to June 2020 against 2019', () => {
    const [header, ...lines] = readFileSync(months, 'utf8').trim().split(/\r?\n/)
    const names = header.split(',')
    const spring = (year: number, column: string): number =>
      lines
        .map((line) => line.split(','))
        .filter(([month]) => [4, 5, 6].some((each) => month === `${year}-0${each}`))
        .reduce((sum, cells) => sum + Number(cells[names.indexOf(column)]), 0)
    const kept = (column: string): number => spring(2020, column) / spring(2019, column)
    expect(1 - kept('completed_est')).toBeCloseTo(Number(assumptionEntry('shock.pandemic.capacityLoss').value), 3)
    expect(1 - kept('newrtt_est')).toBeCloseTo(Number(assumptionEntry('shock.pandemic.referralLoss').value), 3)
  })
})
