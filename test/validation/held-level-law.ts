/** A pack that ships run by its fitted law, in expected values, and by the simulation. */
import { AVERAGE_WEEK, nextMonth } from '../../src/baseline/calendar.ts'
import { dampedMonths, lawAt } from '../../src/baseline/calibrate/drift.ts'
import { advance, noExits, type AgeGrid, type ServiceLaw } from '../../src/baseline/calibrate/expected-list.ts'
import { advanceMonth, expectedList, listsAt } from '../../src/baseline/calibrate/expected-month.ts'
import { workingWeight } from '../../src/baseline/calibrate/forecast-flows.ts'
import { totalOf } from '../../src/baseline/series/types.ts'
import { BANDS, type BaselinePack, type PackDrift, type PackFit, type PackSpecialty } from '../../src/baseline/types.ts'
import { createTaskRunner } from '../../src/experiment/run-task.ts'
import { buildCatalogue } from '../../src/measures/catalogue.ts'
import { compileScenario } from '../../src/model/compile/index.ts'
import { studyBaseline } from '../../src/scenario/baselines.ts'
import { parseStudy } from '../../src/scenario/parse.ts'
import { concreteStudy, resolveStudy } from '../../src/scenario/resolve.ts'

/** A year: its end is as far from Christmas as its start. */
export const MONTHS = 12
const WEEKS = 52
/** Weight of a standard week's days: five working days, and a weekend at a tenth. */
const STANDARD_WEEK = 5.2
/** Weeks in whole: somebody in the first column has waited less than one. */
const WEEKLY: AgeGrid = { bands: BANDS, firstAge: Int32Array.from({ length: BANDS + 1 }, (_, band) => band) }
/** People simulated of each pack, about: of some thousands, chance alone moves shares by a point. */
const PEOPLE = 60_000

export interface Shares {
  readonly list: number
  readonly within18: number
  readonly over52: number
}

export function fitOf({ code, fitted }: PackSpecialty): PackFit {
  if (fitted === undefined) throw new Error(`${code} has no fit`)
  return fitted
}

export function sharesOf(list: Float64Array): Shares {
  const people = totalOf(list)
  return { list: people, within18: (100 * totalOf(list.subarray(0, 18))) / people, over52: (100 * totalOf(list.subarray(52))) / people }
}

const filled = (people: readonly number[]): Float64Array => Float64Array.from({ length: BANDS }, (_, band) => people[band] ?? 0)

function lawOf(fit: PackFit): ServiceLaw {
  return {
    chanceWeightFirst: filled(fit.chanceWeightFirst),
    chanceWeightAdmission: filled(fit.chanceWeightAdmission),
    removedPerWeek: filled(fit.removedPerWeek),
    unlisted: new Float64Array(BANDS),
    admittedShare: fit.admittedShare,
    directShare: fit.directShare,
    inTurnShare: 0,
  }
}

/**
 * Everybody waiting for a specialty by its fitted law, day by day, its flows level, some months after January 2026.
 *
 * @param drifts whether the fitted drift goes on
 */
export function expectedAfter(specialty: PackSpecialty, months: number, drifts = false): Float64Array {
  const fit = fitOf(specialty)
  const law = lawOf(fit)
  const none = new Float64Array(BANDS)
  const { waitingWithoutDecision, waitingWithDecision } = specialty
  const lists = listsAt({ month: '2026-01', clockStarts: 0, nonAdmitted: none, admitted: none, waitingFirst: filled(waitingWithoutDecision), waitingAdmission: filled(waitingWithDecision) }, law)
  let month = '2026-01'
  let list: Float64Array = none
  for (let ahead = 0; ahead < months; ahead++) {
    month = nextMonth(month)
    const weeks = workingWeight(month) / STANDARD_WEEK
    const now = drifts ? lawAt(law, driftOf(fit), dampedMonths(ahead + 1)) : law
    list = expectedList(advanceMonth(lists, now, { month, clockStarts: fit.clockStartsPerWeek * weeks, nonAdmitted: fit.nonAdmittedPerWeek * weeks, admitted: fit.admittedPerWeek * weeks }))
  }
  return list
}

function driftOf({ drift }: PackFit): PackDrift {
  if (drift === undefined) throw new Error('no drift')
  return drift
}

/** The same after some weeks, week by week: coarser, and quick enough for years. */
export function listAfterWeeks(specialty: PackSpecialty, weeks: number): number {
  const fit = fitOf(specialty)
  const lists = { first: filled(specialty.waitingWithoutDecision), admission: filled(specialty.waitingWithDecision) }
  const flows = { clockStarts: fit.clockStartsPerWeek * AVERAGE_WEEK, nonAdmitted: fit.nonAdmittedPerWeek * AVERAGE_WEEK, admitted: fit.admittedPerWeek * AVERAGE_WEEK, removalWeeks: 1 }
  const exits = noExits(BANDS)
  const law = lawOf(fit)
  for (let week = 0; week < weeks; week++) advance(lists, law, flows, WEEKLY, exits)
  return totalOf(lists.first) + totalOf(lists.admission)
}

/** The same of the simulation, one run of a part of the people. @param fittedDrift part of the drift that goes on */
export async function simulated(pack: BaselinePack, fittedDrift = 0): Promise<Shares> {
  const path = `baselines/${pack.system.code}-2026-01.json`
  const people = totalOf(pack.specialties.map((specialty) => listAfterWeeks(specialty, 0)))
  const text = `schemaVersion: 1\nname: level\nbaseline: ${path}\ntime: { weeks: ${WEEKS} }\nseed: level-1\nsample: ${Math.min(1, PEOPLE / people).toPrecision(3)}\nassumptions: { fittedDrift: ${fittedDrift} }\nscenarios:\n  reference: {}\n`
  const { file, positions } = await parseStudy(text, 'level.yaml')
  const study = resolveStudy(file, studyBaseline(file, new Map([[path, { kind: 'pack', path, sha256: '', pack }]])), positions)
  const catalogue = buildCatalogue(compileScenario(concreteStudy(study, 0), 0))
  const { values } = createTaskRunner(study, () => 0)({ scenario: 0, draw: 0, replication: 0 })
  const read = (measure: string, week: number): number => {
    const position = catalogue.keys.findIndex((key) => key.specialty === 'all' && key.stage === 'all' && key.dimension === 'all' && key.measure === measure)
    return values[position * catalogue.dates.length + week]
  }
  return { list: read('waiting', WEEKS), within18: 100 * read('within-18-weeks', WEEKS), over52: 100 * read('over-52-weeks', WEEKS) }
}
