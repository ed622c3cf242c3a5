/** Assumptions of need, and of how it reaches the list. */
import { ASSUMED, forAll, UNIT_RANGE } from './entry.ts'
import type { StudyEntries } from './entry.ts'

type Keys =
  | 'needFactor'
  | 'clockStartsSpread'
  | 'referralPropensity'
  | 'diversionShare'
  | 'diversionReturnShare'
  | 'diversionReturnWeeks'
  | 'unmetNeedResolutionPerWeek'
  | 'latePresentationPerWeek'
  | 'latePresentationLevel'
  | 'unmetNeedEmergencyPerWeek'
  | 'unmetNeedInitialWeeks'

/** In the order in which they are listed. */
export const NEED_ENTRIES: StudyEntries<Keys> = {
  needFactor: {
    label: "Need that arises, relative to today's",
    value: forAll(1),
    unit: 'ratio',
    range: [0, 10],
    source: ASSUMED,
    confidence: 'A',
    note: '1 carries today on: growth, or prevention, is for the study to say. Acts on referred and unreferred '
      + 'need alike.',
    timeVarying: true,
    inlineValue: 1,
  },
  clockStartsSpread: {
    label: 'Spread of weekly clock starts beyond chance',
    value: 0,
    unit: 'coefficient of variation',
    range: [0, 2],
    source: ASSUMED,
    confidence: 'A',
    note: "A factor that a specialty's groups share in a week. Off: none was estimated.",
    timeVarying: false,
    inlineValue: 0,
  },
  referralPropensity: {
    label: 'Need that is referred when it arises',
    value: [0.536, 0.602, 0.668, 0.734, 0.8],
    unit: 'probability',
    range: [0.01, 1],
    source: 'ratio: hip provision relative to need, most against least deprived, 0.59 (0.58–0.61), Lenguerrand 2023',
    confidence: 'A',
    note: 'The level (0.80 in quintile 5) is an assumption. Quintile 1 has two thirds of it, milder than the hip '
      + 'ratio because not all care is as unequal; a straight line between.',
    timeVarying: true,
    inlineValue: 1,
  },
  diversionShare: {
    label: 'Referrals that advice and guidance answers before the clock starts',
    value: forAll(0),
    unit: 'share of referrals',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: published clock starts already leave out those whom advice and guidance answered. About a third '
      + 'of requests are (DHSC), which is not a share of referrals.',
    timeVarying: true,
    inlineValue: 0,
  },
  diversionReturnShare: {
    label: 'Of those diverted, referred again later',
    value: forAll(0),
    unit: 'share',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found. Without diversion it does nothing.',
    timeVarying: true,
    inlineValue: 0,
  },
  diversionReturnWeeks: {
    label: 'Weeks until somebody diverted is referred again',
    value: 8,
    unit: 'weeks',
    range: [0, 260],
    source: ASSUMED,
    confidence: 'A',
    note: 'Without diversion it does nothing.',
    timeVarying: false,
    inlineValue: 0,
  },
  unmetNeedResolutionPerWeek: {
    label: 'Unmet need that resolves or is lost',
    value: 0.02,
    unit: 'hazard per week',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'A mean of 50 weeks.',
    timeVarying: false,
    inlineValue: 0,
  },
  latePresentationPerWeek: {
    label: 'Unmet need that presents late and starts a clock',
    value: forAll(0),
    unit: 'hazard per week',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found. Published clock starts already hold those who present late today.',
    timeVarying: true,
    inlineValue: 0,
  },
  latePresentationLevel: {
    label: 'Priority level with which late presentation starts a clock',
    value: 0,
    unit: 'level, 0 the least urgent',
    range: [0, 9],
    source: ASSUMED,
    confidence: 'A',
    note: 'Without levels of priority it does nothing.',
    timeVarying: false,
    inlineValue: 0,
  },
  unmetNeedEmergencyPerWeek: {
    label: 'Unmet need that ends in an emergency admission',
    value: forAll(0),
    unit: 'hazard per week',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found.',
    timeVarying: true,
    inlineValue: 0,
  },
  unmetNeedInitialWeeks: {
    label: 'Unmet need at the start, in weeks of its own inflow',
    value: 50,
    unit: 'weeks',
    range: [0, 520],
    source: ASSUMED,
    confidence: 'A',
    note: 'One over the hazard above, so that unmet need is level while nothing changes.',
    timeVarying: false,
    inlineValue: 0,
  },
}
