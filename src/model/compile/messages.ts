/** What compile tells a user whose study cannot be compiled. */
import type { Assumptions } from '../../scenario/study.ts'

const PLACE_CODES = (specialty: string, system: string): string => `${specialty} in ${system}`

/** Messages of compile. */
export const text = {
  wholeServiceOnly: (key: keyof Assumptions): string =>
    `${key} is one number for a specialty: an adjustment of it cannot be for groups or priorities; leave deprivation, priority and dimensions out`,
  changesWithTime: (key: keyof Assumptions, specialty: string): string =>
    `${key} of ${specialty} is read once and cannot change during a run; write it without dates, formulas in week or year, and, with a warm-up, for the whole study rather than a scenario`,
  caseMixInScenario: (key: keyof Assumptions): string =>
    `${key} says who the patients are, which scenarios share: adjust it for the whole study, or leave out`,
  hazardAboveOne: (name: string, perStep: number, specialty: string, system: string): string =>
    `${name} of ${PLACE_CODES(specialty, system)} comes to ${perStep.toPrecision(3)} a step; a hazard may be at most 1 a step: lower it, or the factors, shocks and adjustments that raise it`,
  systemsDiffer: (what: string, specialty: string): string =>
    `${what} of ${specialty} differs between systems that share slots by mutual aid; make it the same, or leave the specialty out of mutual aid`,
  followUpsShared: (specialty: string): string =>
    `followUpsPerAppointment of ${specialty} cannot be above 0 where systems share slots by mutual aid; set it to 0, or leave the specialty out of mutual aid`,
  noGroupsInCommon: (code: string, groups: number, expected: number): string =>
    `system ${code} has ${groups} deprivation groups and the first system ${expected}; systems of one study need the same groups`,
  tooManySlots: (specialty: string, system: string): string =>
    `slots of ${PLACE_CODES(specialty, system)} add up to more than 2,147,483,647 over the run; lower capacity, money or weeks`,
} as const
