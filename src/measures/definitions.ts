/**
 * What is measured, and what each measure means. The catalogue, the tables, the report and the data package
 * all read this list.
 */
import type { Flow } from '../model/census.ts'
import { GAP_INDICES } from './gaps.ts'
import type { GapIndex } from './gaps.ts'
import type { MeasureInfo } from './types.ts'

type Direction = MeasureInfo['direction']

function info(id: string, label: string, unit: string, direction: Direction, meaning: string): MeasureInfo {
  return { id, label, unit, direction, meaning }
}

const WORSE: Direction = 'higher-is-worse'
const BETTER: Direction = 'higher-is-better'
const NEUTRAL: Direction = 'neutral'

/** Measures that are a kernel count of the step, and the count each of them is. 0 at the start. */
export const FLOW_MEASURES = [
  ['clock-starts', 'clockStarts'],
  ['additional-starts', 'additionalStarts'],
  ['clock-stops-admitted', 'admitted'],
  ['clock-stops-non-admitted', 'nonAdmitted'],
  ['removed', 'removed'],
  ['withdrew', 'withdrew'],
  ['private', 'private'],
  ['emergency', 'emergency'],
  ['died', 'died'],
  ['discharged-after-dna', 'dischargedAfterDna'],
  ['dna', 'dna'],
  ['decisions-to-admit', 'decisionsToAdmit'],
  ['need', 'needArising'],
] as const satisfies readonly (readonly [string, Flow])[]

const STOCK_AND_FLOW_INFO: readonly MeasureInfo[] = [
  info('waiting', 'Waiting', 'pathways', WORSE, 'Incomplete pathways at the end of the week.'),
  info('clock-starts', 'Clock starts', 'pathways a week', NEUTRAL,
    'Pathways that joined the list in the week, additional starts among them.'),
  info('additional-starts', 'Additional clock starts', 'pathways a week', NEUTRAL,
    'Clock starts that outreach found among unmet need; part of clock starts.'),
  info('clock-stops-admitted', 'Clock stops, admitted', 'pathways a week', BETTER,
    'Pathways that ended in the week with admission for treatment.'),
  info('clock-stops-non-admitted', 'Clock stops, non-admitted', 'pathways a week', BETTER,
    'Pathways that ended in the week at an outpatient appointment, treated or found not to need treatment.'),
  info('removed', 'Removed', 'pathways a week', NEUTRAL,
    'Pathways removed by validation in the week: a change in the count, not care given.'),
  info('withdrew', 'Withdrew', 'pathways a week', WORSE, 'Pathways that patients themselves gave up in the week.'),
  info('private', 'Went private', 'pathways a week', NEUTRAL, 'Pathways that ended in the week in paid private care.'),
  info('emergency', 'Emergency admissions', 'pathways a week', WORSE,
    'Pathways that ended in the week in an emergency admission.'),
  info('died', 'Deaths while waiting', 'pathways a week', WORSE,
    'People who died in the week, of any cause, while waiting.'),
  info('discharged-after-dna', 'Discharged after not attending', 'pathways a week', WORSE,
    'Pathways that ended in the week because a first appointment was not attended.'),
  info('dna', 'Did not attend', 'appointments a week', WORSE,
    'First appointments not attended in the week; most are rebooked and stay on the list.'),
  info('decisions-to-admit', 'Decisions to admit', 'pathways a week', NEUTRAL,
    'Pathways that moved in the week from waiting for a first appointment to waiting for admission.'),
]

const WAIT_INFO: readonly MeasureInfo[] = [
  info('within-18-weeks', 'Within 18 weeks', 'share', BETTER,
    'Share of those waiting who have waited less than 18 weeks.'),
  info('over-52-weeks', 'Over 52 weeks', 'share', WORSE, 'Share of those waiting who have waited 52 weeks or more.'),
  info('over-65-weeks', 'Over 65 weeks', 'share', WORSE, 'Share of those waiting who have waited 65 weeks or more.'),
  info('over-52-weeks-count', 'Over 52 weeks, people', 'pathways', WORSE,
    'Incomplete pathways that have waited 52 weeks or more.'),
  info('mean-wait', 'Mean wait', 'weeks', WORSE,
    'Mean weeks waited so far; each weekly band at its midpoint, 104 weeks or more at 104.5.'),
  info('median-wait', 'Median wait', 'weeks', WORSE,
    'Weeks that half of those waiting have waited, interpolated within the weekly band; 104 means 104 or more.'),
  info('percentile-92-wait', '92nd percentile wait', 'weeks', WORSE,
    'Weeks that 92 in 100 of those waiting have not passed, interpolated within the band; 104 means 104 or more.'),
]

