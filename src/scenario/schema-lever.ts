/** The part of the study file's schema that holds levers: what each can be told about itself. */
import { z } from 'zod'
import { assumptionEntry } from './assumptions.ts'
import { leverParameterNames } from './lever-parameters.ts'
import { closed, numberSpec } from './numbers.ts'
import { describeEntry } from './schema-assumptions.ts'
import { LEVERS } from './study.ts'
import type { LeverId } from './study.ts'

function leverParameters(lever: LeverId) {
  const shape: Record<string, z.ZodOptional<ReturnType<typeof numberSpec>>> = {}
  for (const name of leverParameterNames(lever)) {
    const entry = assumptionEntry(`lever.${lever}.${name}`)
    shape[name] = numberSpec(entry.range).describe(describeEntry(entry)).optional()
  }
  return closed(shape).describe("The lever's own costs and effects, instead of the defaults.")
}

/**
 * Programmes of every lever, told apart by `lever`.
 * @param common keys that a programme has whatever its lever: its money, and who it is for
 */
export function programmeOfAnyLever<Common extends z.core.$ZodLooseShape>(common: Common) {
  const programme = <Lever extends LeverId>(lever: Lever) =>
    closed({ ...common, lever: z.literal(lever), parameters: leverParameters(lever).optional() })
  return z.discriminatedUnion('lever', [
    programme(LEVERS[0]),
    programme(LEVERS[1]),
    programme(LEVERS[2]),
    programme(LEVERS[3]),
    programme(LEVERS[4]),
  ])
}
