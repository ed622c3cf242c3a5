/** The part of the study file's schema that holds a scenario: programmes, policies, shocks, adjustments, mutual aid. */
import { z } from 'zod'
import { closed, isoDate, kebabName, numberSpec, perGroup, specialtyList, systemCode, systemList } from './numbers.ts'
import { RANGES } from './ranges.ts'
import { adjust, furtherGroups } from './schema-assumptions.ts'
import { programmeOfAnyLever } from './schema-lever.ts'
import { across, allocate, budget, envelope } from './schema-money.ts'
import { policies } from './schema-policy.ts'
import { shock } from './schema-shocks.ts'

/** Most programmes, shocks and agreements of mutual aid in a scenario. */
const MAX_PARTS = 50

/** Title of a study or scenario. */
export const title = z.string().min(1).max(200)
/** Description of a study or scenario. */
export const description = z.string().max(5000)

const invest = programmeOfAnyLever({
  id: kebabName.describe('Name of the programme in results; the lever by default.').optional(),
  specialties: specialtyList.optional(),
  systems: systemList.optional(),
  budget,
  dimensions: furtherGroups.describe('Groups of further dimensions that the money is for, all of which must match; everybody by default.').optional(),
  allocate: allocate.optional(),
  across: across.optional(),
})

const aid = closed({
  from: systemCode.describe('The system that gives slots.'),
  to: systemCode.describe('The system whose patients may take them.'),
  specialties: specialtyList.optional(),
  firstSlotsPerWeek: numberSpec(RANGES.aidSlotsPerWeek).describe('First appointments a week; 0 by default.').optional(),
  admissionSlotsPerWeek: numberSpec(RANGES.aidSlotsPerWeek).describe('Admissions a week; 0 by default.').optional(),
  uptake: perGroup(RANGES.uptake).describe('Relative take-up by deprivation group of the patients; 1 by default.').optional(),
  startsOn: isoDate.describe('First day; the start of the study by default.').optional(),
  endsOn: isoDate.describe('Last day; the end of the study by default.').optional(),
}).meta({ id: 'mutualAid', description: "Slots of one system offered to another's patients, in each specialty named." })

/** A named set of changes. */
export const scenario = closed({
  title: title.describe('Shown in results; the id by default.').optional(),
  description: description.optional(),
  invest: z.array(invest).max(MAX_PARTS).describe('Programmes: each a lever, its money, and who it is for.').optional(),
  envelope: envelope.optional(),
  policy: policies.optional(),
  shocks: z.array(shock).max(MAX_PARTS).describe('What happens to the system in named weeks.').optional(),
  adjust: adjust.optional(),
  mutualAid: z.array(aid).max(MAX_PARTS).describe('Slots that systems of the study offer each other.').optional(),
}).meta({ id: 'scenario', description: 'A named set of changes; empty for business as usual.' })

/** One scenario of a study file. */
export type ScenarioFile = z.infer<typeof scenario>
/** One programme of it. */
export type ProgrammeFile = NonNullable<ScenarioFile['invest']>[number]
/** One agreement of mutual aid. */
export type AidFile = NonNullable<ScenarioFile['mutualAid']>[number]
