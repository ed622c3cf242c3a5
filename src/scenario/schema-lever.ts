/** The part of the study file's schema that holds levers: what each can be told about itself. */
import { z } from 'zod'
import { assumptionEntry } from './assumptions.ts'
import { leverParameterNames } from './lever-parameters.ts'
import { anyNumber, closed, numberSpec } from './numbers.ts'
import { UNIT_RANGE as UPTAKE_RANGE } from './registry/entry.ts'
import { CUSTOM_ACTS, type CustomAct } from './registry/lever-custom.ts'
import { describeEntry } from './schema-assumptions.ts'
import type { LeverId } from './study.ts'

function leverParameters(lever: LeverId) {
  const shape: Record<string, z.ZodOptional<ReturnType<typeof numberSpec>>> = {}
  for (const name of leverParameterNames(lever)) {
    const entry = assumptionEntry(`lever.${lever}.${name}`)
    shape[name] = numberSpec(entry.range).describe(describeEntry(entry)).optional()
  }
  return closed(shape).describe("The lever's own costs and effects, instead of the defaults.")
}

const CUSTOM_ACT_NAMES = Object.keys(CUSTOM_ACTS) as [CustomAct, ...CustomAct[]]

const customNumber = (name: string) => {
  const entry = assumptionEntry(`lever.custom.${name}`)
  return numberSpec(entry.range).describe(describeEntry(entry))
}

const share = numberSpec(UPTAKE_RANGE)

/** A lever put together in the study file. */
const customLever = closed({
  acts: z
    .array(
      closed({
        on: z.enum(CUSTOM_ACT_NAMES).describe('What a unit acts on.'),
        effectPerUnit: anyNumber.describe(
          'Slots or people for each unit bought, 0 to 10,000; for dna, tests, deterioration, emergency and '
          + 'hospital-cancellation the relative fall for each appointment or person reached, 0 to 1.',
        ),
      }),
    )
    .min(1)
    .max(CUSTOM_ACT_NAMES.length)
    .describe('What the money does.'),
  unitCost: customNumber('unitCost'),
  halfSaturation: customNumber('halfSaturation').optional(),
  maxReach: customNumber('maxReach').optional(),
  uptake: z
    .union([...share.options, closed({ mostDeprived: share, leastDeprived: share })])
    .describe('Share of what is bought that people take up: one number, or a straight line over deprivation groups. 1 by default.')
    .optional(),
  lagWeeks: customNumber('lagWeeks').optional(),
  decayHalfLifeWeeks: customNumber('decayHalfLifeWeeks').optional(),
  source: z.string().min(1).max(1000).describe('Where these numbers come from; stands in the manifest.'),
}).describe('The lever, from the parts that every lever has.')

/**
 * Programmes of every lever, told apart by `lever`.
 * @param common keys that a programme has whatever its lever: its money, and who it is for
 */
export function programmeOfAnyLever<Common extends z.core.$ZodLooseShape>(common: Common) {
  const programme = <Lever extends Exclude<LeverId, 'custom'>>(lever: Lever) =>
    closed({ ...common, lever: z.literal(lever), parameters: leverParameters(lever).optional() })
  return z.discriminatedUnion('lever', [
    programme('capacity'),
    programme('independent-sector'),
    programme('surgical-hub'),
    programme('diagnostic-centre'),
    programme('validation'),
    programme('advice-and-guidance'),
    programme('reminders'),
    programme('attendance-support'),
    programme('digital-first'),
    programme('outreach'),
    programme('prevention'),
    programme('waiting-well'),
    programme('workforce'),
    closed({ ...common, lever: z.literal('custom'), custom: customLever }),
  ])
}

/** A custom lever as a study file writes it. */
export type CustomLeverFile = z.infer<typeof customLever>
