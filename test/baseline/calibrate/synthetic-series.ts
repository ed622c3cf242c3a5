/** A series made by a law that is known, so that fits can be held against it. */
import { nextMonth } from '../../../src/baseline/calendar.ts'
import { lawAt, type Drift } from '../../../src/baseline/calibrate/drift.ts'
import { advanceMonth, listsAt } from '../../../src/baseline/calibrate/expected-month.ts'
import type { ServiceLaw } from '../../../src/baseline/calibrate/expected-list.ts'
import { workingWeight } from '../../../src/baseline/calibrate/forecast-flows.ts'
import type { MonthCounts, SpecialtySeries } from '../../../src/baseline/series/types.ts'
import { BANDS } from '../../../src/baseline/types.ts'

const bands = (value: (band: number) => number): Float64Array => Float64Array.from({ length: BANDS }, (_, band) => value(band))

/** A law like England's: a burst at first, flat for months, then pressure. */
export const TRUE_LAW: ServiceLaw = {
  chanceWeightFirst: bands((band) => (band < 2 ? 3 : band < 6 ? 1.6 : band < 40 ? 1 : Math.min(12, 1 + (band - 40) / 5))),
  chanceWeightAdmission: bands((band) => (band < 10 ? 2 : band < 45 ? 1 : Math.min(6, 1 + (band - 45) / 8))),
  removedPerWeek: bands((band) => Math.min(0.015, band * 0.001)),
  unlisted: bands(() => 0),
  admittedShare: 0.15,
  directShare: 0.08,
  inTurnShare: 0,
}

/** The series that a law makes, from a list that has settled; `startsPerDay` is on a working day. */
export function seriesOf(law: ServiceLaw, drift: Drift, months: number, startsPerDay = 80_000): SpecialtySeries {
  let month = '2023-01'
  const settled: MonthCounts = { month, clockStarts: 0, nonAdmitted: bands(() => 0), admitted: bands(() => 0), waitingFirst: bands(startListed(startsPerDay)), waitingAdmission: bands((band) => startListed(startsPerDay)(band) / 8) }
  const lists = listsAt(settled, law)
  const kept: MonthCounts[] = []
  for (let index = 0; index < SETTLING + months; index++) {
    month = nextMonth(month)
    const clockStarts = startsPerDay * workingWeight(month)
    const ran = advanceMonth(lists, lawAt(law, drift, index - SETTLING - months + 1), { month, clockStarts, nonAdmitted: clockStarts * 0.7, admitted: clockStarts * 0.19 })
    if (index >= SETTLING) {
      kept.push({ month, clockStarts, nonAdmitted: ran.exits.nonAdmitted, admitted: ran.exits.admitted, waitingFirst: ran.waitingFirst, waitingAdmission: ran.waitingAdmission })
    }
  }
  return { code: 'C_110', months: kept }
}

const SETTLING = 30

const startListed = (perDay: number) => (band: number): number => 5 * perDay * 0.93 ** band
