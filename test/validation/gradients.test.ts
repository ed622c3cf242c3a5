/**
 * The shipped gradients against the published gaps: England person by person, a year, two and three ahead, and each
 * region's boards in expected values, all with default assumptions.
 */
import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { anchorsOf, leanOf, OVER_18, REGIONS, type LeanAnchor } from '../../src/baseline/gradients/anchors.ts'
import { createOutlook, gapOf, type Gap } from '../../src/baseline/gradients/outlook.ts'
import { packOfRegion } from '../../src/baseline/gradients/region-pack.ts'
import { checkStudyData } from '../../src/scenario/parse.ts'
import { NO_POSITIONS } from '../../src/scenario/positions.ts'
import { resolveStudy } from '../../src/scenario/resolve.ts'
import { shippedPack } from '../baseline/gradients/lists.ts'
import { runAll, type Runs } from './behaviour-fixture.ts'

/** Half the width of a 95% interval in standard deviations. */
const Z = 1.96
/** Weeks about an anniversary that are counted together, every other one: single weeks are mostly chance. */
const ABOUT = Array.from({ length: 9 }, (_, index) => 2 * index - 16)
const REPLICATIONS = 2
/** Nothing changed: the defaults that ship. */
const AS_SHIPPED = { assumptions: {}, useExponent: 1 }

/** How far a lean is from its anchor, in half widths of the anchor's 95% interval: within it below 1. */
const distance = (lean: number, { mean, sd }: LeanAnchor): number => Math.abs(lean - mean) / (Z * sd)

async function england(): Promise<Runs> {
  const pack = shippedPack('ENG')
  const data = { schemaVersion: 1, name: 'gaps', seed: 'gaps-1', baseline: pack.path, time: { weeks: 156 }, sample: 0.1, scenarios: { 'as-it-is': {} } }
  return runAll(resolveStudy(await checkStudyData(data, NO_POSITIONS), pack, NO_POSITIONS), REPLICATIONS)
}

/** The gap about a week, over the runs. */
function gapAbout({ read }: Runs, week: number): Gap {
  const weeks = ABOUT.map((apart) => week + apart)
  const perGroup = (measure: string): Float64Array =>
    Float64Array.from([1, 2, 3, 4, 5], (group) => {
      const at = (replication: number, each: number): number =>
        read('as-it-is', replication, 'waiting', { week: each, group: String(group) }) * (measure === 'waiting' ? 1 : read('as-it-is', replication, measure, { week: each, group: String(group) }))
      return weeks.reduce((sum, each) => sum + Array.from({ length: REPLICATIONS }, (_, replication) => at(replication, each)).reduce((a, b) => a + b, 0), 0)
    })
  const waiting = perGroup('waiting')
  const within18 = perGroup('within-18-weeks')
  return gapOf({ waiting, over18: waiting.map((people, group) => people - within18[group]), over52: perGroup('over-52-weeks') })
}

describe("England's published gaps", () => {
  let runs: Runs
  beforeAll(async () => {
    runs = await england()
  }, 600_000)

  it.each([1, 2, 3])('are there after %i years, within their intervals, and do not wash out', (years) => {
    const gap = gapAbout(runs, 52 * years - (years === 3 ? 16 : 0))
    const { over18, over52 } = anchorsOf('England')
    expect(distance(gap.lean18, over18)).toBeLessThan(1)
    expect(distance(gap.lean52, over52)).toBeLessThan(1)
  })

  it('come to 1.5 points of the share within 18 weeks between fifths, as 1.7 between tenths do', () => {
    const expected = -100 * (OVER_18['England'].mostDeprived - OVER_18['England'].leastDeprived) * (8 / 9)
    const spread = Math.abs(expected) * (anchorsOf('England').over18.sd / leanOf(OVER_18['England']))
    expect(Math.abs(gapAbout(runs, 104).within18Points - expected)).toBeLessThan(Z * spread)
  })
})

describe("regions' published gaps", () => {
  const boards = readdirSync(new URL('../../scenarios/baselines', import.meta.url)).map((file) => shippedPack(file.slice(0, 3)))
  it.each(REGIONS)('%s: stands within the interval of its share over 52 weeks, and of the one within 18 that it is held to', async (region) => {
    const pack = packOfRegion(region, boards.filter((board) => board.pack.system.region === region).map((board) => board.pack))
    const { settled } = (await createOutlook({ kind: 'pack', path: region, sha256: '', pack }))(AS_SHIPPED)
    expect(distance(settled.lean52, anchorsOf(region).over52)).toBeLessThan(1)
    expect(distance(settled.lean18, anchorsOf(region).over18)).toBeLessThan(1)
  }, 120_000)
})
