/**
 * Building blocks of the study file's schema: numbers (plain, distribution or formula), dates, names, and
 * objects that refuse unknown keys.
 */
import { z } from 'zod'
import { isIsoDate } from '../baseline/calendar.ts'
import { distributionFault } from './distributions.ts'
import { compileFormula, FORMULA_MAX_LENGTH, FormulaError } from './formula.ts'
import { CODE_RULE, DATE_RULE, GROUP_KEY_RULE, KEBAB_RULE, SYSTEM_RULE } from './messages.ts'
import type { Formula } from './study.ts'

/** Most deprivation groups, and most systems of a study. */
export const MAX_GROUPS = 10
export const MAX_SYSTEMS = 50

/** Separates the valid keys that {@link closed} puts into an issue's message for `issues.ts`. */
export const KEY_SEPARATOR = '|'

/** An object that refuses unknown keys; the issue carries the keys it knows, for the suggestion. */
export function closed<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(KEY_SEPARATOR)
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined) })
}

const finite = z.number()
const spread = z.number().min(0)
const shapes = [
  closed({
    dist: z.enum(['beta', 'normal', 'lognormal', 'gamma']),
    mean: finite.describe('Mean.'),
    sd: spread.describe('Standard deviation.'),
  }),
  closed({ dist: z.literal('uniform'), min: finite, max: finite }),
  closed({ dist: z.enum(['triangular', 'pert']), min: finite, mode: finite.describe('Likeliest value.'), max: finite }),
  closed({
    dist: z.literal('quantiles'),
    probabilities: z.array(z.number().min(0).max(1)).min(2).max(100).describe('Rising, between 0 and 1.'),
    values: z.array(finite).min(2).max(100).describe('The value at each probability; straight lines between.'),
  }),
] as const

/** A distribution in place of a number. */
export const distribution = z
  .discriminatedUnion('dist', shapes)
  .superRefine((spec, context) => {
    const fault = distributionFault(spec)
    if (fault !== null) context.addIssue({ code: 'custom', message: fault })
  })
  .meta({
    id: 'distribution',
    description:
      'A distribution in place of a number. Its mean is used when the study takes no draws; samples are cut at the '
      + "parameter's range.",
  })

/** Formula text, compiled. */
const formula = z
  .string()
  .transform(async (source, context): Promise<Formula> => {
    try {
      return { formula: source, program: await compileFormula(source) }
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
      return z.NEVER
    }
  })
  .meta({
    id: 'formula',
    description: `A formula in week (0 in the first step), year (week ÷ 52.18) and the study's parameters, such as `
      + `"1000 * 1.02^year"; at most ${FORMULA_MAX_LENGTH} characters.`,
  })

/** Any number of a study: plain, distribution or formula. The range holds for the plain number here, for the others when resolved. */
export function numberSpec(range: readonly [number, number]) {
  return z.union([z.number().min(range[0]).max(range[1]), formula, distribution])
}

/** Any number of a study whose range depends on what it is for; checked when resolved. */
export const anyNumber = z.union([finite, formula, distribution])

/** A calendar date, `2026-04-01`, in the years 2000 to 2199: the calendar knows bank holidays from 2000. */
export const isoDate = z
  .string()
  .refine((written) => /^2[01]/.test(written) && isIsoDate(written), DATE_RULE)
  .meta({ description: 'A date written like 2026-04-01.', format: 'date' })

/** Names of studies, scenarios and programmes. */
export const kebabName = z.string().regex(/^(?=.{1,60}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/, KEBAB_RULE)

/** A specialty code. */
export const specialtyCode = z.string().regex(/^[A-Za-z0-9_-]{1,20}$/, CODE_RULE)

/** Values by deprivation group: `{ deprivation: { 1: …, 2: … } }`. */
export function byDeprivation<Value extends z.ZodType>(value: Value) {
  return closed({
    deprivation: z
      .record(z.string().regex(/^[1-9][0-9]?$/, GROUP_KEY_RULE), value)
      .describe('By deprivation group; 1 is the most deprived. Groups left out keep the default.'),
  })
}

/** One number for all deprivation groups, a list of them from the most deprived, or numbers by group. */
export function perGroup(range: readonly [number, number]) {
  const number = numberSpec(range)
  return z.union([...number.options, z.array(number).min(1).max(MAX_GROUPS), byDeprivation(number)])
}

/** Code of a system, such as `QYG`. */
export const systemCode = z.string().regex(/^[A-Za-z0-9_-]{1,20}$/, SYSTEM_RULE)

/** Some of the specialties; all where it is left out. */
export const specialtyList = z.array(specialtyCode).min(1).max(200).describe('Specialty codes; all by default.')

/** Some of the systems; all where it is left out. */
export const systemList = z.array(systemCode).min(1).max(MAX_SYSTEMS).describe('Codes of systems; all by default.')
