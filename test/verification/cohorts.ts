/** Who was served, cohort by cohort, read from the lists of two weeks. */
import type { ServiceCensus } from '../../src/model/census.ts'
import { flowAt, waitingByBand } from '../model/tables-fixture.ts'

/** Weeks waited that are followed; services here keep below. */
const BANDS_LOOKED_AT = 100

/** A cohort of a stratum in a week, by weeks waited: how many could be served, and how many were. */
export interface Cohort {
  readonly stratum: number
  readonly age: number
  readonly waiting: number
  readonly served: number
}

/** The cohorts of a stage in a week of a service whose only way out of the stage is being served. */
export function cohortsServed(census: ServiceCensus, row: number, stage: 0 | 1): Cohort[] {
  const cohorts: Cohort[] = []
  for (let stratum = 0; stratum < census.strata; stratum++) {
    const before = waitingByBand(census, row - 1, stage, stratum)
    const after = waitingByBand(census, row, stage, stratum)
    const joining = stage === 0 ? flowAt(census, 'clockStarts', row, stratum) : 0
    for (let age = 0; age < BANDS_LOOKED_AT; age++) {
      const waiting = age === 0 ? joining : before[age - 1]
      if (waiting > 0) cohorts.push({ stratum, age, waiting, served: waiting - after[age] })
    }
  }
  return cohorts
}
