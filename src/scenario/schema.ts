/**
 * The study file, schema version 1: the single source of its types, its validation and its JSON Schema. What
 * needs the whole file or the baseline (names that must exist, dates inside the study) is checked in
 * `checks.ts` and `resolve.ts`.
 */
import { z } from 'zod'
import { MEASURES } from '../measures/definitions.ts'
import { ASSUMPTION_KEYS, assumptionEntry } from './assumptions.ts'
import type { AssumptionEntry, AssumptionKey } from './assumptions.ts'
import { RESERVED_NAMES } from './formula.ts'
import { inlineBaseline } from './inline-schema.ts'
import { leverParameterNames } from './lever-parameters.ts'
import { PARAMETER_NAME_RULE, text } from './messages.ts'
import { byDeprivation, closed, distribution, isoDate, kebabName, numberSpec, specialtyCode } from './numbers.ts'
import { RANGES } from './ranges.ts'
import { LEVERS } from './study.ts'
import type { LeverId } from './study.ts'

/** Most scenarios in a study. */
export const MAX_SCENARIOS = 50
/** Most targets in a study. */
const MAX_TARGETS = 50

const title = z.string().min(1).max(200)
const description = z.string().max(5000)

const time = closed({
  start: isoDate.describe('First day simulated. With a baseline pack, the day after its list was counted, which is the default.').optional(),
  weeks: z.int().min(1).max(1040).describe('Length of the projection, weeks.'),
  stepDays: z.literal(7).describe('Days in a step; 7.').optional(),
  workingDays: z
    .boolean()
    .describe('Whether capacity and clock starts follow the working days of England. True with a baseline pack, false with an inline baseline, by default.')
    .optional(),
})

const budget = closed({
  perYear: numberSpec(RANGES.perYear).describe('Pounds a year at full strength.'),
  from: isoDate.describe('First day of spending; the first day of the study by default.').optional(),
  years: z.number().gt(0).max(50).describe('Years of funding (52 weeks each); to the end of the study by default.').optional(),
  rampWeeks: z.number().min(0).max(520).describe('Weeks over which spending rises from nothing; the shortfall is unspent. 0 by default.').optional(),
}).describe('Money for the programme.')

const allocate = z
  .discriminatedUnion('rule', [
    closed({ rule: z.literal('universal').describe('The same per head.') }),
    closed({
      rule: z.literal('proportionate').describe('In proportion to population × need^theta.'),
      theta: numberSpec(RANGES.theta).describe('0 is universal, 1 proportional to need, above 1 progressive.'),
    }),
    closed({
      rule: z.literal('targeted').describe('For the named groups only.'),
      groups: z.array(z.int().min(1)).min(1).max(10).describe('Deprivation groups; 1 is the most deprived.'),
    }),
  ])
  .meta({ id: 'allocation', description: 'How the money is shared among deprivation groups; universal by default.' })

function leverParameters(lever: LeverId) {
  const shape: Record<string, z.ZodOptional<ReturnType<typeof numberSpec>>> = {}
  for (const name of leverParameterNames(lever)) {
    const entry = assumptionEntry(`lever.${lever}.${name}`)
    shape[name] = numberSpec(entry.range).describe(describeEntry(entry)).optional()
  }
  return closed(shape).describe("The lever's own costs and effects, instead of the defaults.")
}

/** Label, unit and default of an assumption, for editor completion. */
function describeEntry(entry: AssumptionEntry): string {
  const value = typeof entry.value === 'number' ? String(entry.value) : entry.value.join(', ')
  return `${entry.label} (${entry.unit}). Default ${value}; confidence ${entry.confidence}.`
}

function programme<Lever extends LeverId>(lever: Lever) {
  return closed({
    id: kebabName.describe('Name of the programme in results; the lever by default.').optional(),
    lever: z.literal(lever),
    specialties: z.array(specialtyCode).min(1).max(200).describe('Specialty codes; all by default.').optional(),
    budget,
    allocate: allocate.optional(),
    parameters: leverParameters(lever).optional(),
  })
}

const invest = z.discriminatedUnion('lever', [
  programme(LEVERS[0]),
  programme(LEVERS[1]),
  programme(LEVERS[2]),
  programme(LEVERS[3]),
  programme(LEVERS[4]),
])

const policy = closed({
  headStartWeeks: byDeprivation(numberSpec(RANGES.headStartWeeks))
    .describe('Weeks by which people are treated as if they had waited longer; groups left out get none.')
    .optional(),
  inTurnShare: closed({
    firstAppointment: numberSpec(RANGES.inTurnShare).optional(),
    admission: numberSpec(RANGES.inTurnShare).optional(),
  })
    .describe('Share of slots given strictly in turn, instead of the assumption.')
    .optional(),
  from: isoDate.describe('First day of the policy; the start of the study by default.').optional(),
  to: isoDate.describe('Last day of the policy; the end of the study by default.').optional(),
}).meta({ id: 'policy', description: 'Rules for who is next.' })

const shock = z.discriminatedUnion('kind', [
  closed({
    kind: z.literal('industrial-action'),
    weeks: z.array(isoDate).min(1).max(520).describe('A date in each week that is hit.'),
    capacityLoss: numberSpec(RANGES.capacityLoss).describe('Share of the slots of those weeks lost.'),
  }),
])

