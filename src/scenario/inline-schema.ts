/**
 * The part of the study file's schema that writes a baseline out: groups and specialties of a laboratory case,
 * a trust's own extract, or a test.
 */
import { z } from 'zod'
import { BANDS } from '../baseline/types.ts'
import { closed, MAX_GROUPS, MAX_SYSTEMS, specialtyCode, systemCode } from './numbers.ts'

/** Most specialties of an inline baseline. */
const MAX_SPECIALTIES = 200

const residents = z.number().min(1).max(2_000_000_000).describe('Residents.')
const perWeek = z.number().min(0).max(10_000_000)
const share = z.number().min(0).max(1)
const hazard = z.number().min(0).max(1)
const weight = z.number().min(0).max(1_000_000)

const people = z.int().min(0).max(100_000_000)
const peopleByWeek = z.array(people).max(BANDS)
const waitingList = z
  .union([peopleByWeek, z.array(peopleByWeek).min(1).max(MAX_GROUPS)])
  .describe('People waiting by whole weeks waited (0, 1, 2, …): one list for all, shared out as clock starts are, or one list per group.')

/** A number for all groups together, or one per group from the most deprived. */
const byGroup = <Value extends z.ZodType>(value: Value) => z.union([value, z.array(value).min(1).max(MAX_GROUPS)])
const byWeek = <Value extends z.ZodType>(value: Value) => z.union([value, z.array(value).min(1).max(BANDS)])

const inlineGroup = z.union([
  residents,
  closed({
    label: z.string().min(1).max(80).describe('Shown in results; "Group 1" and so on by default.').optional(),
    population: residents,
  }),
])

const inlineSpecialty = closed({
  code: specialtyCode.describe('Code, such as C_110.'),
  name: z.string().min(1).max(120).describe('Name; the code by default.').optional(),
  clockStartsPerWeek: byGroup(perWeek).describe(
    'Clock starts in a week: the total, shared out by population, or one number per group.',
  ),
  waiting: z
    .union([
      waitingList,
      closed({ firstAppointment: waitingList.optional(), admission: waitingList.optional() }),
    ])
    .describe('The list at the start: of people waiting for a first appointment, or of both stages by name. Empty by default.')
    .optional(),
  firstAppointmentsPerWeek: perWeek.describe('First appointments attended in a week.'),
  admissionsPerWeek: perWeek.describe('Admissions in a week; 0 by default.').optional(),
  admittedShare: byGroup(share)
    .describe('Share of attended first appointments that end in a decision to admit; 0 by default.')
    .optional(),
  chanceWeight: closed({
    firstAppointment: byWeek(weight).optional(),
    admission: byWeek(weight).optional(),
  })
    .describe(
      'Relative chance of being next by whole weeks waited, for the slots that are not given in turn; the last entry '
      + 'holds beyond. 1 throughout by default.',
    )
    .optional(),
  exits: closed({
    removedPerWeek: byWeek(hazard).optional(),
    withdrewPerWeek: byWeek(hazard).optional(),
  })
    .describe('Hazard a week of leaving the list, by whole weeks waited; the last entry holds beyond. 0 by default.')
    .optional(),
})

/** A baseline written out in the study file. */
export const inlineBaseline = closed({
  code: systemCode.describe('Code of the system; "INLINE" by default.').optional(),
  name: z.string().min(1).max(120).describe('Name of the system; "Inline baseline" by default.').optional(),
  groups: z
    .array(inlineGroup)
    .min(1)
    .max(MAX_GROUPS)
    .describe('Deprivation groups from the most to the least deprived: residents, or label and residents.'),
  specialties: z.array(inlineSpecialty).min(1).max(MAX_SPECIALTIES),
}).meta({
  id: 'inlineBaseline',
  description: 'A baseline written out. Every mechanism left out is switched off.',
})

/** Path of a baseline pack. */
const packPath = z.string().min(1).max(1000).describe("Path of a baseline pack, relative to this file's folder.")

/** Where a study starts: one system, or several side by side. */
export const baseline = z
  .union([
    packPath,
    inlineBaseline,
    closed({
      systems: z
        .array(z.union([packPath, inlineBaseline]))
        .min(2)
        .max(MAX_SYSTEMS)
        .describe('Systems with the same deprivation groups and the same start, each with a code of its own.'),
    }),
  ])
  .describe("Path of a baseline pack, relative to this file's folder, a baseline written out, or several systems.")

/** An inline baseline as read. */
export type InlineBaseline = z.infer<typeof inlineBaseline>
/** One of its specialties. */
export type InlineSpecialty = z.infer<typeof inlineSpecialty>
