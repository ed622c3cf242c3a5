import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServiceCensus } from '../../src/model/census.ts'
import { anyService } from '../model/any-service.ts'
import { simulate, tablesOf } from '../model/tables-fixture.ts'
import type { ServiceParts } from '../model/tables-fixture.ts'
import { cohortsServed } from './cohorts.ts'
import type { Cohort } from './cohorts.ts'

/** Weeks and cohorts in which somebody was served while somebody of an earlier effective start was not. */
function outOfTurn(census: ServiceCensus, stage: 0 | 1, headStart: (step: number, stratum: number) => number): string[] {
  const found: string[] = []
  for (let row = 1; row <= census.steps; row++) {
    const effective = ({ stratum, age }: Cohort): number => age + headStart(row - 1, stratum)
    const cohorts = cohortsServed(census, row, stage)
    const leftBehind = Math.max(-1, ...cohorts.filter(({ waiting, served }) => served < waiting).map(effective))
    const tooEarly = cohorts.filter((cohort) => cohort.served > 0 && effective(cohort) < leftBehind)
    if (tooEarly.length > 0) found.push(`week ${row}: served at ${tooEarly.map(effective).join(', ')}, left at ${leftBehind}`)
  }
  return found
}

/** Services served in turn only, where nobody leaves but by being served. */
const inTurnOnly = anyService.map(
  (parts): ServiceParts => ({
    steps: parts.steps,
    strata: parts.strata ?? 1,
    clockStarts: parts.clockStarts ?? (() => 0),
    waitingFirst: (parts.waitingFirst ?? []).map((bands) => bands.slice(0, 50)),
    waitingAdmission: (parts.waitingAdmission ?? []).map((bands) => bands.slice(0, 50)),
    firstSlots: { open: parts.firstSlots?.open ?? (() => 0) },
    admissionSlots: { open: parts.admissionSlots?.open ?? (() => 0) },
  }),
)

describe('in turn', () => {
  it('without head starts, serves nobody before anybody whose clock started in an earlier week, at either stage', () => {
    fc.assert(
      fc.property(inTurnOnly, (parts) => {
        const census = simulate(tablesOf(parts))
        expect(outOfTurn(census, 0, () => 0)).toEqual([])
        expect(outOfTurn(census, 1, () => 0)).toEqual([])
      }),
      { seed: 201, numRuns: 150 },
    )
  })

  it('with head starts that change from week to week, goes by clock start less head start', () => {
    fc.assert(
      fc.property(inTurnOnly, fc.array(fc.nat(40), { minLength: 7, maxLength: 7 }), (parts, weeks) => {
        const headStart = (step: number, stratum: number): number => weeks[(3 * step + stratum) % 7]
        const census = simulate(tablesOf({ ...parts, headStart }))
        expect(outOfTurn(census, 0, headStart)).toEqual([])
        expect(outOfTurn(census, 1, headStart)).toEqual([])
      }),
      { seed: 202, numRuns: 150 },
    )
  })

  it('by chance, is not: the same check finds somebody out of turn', () => {
    const census = simulate(tablesOf({ steps: 20, clockStarts: () => 10, waitingFirst: [[9, 9, 9, 9]], firstSlots: { open: () => 10, inTurnShare: 0 } }))
    expect(outOfTurn(census, 0, () => 0)).not.toEqual([])
  })

  it('with a head start longer than any wait, is strict priority: others are served only in weeks that empty the first', () => {
    fc.assert(
      fc.property(inTurnOnly, (parts) => {
        const census = simulate(tablesOf({ ...parts, strata: 2, headStart: (_, stratum) => (stratum === 0 ? 200 : 0) }))
        for (let row = 1; row <= census.steps; row++) {
          const cohorts = cohortsServed(census, row, 0)
          const firstLeft = cohorts.some(({ stratum, waiting, served }) => stratum === 0 && served < waiting)
          const otherServed = cohorts.some(({ stratum, served }) => stratum === 1 && served > 0)
          expect(firstLeft && otherServed).toBe(false)
        }
      }),
      { seed: 203, numRuns: 100 },
    )
  })
})

describe('chance weights that grow steeply with weeks waited', () => {
  /** Share of those served who were served in the week that serving in turn would have chosen for their cohort. */
  function agreement(growth: number): number {
    const parts: ServiceParts = { steps: 60, clockStarts: () => 200, waitingFirst: [Array.from({ length: 10 }, () => 200)] }
    const firstSlots = { open: () => 200 }
    const turn = simulate(tablesOf({ ...parts, firstSlots }))
    const steep = simulate(tablesOf({ ...parts, firstSlots: { ...firstSlots, inTurnShare: 0 }, chanceWeight: (week) => growth ** Math.min(week, 30) }))
    let same = 0
    let all = 0
    for (let row = 1; row <= 60; row++) {
      const inTurn = new Map(cohortsServed(turn, row, 0).map(({ age, served }) => [age, served]))
      for (const { age, served } of cohortsServed(steep, row, 0)) {
        same += Math.min(served, inTurn.get(age) ?? 0)
        all += served
      }
    }
    return same / all
  }

  it('come to agree with serving in turn', async ({ annotate }) => {
    const shares = [1, 2, 10, 1e4].map(agreement)
    await annotate(`weights growing 1, 2, 10, 10,000-fold a week: ${shares.map((share) => share.toFixed(4)).join(', ')} served as in turn`)
    for (let index = 1; index < shares.length; index++) expect(shares[index]).toBeGreaterThan(shares[index - 1])
    expect(shares[0]).toBeLessThan(0.3)
    expect(shares[3]).toBeGreaterThan(0.99)
  })
})