const scenario = closed({
  title: title.describe('Shown in results; the id by default.').optional(),
  description: description.optional(),
  invest: z.array(invest).max(50).describe('Programmes: each a lever, its money, and who it is for.').optional(),
  policy: policy.optional(),
  shocks: z.array(shock).max(50).describe('Losses of capacity in named weeks.').optional(),
}).meta({ id: 'scenario', description: 'A named set of changes; empty for business as usual.' })

const target = closed({
  id: kebabName.describe('Name of the target in results.'),
  title: title.describe('Shown in results; measure, limit and date by default.').optional(),
  measure: z.enum(MEASURES.map(({ id }) => id)).describe('What is held against the limit; see the guide to measures.'),
  specialty: specialtyCode.describe('Specialty code; all together by default.').optional(),
  group: z.int().min(1).max(99).describe('Deprivation group, 1 the most deprived; everybody by default.').optional(),
  atLeast: z.number().describe("Met at this value or above, in the measure's unit; shares from 0 to 1.").optional(),
  atMost: z.number().describe("Met at this value or below, in the measure's unit; shares from 0 to 1.").optional(),
  within: z
    .number()
    .gt(0)
    .describe('For gap measures: met at this distance from equality or nearer, whichever group is ahead.')
    .optional(),
  by: isoDate.describe('Judged at the end of the week that holds this date.'),
  required: z
    .union([z.boolean(), z.array(kebabName).min(1).max(MAX_SCENARIOS)])
    .describe('Scenarios in which "fairwait run --check" demands it, or true for every one; none by default.')
    .optional(),
}).meta({ id: 'target', description: 'A goal for one measure on one date: one of atLeast, atMost and within.' })

/** One number for all groups, or numbers by group. */
function assumptionValue(entry: AssumptionEntry) {
  const number = numberSpec(entry.range)
  return typeof entry.value === 'number' ? number : z.union([...number.options, byDeprivation(number)])
}

type AssumptionShape = Record<AssumptionKey, z.ZodOptional<ReturnType<typeof assumptionValue>>>

function assumptionsBlock() {
  const shape: Partial<AssumptionShape> = {}
  for (const key of ASSUMPTION_KEYS) {
    const entry = assumptionEntry(key)
    shape[key] = assumptionValue(entry).describe(describeEntry(entry)).optional()
  }
  return closed(shape as AssumptionShape).describe('Assumptions instead of the defaults.')
}

const parameterName = z
  .string()
  .refine((name) => /^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name) && !RESERVED_NAMES.includes(name), PARAMETER_NAME_RULE)

const scenarios = z.record(kebabName, scenario).superRefine((all, context) => {
  const found = Object.keys(all).length
  if (found === 0) context.addIssue({ code: 'custom', message: text.noScenario })
  if (found > MAX_SCENARIOS) context.addIssue({ code: 'custom', message: text.tooManyScenarios(MAX_SCENARIOS, found) })
})

/** The whole file. */
export const studySchema = closed({
  $schema: z.string().max(500).describe('Path of this JSON Schema, for editors.').optional(),
  schemaVersion: z.literal(1),
  name: kebabName.describe('Names the folder of results.'),
  title: title.describe('Title of the report; the name by default.').optional(),
  description: description.optional(),
  baseline: z
    .union([z.string().min(1).max(1000), inlineBaseline])
    .describe("Path of a baseline pack, relative to this file's folder, or a baseline written out."),
  time,
  seed: z
    .union([z.string().min(1).max(200), z.int()])
    .describe('Any text or whole number; the same seed gives the same results. The name by default.')
    .optional(),
  replications: z.int().min(1).max(10_000).describe('Random runs of each scenario; 10 by default.').optional(),
  draws: z
    .int()
    .min(0)
    .max(10_000)
    .describe('Samples of the distributions, each run with all replications; 0, the default, takes their means.')
    .optional(),
  reference: kebabName.describe('The scenario that the others are compared with; the first by default.').optional(),
  parameters: z
    .record(parameterName, z.union([z.number(), distribution]))
    .describe('Named values that formulas can use.')
    .optional(),
  assumptions: assumptionsBlock().optional(),
  scenarios: scenarios.describe(`Scenarios by id, at most ${MAX_SCENARIOS}.`),
  targets: z.array(target).max(MAX_TARGETS).describe('Goals that every scenario is held against.').optional(),
})

/** A study file as read: its shape is right, its names are not yet looked up. */
export type StudyFile = z.infer<typeof studySchema>
/** One scenario of it. */
export type ScenarioFile = StudyFile['scenarios'][string]
/** One programme of it. */
export type ProgrammeFile = NonNullable<ScenarioFile['invest']>[number]
/** One target of the study. */
export type TargetFile = NonNullable<StudyFile['targets']>[number]

/** Versions of JSON Schema that are published. */
export const JSON_SCHEMA_DRAFTS = ['7', '2020-12'] as const
export type JsonSchemaDraft = (typeof JSON_SCHEMA_DRAFTS)[number]

/** The study file's JSON Schema, for editor completion and other checkers. */
export function studyJsonSchema(draft: JsonSchemaDraft): Record<string, unknown> {
  const schema = z.toJSONSchema(studySchema, { target: draft === '7' ? 'draft-7' : 'draft-2020-12', io: 'input' })
  const { $schema, ...rest } = schema
  return { $schema, title: 'Fairwait study', description: 'Study file of Fairwait, schema version 1.', ...rest }
}
