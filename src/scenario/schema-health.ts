/** The part of the study file's schema that says what waiting costs in health, and money elsewhere. */
import { z } from 'zod'
import { CODE_RULE } from './messages.ts'
import { closed, MAX_GROUPS } from './numbers.ts'

/** Full health for a week, QALYs. */
const FULL_HEALTH = 7 / 365.25
const perWeek = z.number().min(0).max(FULL_HEALTH)
const discountRate = z.number().min(0).max(0.2)
const pounds = z.number().min(1).max(10_000_000)

const weight = closed({
  firstAppointment: perWeek.describe('QALYs per person and week until the first appointment, and in need off the list.').optional(),
  admission: perWeek.describe('QALYs per person and week from the decision to admit on.').optional(),
  relativeSd: z.number().min(0).max(3).describe('How unsure both are together: standard deviation as a part of the mean, of a lognormal.').optional(),
})

/** The block. */
export const health = closed({
  qalysPerWeek: z
    .record(z.string().regex(/^[A-Za-z0-9_-]{1,20}$/, CODE_RULE), weight)
    .describe('Health lost while waiting by specialty code, or "default" for specialties without a weight of their own; what is left out keeps its default.')
    .optional(),
  deprivationGradient: z
    .array(z.number().min(0).max(10))
    .min(1)
    .max(MAX_GROUPS)
    .describe('Loss by waiting relative to the weight, by deprivation group from the most deprived; 1 in every group by default.')
    .optional(),
  weeksInNeedAfterLeaving: z
    .number()
    .gt(0)
    .max(5200)
    .describe('Mean weeks for which somebody who left the list untreated goes on losing health; 50 by default.')
    .optional(),
  qalysPerDeath: z.number().min(0).max(100).describe('QALYs lost with a death while waiting; 0 by default, since deaths are of any cause.').optional(),
  qalysPerEmergency: z.number().min(0).max(100).describe('QALYs lost with an emergency admission while waiting; 0 by default.').optional(),
  poundsPerQaly: z
    .union([pounds, closed({ low: pounds, high: pounds })])
    .describe('NHS spending that produces one QALY elsewhere: one number, or two between which all are as likely; 7000 to 10000 by default.')
    .optional(),
  discountRates: closed({
    health: discountRate.describe('Of health, a year; 0.015 by default.').optional(),
    money: discountRate.describe('Of spend, a year; 0.015 by default, since it stands for health.').optional(),
  }).optional(),
}).describe('What waiting costs in health, and money elsewhere.')

/** The block as read. */
export type HealthFile = z.infer<typeof health>
