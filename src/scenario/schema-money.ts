/** The part of the study file's schema that holds money: budgets, who they are for, envelopes and prices. */
import { z } from 'zod'
import { FINANCIAL_YEAR_RULE } from './messages.ts'
import { isFinancialYear } from './financial-years.ts'
import { closed, isoDate, MAX_GROUPS, numberSpec } from './numbers.ts'
import { RANGES } from './ranges.ts'
import { LEVELLINGS, UNDERSPENDS } from './study.ts'

const pounds = numberSpec(RANGES.perYear)
const financialYear = z.string().refine(isFinancialYear, FINANCIAL_YEAR_RULE)
const byYear = z.record(financialYear, pounds)

/** Money for one programme. */
export const budget = closed({
  perYear: pounds.describe('Pounds a year at full strength.').optional(),
  byYear: byYear.describe('Instead of perYear: pounds by financial year, such as { 2026/27: 12000000 }; other years have none.').optional(),
  share: numberSpec(RANGES.share).describe("Instead of perYear: share of the scenario's envelope, of the lever's kind of money.").optional(),
  from: isoDate.describe('First day of spending; the first day of the study by default.').optional(),
  years: z.number().gt(0).max(50).describe('Years of funding; to the end of the study by default.').optional(),
  rampWeeks: z.number().min(0).max(520).describe('Weeks over which spending rises from nothing; the shortfall is unspent. 0 by default.').optional(),
  late: closed({
    share: numberSpec(RANGES.share).describe('Part of the money that comes late.'),
    weeks: z.int().min(1).max(520).describe('How late it comes.'),
  }).describe('Money that comes later than it is granted; none by default.').optional(),
  earmark: pounds.describe('Pounds a year of the envelope that only this programme may have; 0 by default.').optional(),
  minimum: pounds.describe('Pounds a year below which sharing the envelope does not take the programme; 0 by default.').optional(),
  maximum: pounds.describe('Pounds a year that the programme never exceeds; no limit by default.').optional(),
}).meta({ id: 'budget', description: 'Money for the programme: one of perYear, byYear and share.' })

const number = z.number().min(0).max(1_000_000_000)
const byId = z.union([z.array(number).min(1).max(MAX_GROUPS), z.record(z.string().min(1).max(20), number)])

const need = z
  .union([
    z.enum(['use', 'population', 'unmet-need']),
    closed({ index: byId.describe('Need per head by group, system or specialty: a list, or by id.') }),
  ])
  .meta({ id: 'need', description: 'What need is counted by: use, as the baseline has it (the default), population, unmet-need, or an index.' })

const universal = closed({ rule: z.literal('universal').describe('The same per head.') })
const byNeed = closed({ rule: z.literal('need').describe('In proportion to need.'), need: need.optional() })
const proportionate = closed({
  rule: z.literal('proportionate').describe('In proportion to population × need^theta.'),
  theta: numberSpec(RANGES.theta).describe('0 is universal, 1 proportional to need, above 1 progressive.'),
  need: need.optional(),
})
const targeted = closed({
  rule: z.literal('targeted').describe('For the named groups only.'),
  groups: z.array(z.int().min(1)).min(1).max(10).describe('Deprivation groups; 1 is the most deprived.'),
})
const levelUp = closed({
  rule: z.literal('level-up').describe("In proportion to the activity that each would need in addition, at the best-off's rate."),
  need: need.optional(),
})
const custom = closed({
  rule: z.literal('custom').describe('By the shares or weights given.'),
  shares: byId.describe('Shares, which sum to 1: a list, or by id.').optional(),
  weights: byId.describe('Instead of shares: relative numbers.').optional(),
})
const paceKeys = {
  rule: z.literal('pace-of-change').describe('From where shares are towards where they should be, a bounded part of the way each year.'),
  from: z.union([z.literal('use'), byId]).describe("Where shares start: today's use, the default, or shares that sum to 1.").optional(),
  perYear: numberSpec(RANGES.share).describe('Most that any share moves each first of April, as a part of all the money.'),
  floor: z.number().min(0).max(1).describe('Least that a share may become, relative to its start; 0 by default.').optional(),
  cap: z.number().min(1).max(1000).describe('Most that a share may become, relative to its start; no limit by default.').optional(),
}
const amongUnits = [universal, byNeed, proportionate, levelUp, custom] as const

/** How money is shared among deprivation groups. */
export const allocate = z
  .discriminatedUnion('rule', [
    ...amongUnits,
    targeted,
    closed({ ...paceKeys, to: z.discriminatedUnion('rule', [...amongUnits, targeted]).describe('Where shares should be.') }),
  ])
  .meta({ id: 'allocation', description: 'How the money is shared among deprivation groups; universal by default.' })

const unitAllocation = z
  .discriminatedUnion('rule', [
    ...amongUnits,
    closed({ ...paceKeys, to: z.discriminatedUnion('rule', amongUnits).describe('Where shares should be.') }),
  ])
  .meta({ id: 'unitAllocation', description: 'How the money is shared among systems or specialties.' })

/** How money is shared among systems and specialties. */
export const across = closed({
  systems: unitAllocation.describe("Among systems, each system's groups sharing its own; by default groups are taken over all systems together.").optional(),
  specialties: unitAllocation.describe("Among specialties; by the lever's own measure of size by default.").optional(),
}).meta({ id: 'across', description: 'How the money is shared among systems and specialties, besides groups.' })

const yearly = z.union([...pounds.options, byYear])

/** What a scenario's programmes share. */
export const envelope = closed({
  revenue: yearly.describe('Pounds a year, or by financial year; no limit by default.').optional(),
  capital: yearly.describe('Pounds a year, or by financial year; no limit by default.').optional(),
  underspend: z
    .enum(UNDERSPENDS)
    .describe('What a programme cannot spend in a financial year: lost (the default), carried to its next year, or passed to programmes that spend all they have.')
    .optional(),
}).meta({ id: 'envelope', description: "Fixed money by financial year and kind that a scenario's programmes share." })

/** Prices of the study. */
export const prices = closed({
  baseYear: financialYear.describe('Financial year of the prices in which unit costs, and real money, are written; that of the start by default.').optional(),
  budgets: z.enum(['real', 'cash']).describe('Whether budgets and envelopes are in prices of the base year (the default) or in cash of the day.').optional(),
  inflation: numberSpec(RANGES.inflation).describe('Rise a year of money that is real; 0 by default.').optional(),
  costInflation: numberSpec(RANGES.inflation).describe('Rise a year of unit costs; as inflation by default.').optional(),
}).meta({ id: 'prices', description: 'Prices: constant by default, so that real money and cash are the same.' })

/** Moves slots that there are between groups, without money. */
export const levelling = z
  .union([z.enum(LEVELLINGS), closed({ rule: z.enum(LEVELLINGS), need: need.optional() })])
  .describe('Gives NHS slots to groups by need: as many as now (zero-sum), or as few for all as for the worst off (level-down).')

export type BudgetFile = z.infer<typeof budget>
export type AllocationFile = z.infer<typeof allocate>
export type AcrossFile = z.infer<typeof across>
export type EnvelopeFile = z.infer<typeof envelope>
export type PricesFile = z.infer<typeof prices>
export type NeedFile = z.infer<typeof need>
/** Numbers by id, as a list or by name. */
export type ByIdFile = z.infer<typeof byId>
/** Money by the year. */
export type YearlyFile = z.infer<typeof yearly>
