/**
 * What the engine cannot count or simulate, said while the place in the file is still known: lists and slots beyond a
 * 32-bit count, and hazards above 1 a step.
 */
import type { Baseline, SpecialtyBaseline } from '../baseline/types.ts'
import { systemsOf } from './baselines.ts'
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import type { NumberSpec, Study } from './study.ts'

/** Largest count of the engine. */
const MOST_COUNTED = 2 ** 31 - 1

/** Reports what is beyond the engine, at the means of what is uncertain. */
export function reportLimits(study: Study, reader: NumberReader): void {
  const stepsPerWeek = 7 / study.time.stepDays
  for (const [index, system] of systemsOf(study.baseline).entries()) {
    if (system.kind !== 'inline') continue
    const path: DocumentPath = study.baseline.kind === 'systems' ? ['baseline', 'systems', index] : ['baseline']
    reportList(system.baseline, path, reader)
    for (const [order, specialty] of system.baseline.specialties.entries()) {
      const at = [...path, 'specialties', order]
      reportFlows(specialty, study, at, reader)
      reportExits(specialty, study, stepsPerWeek, at, reader)
    }
  }
  reportShockHazards(study, stepsPerWeek, reader)
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const largest = (specs: readonly NumberSpec[], reader: NumberReader): number =>
  specs.reduce((most: number, spec) => Math.max(most, reader.meanOf(spec)), 0)

function reportList(baseline: Baseline, path: DocumentPath, reader: NumberReader): void {
  const people = baseline.specialties.map(({ waitingFirst, waitingAdmission }) =>
    sum([...waitingFirst, ...waitingAdmission].map(sum)),
  )
  if (sum(people) > MOST_COUNTED) reader.report([...path, 'specialties'], text.tooManyPeople('the list', sum(people)))
}

function reportFlows(specialty: SpecialtyBaseline, { time, assumptions }: Study, at: DocumentPath, reader: NumberReader): void {
  const weeks = time.weeks + time.warmUpWeeks
  const slotFactor = Math.max(1, reader.meanOf(assumptions.capacityFactor))
  const flows = [
    ['clockStartsPerWeek', 'clock starts over the study', sum(specialty.clockStartsPerWeek) * Math.max(1, largest(assumptions.needFactor, reader))],
    ['firstAppointmentsPerWeek', 'first appointments over the study', specialty.firstAppointmentsPerWeek * slotFactor],
    ['admissionsPerWeek', 'admissions over the study', specialty.admissionsPerWeek * slotFactor],
  ] as const
  for (const [key, what, perWeek] of flows) {
    if (perWeek * weeks > MOST_COUNTED) reader.report([...at, key], text.tooManyPeople(what, perWeek * weeks))
  }
}

function reportExits(
  specialty: SpecialtyBaseline,
  { assumptions }: Study,
  stepsPerWeek: number,
  at: DocumentPath,
  reader: NumberReader,
): void {
  const exits = [
    ['removedPerWeek', 'removal', specialty.removedPerWeek, assumptions.removedFactor],
    ['withdrewPerWeek', 'withdrawal', specialty.withdrewPerWeek, assumptions.withdrewFactor],
  ] as const
  for (const [key, what, perWeek, factor] of exits) {
    const hazard = (Math.max(...perWeek) * largest(factor, reader)) / stepsPerWeek
    if (hazard > 1) reader.report([...at, 'exits', key], text.hazardAboveOne(what, hazard))
  }
}

function reportShockHazards({ assumptions, scenarios }: Study, stepsPerWeek: number, reader: NumberReader): void {
  for (const { id, shocks } of scenarios) {
    for (const [index, shock] of shocks.entries()) {
      const hazards = [
        ['emergencyFactor', 'emergencies', assumptions.emergencyPerWeek],
        ['deathFactor', 'deaths', assumptions.deathPerWeek],
      ] as const
      for (const [key, what, perWeek] of hazards) {
        const byGroup = perWeek.map((spec, group) => (reader.meanOf(spec) * reader.meanOf(shock[key][group])) / stepsPerWeek)
        const hazard = Math.max(...byGroup)
        if (hazard > 1) reader.report(['scenarios', id, 'shocks', index, key], text.hazardAboveOne(what, hazard))
      }
    }
  }
}
