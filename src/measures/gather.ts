/**
 * From services to what is reported: a service counts its own strata, over all steps simulated; the tables are of the
 * study's strata, by specialty, without the warm-up.
 */
import { FLOWS } from '../model/census.ts'
import type { ServiceCensus } from '../model/census.ts'
import type { ServiceTables } from '../model/tables.ts'

/** What is measured of a census. */
export type Counts = Pick<ServiceCensus, 'steps' | 'strata' | 'bands' | 'waiting' | 'flows' | 'admittedByBand' | 'unmetNeed'>

/** Which service was counted, and how many of its first steps are not reported. */
export interface Origin {
  readonly tables: Pick<ServiceTables, 'strata' | 'studyIndex'>
  readonly warmUpSteps: number
}

/** Room for counts of a study, zeroed. */
export function emptyCounts(steps: number, strata: number, bands: number): Counts {
  const cells = (steps + 1) * strata
  return {
    steps,
    strata,
    bands,
    waiting: new Int32Array(cells * 2 * bands),
    flows: new Int32Array(cells * FLOWS.length),
    admittedByBand: new Int32Array(cells * bands),
    unmetNeed: new Int32Array(cells),
  }
}

/** Zeroes counts for the next run. */
export function clearCounts({ waiting, flows, admittedByBand, unmetNeed }: Counts): void {
  waiting.fill(0)
  flows.fill(0)
  admittedByBand.fill(0)
  unmetNeed.fill(0)
}

/** Whether a service's census already has the study's strata and reported rows, so that it can be read as it is. */
export function isAsReported({ tables, warmUpSteps }: Origin, census: Counts, strata: number): boolean {
  return warmUpSteps === 0 && census.strata === strata && tables.studyIndex.every((study, own) => study === own)
}

/** Adds a service's counts to the study's. Row 0 is the list as the warm-up leaves it, without flows. */
export function addCounts(total: Counts, census: Counts, { tables, warmUpSteps }: Origin): void {
  for (let row = 0; row <= total.steps; row += 1) {
    const from = row + warmUpSteps
    for (let own = 0; own < tables.strata; own += 1) {
      const study = tables.studyIndex[own]
      for (const stage of [0, 1]) {
        const start = ((from * 2 + stage) * census.strata + own) * census.bands
        addInto(total.waiting, ((row * 2 + stage) * total.strata + study) * total.bands, census.waiting, start, census.bands)
      }
      const cell = row * total.strata + study
      const source = from * census.strata + own
      if (row > 0) {
        addInto(total.flows, cell * FLOWS.length, census.flows, source * FLOWS.length, FLOWS.length)
        addInto(total.admittedByBand, cell * total.bands, census.admittedByBand, source * census.bands, census.bands)
      }
      total.unmetNeed[cell] += census.unmetNeed[source]
    }
  }
}

function addInto(total: Int32Array, at: number, part: Int32Array, from: number, length: number): void {
  for (let cell = 0; cell < length; cell += 1) total[at + cell] += part[from + cell]
}
