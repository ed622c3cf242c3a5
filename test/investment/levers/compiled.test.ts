import { describe, expect, it } from 'vitest'
import { LEVERS, type LeverId } from '../../../src/scenario/study.ts'
import { compiled, sum } from '../../model/compile/study-builder.ts'
import { programme, type ProgrammeParts } from '../programmes.ts'
import { acting } from './acting.ts'

/** Mechanisms that levers act on, all at work. */
const AT_WORK = {
  dnaRate: [0.1, 0.08, 0.06],
  hospitalCancellation: [0.05, 0.05, 0.05],
  emergencyPerWeek: [0.001, 0.001, 0.001],
  testShare: [0.5, 0.5, 0.5],
  testWeeks: 12,
  referralPropensity: [0.6, 0.7, 0.8],
  unmetNeedInitialWeeks: 50,
}

const PER_YEAR = 5_000_000
const from = '2026-04-06'

/** The reference, and a scenario with these programmes, compiled. */
function against(...programmes: readonly ProgrammeParts[]) {
  const invest = programmes.map((parts) => programme({ from, ...parts }))
  const [reference, funded] = compiled({ assumptions: AT_WORK, scenarios: [{ id: 'one' }, { id: 'one', invest }] })
  return { reference, funded }
}

const of = (lever: LeverId, perYear: number): ProgrammeParts => ({ lever, perYear, parameters: acting(lever) })

describe.each(LEVERS)('%s in a compiled scenario', (lever) => {
  it('with a budget of nothing leaves the tables of the reference, to the bit', () => {
    const { reference, funded } = against(of(lever, 0))
    expect(funded.services).toEqual(reference.services)
  })

  it('with money changes them', () => {
    const { reference, funded } = against(of(lever, PER_YEAR))
    expect(funded.services).not.toEqual(reference.services)
  })
})

describe('compiled levers', () => {
  it('prevention lowers need that is referred and need that is not, by the same factor', () => {
    const { reference, funded } = against(of('prevention', PER_YEAR))
    const [before, after] = [reference.services[0], funded.services[0]]
    const cell = 40 * after.strata
    const kept = after.clockStarts[cell] / before.clockStarts[cell]
    expect(kept).toBeLessThan(1)
    expect(after.unmetNeed.arising[cell] / before.unmetNeed.arising[cell]).toBeCloseTo(kept, 12)
  })

  it('advice and guidance moves referrals from clock starts to those diverted, and loses none', () => {
    const { reference, funded } = against(of('advice-and-guidance', PER_YEAR))
    const starts = (service: typeof funded.services[number]): number => sum(service.clockStarts) + sum(service.directStarts)
    expect(sum(funded.services[0].diverted)).toBeGreaterThan(0)
    expect(starts(funded.services[0])).toBeLessThan(starts(reference.services[0]))
  })

  it('a hub has slots of its own that a strike does not close', () => {
    const { funded } = against({ ...of('surgical-hub', PER_YEAR), parameters: { lagWeeks: 10 } })
    const hub = funded.services[0].admission.pools.find(({ source }) => source === 'hub')
    expect(sum(hub?.slots ?? null)).toBeGreaterThan(0)
    expect(sum(hub?.slots.subarray(0, 10) ?? null)).toBe(0)
  })

  it('a diagnostic centre shortens tests', () => {
    const { reference, funded } = against({ ...of('diagnostic-centre', 50 * PER_YEAR), parameters: { lagWeeks: 0 } })
    expect(sum(funded.services[0].pathway.testSteps)).toBeLessThan(sum(reference.services[0].pathway.testSteps))
  })

  it('validation adds removals and no slot: what treats people is as in the reference', () => {
    const { reference, funded } = against(of('validation', PER_YEAR))
    expect(funded.services[0].exits).not.toEqual(reference.services[0].exits)
    expect(funded.services[0].first).toEqual(reference.services[0].first)
    expect(funded.services[0].admission).toEqual(reference.services[0].admission)
  })
})
