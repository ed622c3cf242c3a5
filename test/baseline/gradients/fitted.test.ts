import { describe, expect, it } from 'vitest'
import { REGIONS } from '../../../src/baseline/gradients/anchors.ts'
import { fittedFor, regionalDefaults } from '../../../src/baseline/gradients/fitted.ts'
import { PUBLISHED } from '../../../src/baseline/gradients/published.ts'
import { compileScenario } from '../../../src/model/compile/index.ts'
import type { ServiceTables } from '../../../src/model/tables.ts'
import { assumptionEntry } from '../../../src/scenario/assumptions.ts'
import { studyBaseline } from '../../../src/scenario/baselines.ts'
import { checkStudyData } from '../../../src/scenario/parse.ts'
import { NO_POSITIONS } from '../../../src/scenario/positions.ts'
import { concreteStudy, resolveStudy } from '../../../src/scenario/resolve.ts'
import type { Study } from '../../../src/scenario/study.ts'
import { shippedPack } from './lists.ts'

const KEY = 'independentSectorAccess'

async function studyOf(codes: readonly string[], assumptions: object = {}): Promise<Study> {
  const packs = codes.map(shippedPack)
  const baseline = packs.length === 1 ? packs[0].path : { systems: packs.map(({ path }) => path) }
  const file = await checkStudyData({ schemaVersion: 1, name: 'fitted', baseline, time: { weeks: 4 }, assumptions, scenarios: { 'as-it-is': {} } }, NO_POSITIONS)
  return resolveStudy(file, studyBaseline(file, new Map(packs.map((pack) => [pack.path, pack]))), NO_POSITIONS)
}

/** Access to the independent sector's admissions by group, as compiled for a system. */
function accessOf(study: Study, system: string): number[] {
  const services: readonly ServiceTables[] = compileScenario(concreteStudy(study, 0), 0).services
  const service = services.find(({ code, systemOfStratum }) => code === 'C_110' && systemOfStratum[0] === system)
  const pool = service?.admission.pools.find(({ source }) => source === 'independent-sector')
  return Array.from(pool?.access?.subarray(0, 5) ?? [])
}

describe('the fits that ship', () => {
  it("are England's defaults, and leave what the gaps do not tell as published", () => {
    expect(assumptionEntry(KEY).value).toBe(fittedFor(KEY, []))
    expect(assumptionEntry('dnaRate').value).toEqual(PUBLISHED.dnaRate)
    expect(assumptionEntry('privatePerWeek').value).toEqual(PUBLISHED.privatePerWeek)
  })

  it('rise from the most to the least deprived, everywhere', () => {
    for (const access of [fittedFor(KEY, []), ...REGIONS.map((region) => regionalDefaults(region)[KEY] ?? [])]) {
      expect(access).toEqual(access.toSorted((a, b) => a - b))
    }
  })

  it('have a fit of every region', () => {
    expect(REGIONS.filter((region) => Object.keys(regionalDefaults(region)).length === 0)).toEqual([])
  })

  it("give a board its region's values", async () => {
    const { assumptions } = await studyOf(['QYG'])
    expect(assumptions[KEY]).toEqual(regionalDefaults('North West')[KEY])
    expect((await studyOf(['ENG'])).assumptions[KEY]).toEqual(fittedFor(KEY, []))
  })

  it("give boards of several regions each its own region's values", async () => {
    const study = await studyOf(['QYG', 'QMF'])
    expect(accessOf(study, 'QYG')).toEqual(regionalDefaults('North West')[KEY])
    expect(accessOf(study, 'QMF')).toEqual(regionalDefaults('London')[KEY])
  })

  it('yield to what a study says, for boards of one region and of several', async () => {
    const flat = { [KEY]: 1 }
    expect(accessOf(await studyOf(['QYG'], flat), 'QYG')).toEqual([1, 1, 1, 1, 1])
    expect(accessOf(await studyOf(['QYG', 'QMF'], flat), 'QMF')).toEqual([1, 1, 1, 1, 1])
  })
})
