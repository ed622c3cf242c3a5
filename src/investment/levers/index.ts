/**
 * The levers: what money can buy. Each is a small file of the same shape (`lever.ts`); lag, decay and uptake are in
 * `timing.ts`, diminishing returns in `curves.ts`, and how levers combine in `effects.ts`.
 */
import type { LeverId } from '../../scenario/study.ts'
import { adviceAndGuidance } from './advice-and-guidance.ts'
import { attendanceSupport } from './attendance-support.ts'
import { capacity } from './capacity.ts'
import { custom } from './custom.ts'
import { diagnosticCentre } from './diagnostic-centre.ts'
import { digitalFirst } from './digital-first.ts'
import { independentSector } from './independent-sector.ts'
import type { Lever } from './lever.ts'
import { outreach } from './outreach.ts'
import { prevention } from './prevention.ts'
import { reminders } from './reminders.ts'
import { surgicalHub } from './surgical-hub.ts'
import { validation } from './validation.ts'
import { waitingWell } from './waiting-well.ts'
import { workforce } from './workforce.ts'

export type { Lever } from './lever.ts'
export { capitalShare } from './lever.ts'
export { takeEffect } from './effects.ts'

/** Every lever by its name in a study file. */
export const LEVER: Readonly<Record<LeverId, Lever>> = {
  capacity,
  'independent-sector': independentSector,
  'surgical-hub': surgicalHub,
  'diagnostic-centre': diagnosticCentre,
  validation,
  'advice-and-guidance': adviceAndGuidance,
  reminders,
  'attendance-support': attendanceSupport,
  'digital-first': digitalFirst,
  outreach,
  prevention,
  'waiting-well': waitingWell,
  workforce,
  custom,
}