const NEED_INFO: readonly MeasureInfo[] = [
  info('need', 'Need arising', 'people a week', NEUTRAL, 'Need that arose in the week, referred and not referred.'),
  info('unmet-need', 'Unmet need', 'people', WORSE, 'People with a need who were not referred and are not on the list.'),
  info('unmet-need-per-1000', 'Unmet need per 1,000 residents', 'per 1,000 residents', WORSE,
    'Unmet need at the end of the week per 1,000 residents.'),
  info('treated-per-1000', 'Treated per 1,000 residents', 'per 1,000 residents a year', BETTER,
    'Clock stops, admitted and non-admitted, over the trailing 52 weeks (scaled up while fewer have passed) per 1,000.'),
  info('treated-per-need', 'Treated per need', 'ratio', BETTER,
    'Clock stops, admitted and non-admitted, over the trailing 52 weeks, divided by the need that arose in them.'),
]

const HEALTH_INFO: readonly MeasureInfo[] = [
  info('qalys-lost', 'Health lost while waiting', 'QALYs a week', WORSE,
    'Quality-adjusted life years lost in the week by people on the list: person-weeks × the weight of the specialty.'),
  info('qalys-lost-to-date', 'Health lost while waiting, to date', 'QALYs', WORSE,
    'Quality-adjusted life years lost by people on the list since the start, not discounted.'),
  info('qalys-lost-off-list-to-date', 'Health lost off the list, to date', 'QALYs', WORSE,
    'Quality-adjusted life years lost since the start by people in need who are not on the list: not referred, withdrew, ' +
      'or discharged after a missed appointment; not discounted.'),
  info('deaths-to-date', 'Deaths while waiting, to date', 'people', WORSE,
    'People who died since the start, of any cause, while waiting.'),
  info('emergencies-to-date', 'Emergency admissions, to date', 'pathways', WORSE,
    'Pathways that ended since the start in an emergency admission.'),
]

const MONEY_INFO: readonly MeasureInfo[] = [
  info('spend', 'Spend', '£ a week', NEUTRAL, 'Money that programmes spent in the week.'),
  info('spend-to-date', 'Spend to date', '£', NEUTRAL, 'Money that programmes have spent since the start.'),
]

/** Measures with inequality indices across an ordered dimension. */
export const GAP_MEASURES = [
  'within-18-weeks',
  'over-52-weeks',
  'over-65-weeks',
  'mean-wait',
  'median-wait',
  'percentile-92-wait',
  'treated-per-1000',
  'treated-per-need',
  'unmet-need-per-1000',
] as const

const SIMPLE_INFO: readonly MeasureInfo[] = [
  ...STOCK_AND_FLOW_INFO,
  ...WAIT_INFO,
  ...NEED_INFO,
  ...HEALTH_INFO,
  ...MONEY_INFO,
]

/** `unit` is null where an index has the unit of its measure. */
interface GapText {
  readonly label: string
  readonly unit: string | null
  readonly meaning: string
}

const GAP_TEXT: Record<GapIndex, GapText> = {
  'absolute-gap': { label: 'absolute gap', unit: null, meaning: 'most deprived group minus least deprived group' },
  'relative-gap': { label: 'relative gap', unit: 'ratio', meaning: 'most deprived group divided by least deprived group' },
  'slope-index': {
    label: 'slope index of inequality',
    unit: null,
    meaning: 'line through all groups weighted by population, its most deprived end minus its least deprived end',
  },
  'relative-index': {
    label: 'relative index of inequality',
    unit: 'ratio',
    meaning: 'line through all groups weighted by population, its most deprived end divided by its least deprived end',
  },
}

function equalityOfIndex(index: GapIndex): 0 | 1 {
  return GAP_TEXT[index].unit === null ? 0 : 1
}

/** An index of a measure has the measure's direction: a move that way favours the most deprived. */
function gapInfo(index: GapIndex, base: MeasureInfo): MeasureInfo {
  const { label, unit, meaning } = GAP_TEXT[index]
  return {
    id: `${index}:${base.id}`,
    label: `${base.label}: ${label}`,
    unit: unit ?? (base.unit === 'share' ? 'difference of shares' : base.unit),
    direction: base.direction,
    meaning: `${base.label}, ${meaning}; equality is ${equalityOfIndex(index)}.`,
  }
}

/** Value of a gap measure where there is no gap: 0 of a difference, 1 of a ratio; null for a measure that is no gap. */
export function equalityOf(measure: string): 0 | 1 | null {
  const index = GAP_INDICES.find((each) => measure.startsWith(`${each}:`))
  return index === undefined ? null : equalityOfIndex(index)
}

/** Every measure of the catalogue, gap measures last. */
export const MEASURES: readonly MeasureInfo[] = [
  ...SIMPLE_INFO,
  ...GAP_MEASURES.flatMap((measure) =>
    SIMPLE_INFO.filter(({ id }) => id === measure).flatMap((base) => GAP_INDICES.map((index) => gapInfo(index, base))),
  ),
]
