/** The expected list and the kernel are two programs for one law. */
import { describe, expect, it } from 'vitest'
import { advance, noExits, type AgeGrid, type ExpectedLists, type ServiceLaw } from '../../../src/baseline/calibrate/expected-list.ts'
import { distanceOf } from '../../../src/baseline/series/distance.ts'
import { totalOf } from '../../../src/baseline/series/types.ts'
import { BANDS } from '../../../src/baseline/types.ts'
import { simulateMany, tablesOf, waitingByBand } from '../../model/tables-fixture.ts'

const WEEKLY: AgeGrid = { bands: BANDS, firstAge: Int32Array.from({ length: BANDS + 1 }, (_, band) => band) }
const STEPS = 40
const REPLICATIONS = 4
const STARTS = 15_000
const DIRECT = 1_250
const FIRST_SLOTS = 12_500
const ADMISSIONS = 3_000
const ADMITTED_SHARE = 0.16
const HAZARD = 0.008

const weight = (week: number): number => (week < 2 ? 3 : week < 40 ? 1 : 1 + (week - 40) / 4)
const waitingFirst = Array.from({ length: 70 }, (_, week) => Math.round(13_000 * 0.95 ** week))
const waitingAdmission = Array.from({ length: 70 }, (_, week) => Math.round(2_100 * 0.96 ** week))

/** Mean lists of both stages by band over replications of the kernel. */
function kernelLists(inTurnShare: number): ExpectedLists {
  const tables = tablesOf({
    steps: STEPS,
    clockStarts: () => STARTS - DIRECT,
    directStarts: () => DIRECT,
    waitingFirst: [waitingFirst],
    waitingAdmission: [waitingAdmission],
    firstSlots: { open: () => FIRST_SLOTS, inTurnShare },
    admissionSlots: { open: () => ADMISSIONS, inTurnShare },
    chanceWeight: weight,
    admittedShare: ADMITTED_SHARE,
    hazards: { removed: () => HAZARD },
  })
  const runs = simulateMany(tables, REPLICATIONS, (census) => [0, 1].map((stage) => Float64Array.from(waitingByBand(census, STEPS, stage === 0 ? 0 : 1, 0))))
  const mean = (stage: number): Float64Array => Float64Array.from({ length: BANDS }, (_, band) => runs.reduce((sum, run) => sum + run[stage][band], 0) / REPLICATIONS)
  return { first: mean(0), admission: mean(1) }
}

function expectedLists(inTurnShare: number): ExpectedLists {
  const weights = Float64Array.from({ length: BANDS }, (_, week) => weight(week))
  const law: ServiceLaw = {
    chanceWeightFirst: weights,
    chanceWeightAdmission: weights,
    removedPerWeek: new Float64Array(BANDS).fill(HAZARD),
    unlisted: new Float64Array(BANDS),
    admittedShare: ADMITTED_SHARE,
    directShare: DIRECT / STARTS,
    inTurnShare,
  }
  const filled = (people: readonly number[]): Float64Array => Float64Array.from({ length: BANDS }, (_, band) => people[band] ?? 0)
  const lists = { first: filled(waitingFirst), admission: filled(waitingAdmission) }
  const exits = noExits(BANDS)
  for (let step = 0; step < STEPS; step++) {
    advance(lists, law, { clockStarts: STARTS, nonAdmitted: FIRST_SLOTS * (1 - ADMITTED_SHARE), admitted: ADMISSIONS, removalWeeks: 1 }, WEEKLY, exits)
  }
  return lists
}

describe('the kernel in the mean', () => {
  it.for([0, 0.3])('ends 40 weeks with the list that its law expects, in-turn share %d', async (inTurnShare, { annotate }) => {
    const kernel = kernelLists(inTurnShare)
    const expected = expectedLists(inTurnShare)
    for (const stage of ['first', 'admission'] as const) {
      const [list, distance] = [totalOf(kernel[stage]) / totalOf(expected[stage]) - 1, distanceOf(kernel[stage], expected[stage])]
      await annotate(`${stage}: list ${(100 * list).toFixed(2)}%, distance ${distance.toFixed(4)}`)
      expect(Math.abs(list)).toBeLessThan(0.01)
      // Drawn people differ from their mean by chance alone: about 0.4 × √(bands ÷ people) is 0.008 here.
      expect(distance).toBeLessThan(0.012)
    }
  })
})
