import { describe, expect, it } from 'vitest'
import type { BaselinePack } from '../../src/baseline/types.ts'
import { studyBaseline } from '../../src/scenario/baselines.ts'
import { studyNotices, type Notice } from '../../src/scenario/notices.ts'
import { parseStudy } from '../../src/scenario/parse.ts'
import { resolveStudy } from '../../src/scenario/resolve.ts'
import { importedPack, shippedPack } from './packs.ts'

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
