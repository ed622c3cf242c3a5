import { describe, expect, it } from 'vitest'
import type { BaselinePack } from '../../src/baseline/types.ts'
import { studyBaseline } from '../../src/scenario/baselines.ts'
import { studyNotices, type Notice } from '../../src/scenario/notices.ts'
import { parseStudy } from '../../src/scenario/parse.ts'
import { resolveStudy } from '../../src/scenario/resolve.ts'
import { importedPack, shippedPack } from '../baseline/packs.ts'
import { resolved, SMALL_STUDY } from './helpers.ts'

const PATH = 'baselines/pack.json'

async function noticesOf(pack: BaselinePack, assumptions: string): Promise<Notice[]> {
  const { file, positions } = await parseStudy(`schemaVersion: 1\nname: asked\nbaseline: ${PATH}\ntime: { weeks: 8 }\nassumptions: { ${assumptions} }\nscenarios: { reference: {} }\n`, 'asked.yaml')
  const baseline = studyBaseline(file, new Map([[PATH, { kind: 'pack' as const, path: PATH, sha256: '', pack }]]))
  return studyNotices(resolveStudy(file, baseline, positions))
}

describe("a study that asks for a fit's drift or spread", () => {
  it('is told where the pack holds none', async () => {
    const [drift, spread] = await noticesOf(importedPack('QYG'), 'fittedDrift: 1, fittedRemovals: { dist: normal, mean: 0, sd: 1 }')
    expect(drift).toMatchObject({ path: 'assumptions.fittedDrift', message: expect.stringContaining('changes nothing in QYG: the pack holds no drift') as string })
    expect(spread).toMatchObject({ path: 'assumptions.fittedRemovals', message: expect.stringContaining('holds no spread') as string })
  })

  it('is told nothing where the pack holds them, or where it does not ask', async () => {
    expect(await noticesOf(shippedPack('QYG'), 'fittedDrift: 1, fittedClockStarts: 1')).toEqual([])
    expect(await noticesOf(importedPack('QYG'), 'dnaRate: 0.05')).toEqual([])
  })
})

/** Notices of the small study, over 60 weeks, where its scenario says this. */
async function noticesWhere(scenario: string): Promise<string[]> {
  const study = SMALL_STUDY.replace('weeks: 20', 'weeks: 60').replace('base: {}', `base: { ${scenario} }`)
  return studyNotices(await resolved(study)).map(({ path, message }) => `${path}: ${message}`)
}

describe('a scenario that changes referralPropensity', () => {
  const FEWER = 'assumption: referralPropensity, multiply: 0.9'

  it('is told that nobody is referred more or fewer by it', async () => {
    expect(await noticesWhere(`adjust: [{ ${FEWER} }]`)).toEqual([expect.stringContaining('scenarios.base.adjust[0]: referralPropensity changes and needFactor does not')])
  })

  it('is told nothing where the need of the same people changes too', async () => {
    const need = 'assumption: needFactor, multiply: 0.9'
    expect(await noticesWhere(`adjust: [{ ${FEWER} }, { ${need} }]`)).toEqual([])
    expect(await noticesWhere(`adjust: [{ ${FEWER} }, { ${need}, deprivation: [1] }]`)).toHaveLength(1)
  })
})

describe('capital whose money ends before the study', () => {
  const HUB = 'lever: surgical-hub, budget: { perYear: 100000, from: 2026-04-06, years: 0.5 }'

  it('acts on, and nobody is charged for running it: that is told', async () => {
    expect(await noticesWhere(`invest: [{ ${HUB} }]`)).toEqual([expect.stringContaining('scenarios.base.invest[0]: what surgical-hub has built goes on acting after its money ends, about 2026-10-06')])
  })

  it('is told of no more where a later programme runs it, where its money lasts, or where it builds nothing', async () => {
    const later = HUB.replace('2026-04-06', '2026-10-06').replace('0.5', '1')
    expect(await noticesWhere(`invest: [{ id: built, ${HUB} }, { id: run, ${later}, parameters: { runningCostShare: 1 } }]`)).toEqual([])
    expect(await noticesWhere(`invest: [{ ${HUB.replace('0.5', '1.1')} }]`)).toEqual([])
    expect(await noticesWhere(`invest: [{ ${HUB.replace('surgical-hub', 'capacity')} }]`)).toEqual([])
  })
})
