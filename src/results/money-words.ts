/** What money buys, in words: the workbook, the report and the data dictionary say the same. */
import { LOST_SLOT_POUNDS } from '../measures/definitions.ts'
import type { NoPrice } from '../measures/money/ratio.ts'
import type { Activity, Outcome } from '../measures/money/types.ts'

/** A number's heading, unit and meaning. */
export interface Words {
  readonly label: string
  readonly unit: string
  readonly meaning: string
}

const AGAINST = 'Scenario less reference, run by run.'

/** Activity that a scenario adds. */
export const ACTIVITY_WORDS: Readonly<Record<Activity, Words>> = {
  'clock-stops': { label: 'Extra clock stops', unit: 'pathways', meaning: `Clock stops, admitted and non-admitted; removals by validation are none. ${AGAINST}` },
  admissions: { label: 'Extra admissions', unit: 'pathways', meaning: `Clock stops with admission. ${AGAINST}` },
  'first-appointments': {
    label: 'Extra first appointments',
    unit: 'appointments',
    meaning: `First appointments by their outcome: non-admitted clock stops, decisions to admit, appointments that needed another. ${AGAINST}`,
  },
  removed: { label: 'Extra removals', unit: 'pathways', meaning: `All removals other than treatment: a change in the count, not care given. A shorter list has fewer. ${AGAINST}` },
  'removed-by-validation': {
    label: 'Removed by validation',
    unit: 'pathways',
    meaning: `Whom programmes of validation took off the list, beyond removals that happen anyway: a change in the count, not care given. ${AGAINST}`,
  },
  'removed-beyond-18-weeks': {
    label: 'Removed, 18 weeks or more',
    unit: 'people at the end of the period',
    meaning: 'Of those whom programmes of validation removed: who was not treated and would at the end of the period have waited 18 weeks or more. A stock; the published count beyond 18 weeks falls by them, and “brought within 18 weeks” does not hold them.',
  },
  'brought-within-18-weeks': {
    label: 'Brought within 18 weeks',
    unit: 'people at the end of the period',
    meaning: 'People waiting 18 weeks or more in the reference, less those in the scenario, at the end of the period: a stock, which does not add up over years. Those whom validation removed and who would be waiting still are counted as waiting.',
  },
  qalys: { label: 'QALYs gained', unit: 'QALYs', meaning: `Health no longer lost by waiting, on the list and off it, with weights at their means, not discounted. ${AGAINST}` },
  'slots-recovered': {
    label: 'Slots recovered',
    unit: 'slots',
    meaning: 'Slots that would have been lost to absence at the reference’s rate of loss and were not. Below nought where people who miss more are given more.',
  },
}

/** Outcomes that have a price. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, Words>> = {
  'clock-stop': { label: 'Additional clock stop', unit: 'clock stops', meaning: 'Extra spend ÷ extra clock stops, since the start.' },
  'within-18-weeks': { label: 'Patient brought within 18 weeks', unit: 'people', meaning: 'Extra spend since the start ÷ fall in people waiting 18 weeks or more at the date, those whom validation removed counted as waiting still.' },
  qaly: { label: 'QALY, not discounted', unit: 'QALYs', meaning: 'Extra spend ÷ QALYs gained since the start, neither discounted.' },
  'qaly-discounted': { label: 'QALY', unit: 'QALYs', meaning: 'Extra spend ÷ QALYs gained over the whole projection, both discounted at the study’s rates.' },
  'gap-18-weeks': {
    label: 'Point of the gap at 18 weeks closed',
    unit: 'percentage points',
    meaning: 'Extra spend since the start ÷ fall in the size of the slope index of the share within 18 weeks at the date, in percentage points.',
  },
  'gap-unmet-need': {
    label: 'Unit of the gap in unmet need closed',
    unit: 'per 1,000 residents',
    meaning: 'Extra spend since the start ÷ fall in the size of the slope index of unmet need at the date, per 1,000 residents.',
  },
}

/** Why there is no price. */
export const NO_PRICE_WORDS: Readonly<Record<NoPrice, string>> = {
  'one-run': 'not meaningful: fewer than two runs',
  'no-change': 'not meaningful: nothing changes',
  'sign-uncertain': 'not meaningful: sign uncertain',
  'wrong-way': 'not meaningful: gets worse',
  'no-extra-spend': 'no extra spend',
  'spends-less': 'spends less than the reference',
}

/** What slots recovered are worth. */
export const SLOT_VALUE_WORDS: Words = {
  label: 'Value of slots recovered',
  unit: '£',
  meaning: `Slots recovered at £${LOST_SLOT_POUNDS} each, the assumed cost of a first appointment. Capacity freed, not cash: the treatment given in these slots is already among the clock stops.`,
}
