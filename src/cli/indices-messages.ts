/** Everything that `fairwait indices` says: help, problems with its file, tables and notes. */
import type { IndexKey, UndefinedReason, ValueType } from '../measures/indices/types.ts'
import type { PrecisionSource } from '../measures/indices/standard-errors.ts'
import { quoted } from '../scenario/quoted.ts'

export const INDICES = {
  summary: 'inequality indices of a table of groups, with intervals',
  description: `Calculate inequality indices of one measure across groups, absolute and
relative, with intervals simulated from published limits, standard errors or
counts.

FILE has a header and a row for each group, the most deprived first:
  group,population,value        and, for intervals, any of
  lower_cl,upper_cl             95% limits of the value
  standard_error                of the log for rates, the logit for proportions
  count                         events behind a rate or proportion

Examples:
  fairwait indices life-expectancy.csv
  fairwait indices mortality.csv --value-type rate --transform --multiplier -1
  fairwait indices obesity.csv --value-type proportion --multiplier 100 --json

Above 0 (a ratio above 1), values rise from the most to the least deprived; a
negative multiplier says that higher is worse, and turns that round.`,
  file: 'table of groups, CSV',
  valueType: 'what the values are',
  transform: 'fit the line to the log of rates or the logit of proportions',
  multiplier: 'factor of absolute indices; negative where higher is worse',
  confidence: 'level of the intervals',
  repetitions: 'random draws behind the intervals',
  reference: 'group for mean differences from a reference (default: last)',
  unordered: 'the order of the groups is no rank',
  json: 'print one JSON object in place of the table',
} as const

/** Rules for options; wrong usage. */
export const RULES = {
  multiplier: 'It must be a number other than 0.',
  confidence: 'It must be a number above 0 and below 1, such as 0.95.',
  repetitions: (least: number, most: number): string =>
    `It must be a whole number from ${least.toLocaleString('en-GB')} to ${most.toLocaleString('en-GB')}.`,
  transform: 'error: --transform needs --value-type rate or proportion: continuous values have no transform',
} as const

/** Problems with the file. */
export const PROBLEMS = {
  noFile: 'there is no such file',
  folder: 'is a folder; name a CSV file in it',
  unreadable: (code: string): string => `cannot be read (${code})`,
  tooLarge: (megabytes: number): string => `is larger than ${megabytes} MB; a table of groups has a row for each group`,
  tooManyGroups: (most: number): string => `has more than ${most.toLocaleString('en-GB')} groups`,
  badCsv: (reason: string): string => `is not readable as CSV: ${reason}`,
  empty: 'is empty; it needs a header with group, population and value, and a row for each group',
  notUtf8: 'is not UTF-8 text; save it as CSV UTF-8',
  missingColumn: (name: string, near: string | null, found: readonly string[]): string =>
    `column "${name}" is missing; ${
      near === null ? `the file has ${found.slice(0, 12).map(quoted).join(', ')}` : `is it ${quoted(near)}?`
    }`,
  semicolons: 'cells are separated by semicolons; save the file with commas',
  repeatedColumn: (name: string): string => `column "${name}" stands twice`,
  unknownColumn: (name: string, near: string): string => `unknown column ${quoted(name)}; did you mean "${near}"?`,
  halfLimits: (given: string, missing: string): string => `"${given}" stands without "${missing}"; give both limits`,
  tooFew: (found: number): string =>
    `has ${found === 1 ? 'one group' : 'no groups'}; inequality needs at least two`,
  emptyGroup: 'is empty; name the group',
  repeatedGroup: (name: string, line: number): string => `group ${quoted(name)} stands already on line ${line}`,
  notANumber: (text: string): string =>
    text === '' ? 'is empty; a number is needed' : `${quoted(text)} is not a number; write it plainly, like 1234.5`,
  population: (value: number): string => `${value} is not above 0; leave groups without people out`,
  negativeRate: (value: number): string => `a rate cannot be negative: ${value}`,
  zeroRate: 'a rate of 0 has no logarithm; leave --transform out',
  proportion: (value: number): string =>
    `a proportion lies between 0 and 1: ${value}${
      value > 1 && value <= 100 ? '; divide percentages by 100, and use --multiplier 100' : ''
    }`,
  boundProportion: (value: number): string => `a proportion of ${value} has no logit; leave --transform out`,
  standardError: (value: number): string => `a standard error cannot be negative: ${value}`,
  count: (value: number): string => `a count is a whole number of 0 or more: ${value}`,
  countAbovePopulation: (count: number, people: number): string =>
    `${count} of a population of ${people}; a proportion counts people of the population`,
  limitOrder: (lower: number, value: number, upper: number): string =>
    `limits ${lower} to ${upper} do not hold the value ${value}`,
  limitOffScale: (value: number, valueType: ValueType): string =>
    valueType === 'rate'
      ? `a limit of ${value} has no logarithm; leave the limits out and give "count" or "standard_error"`
      : `a limit of ${value} has no logit; leave the limits out and give "count" or "standard_error"`,
  outOfOrder: (name: string, before: string): string =>
    `groups are out of order: ${quoted(name)} after ${quoted(before)}; the most deprived stands first (or use --unordered)`,
  mostDeprivedFirst: (name: string): string =>
    `groups are out of order: ${quoted(name)} must stand first (or use --unordered)`,
  leastDeprivedLast: (name: string): string =>
    `groups are out of order: ${quoted(name)} must stand last (or use --unordered)`,
  reference: (name: string, near: string | null, names: string): string =>
    `unknown group ${quoted(name)}; ${near === null ? '' : `did you mean ${quoted(near)}? `}groups are ${names}`,
} as const

/** Names of the indices. */
export const INDEX_LABELS: Readonly<Record<IndexKey, string>> = {
  slopeIndex: 'Slope index of inequality',
  relativeIndex: 'Relative index of inequality',
  intercept: 'Line at the most deprived end',
  logisticSlopeIndex: 'Slope index, logistic curve',
  logisticRelativeIndex: 'Relative index, logistic curve',
  difference: 'Difference of the extreme groups',
  ratio: 'Ratio of the extreme groups',
  absoluteConcentrationIndex: 'Absolute concentration index',
  relativeConcentrationIndex: 'Relative concentration index',
  erreygers: "Erreygers' index",
  wagstaff: "Wagstaff's index",
  betweenGroupVariance: 'Between-group variance',
  betweenGroupStandardDeviation: 'Between-group standard deviation',
  coefficientOfVariation: 'Coefficient of variation, %',
  theil: "Theil's index, × 1,000",
  meanLogDeviation: 'Mean log deviation, × 1,000',
  indexOfDisparity: 'Index of disparity, %',
  indexOfDisparityWeighted: 'Index of disparity, weighted, %',
  meanDifferenceFromBest: 'Mean difference from best',
  meanDifferenceFromBestWeighted: 'Mean difference from best, weighted',
  meanDifferenceFromMean: 'Mean difference from mean',
  meanDifferenceFromMeanWeighted: 'Mean difference from mean, weighted',
  meanDifferenceFromReference: 'Mean difference from reference',
  meanDifferenceFromReferenceWeighted: 'Mean difference from ref., weighted',
  populationAttributableRisk: 'Population attributable risk',
  populationAttributableFraction: 'Population attributable fraction, %',
  atkinson: "Atkinson's index",
  kolm: "Kolm's index",
}

/** Why an index has no value. */
export const UNDEFINED: Readonly<Record<UndefinedReason, string>> = {
  'no-order': 'needs groups in order',
  'line-not-positive': 'the line is not above 0 at both ends',
  'no-ratio': 'needs extreme groups above 0',
  'mean-not-positive': 'needs a mean above 0',
  'negative-value': 'needs values of 0 or more',
  'value-not-positive': 'needs values above 0',
  'not-a-proportion': 'is for proportions',
  'mean-at-bound': 'needs a mean between 0 and 1',
  'no-fit': 'no curve fits groups all at 0 or 1',
  'no-reference': 'name a group with --reference',
  'not-finite': 'is beyond the range of numbers',
}

/** Blocks of the table, absolute and relative indices together in each. */
export const BLOCKS: readonly { readonly heading: string; readonly keys: readonly IndexKey[] }[] = [
  {
    heading: 'Along the order of the groups',
    keys: [
      'slopeIndex', 'relativeIndex', 'intercept', 'logisticSlopeIndex', 'logisticRelativeIndex', 'difference', 'ratio',
      'absoluteConcentrationIndex', 'relativeConcentrationIndex', 'erreygers', 'wagstaff',
    ],
  },
  {
    heading: 'What the mean could gain',
    keys: ['populationAttributableRisk', 'populationAttributableFraction'],
  },
  {
    heading: 'Distance between groups, whatever their order',
    keys: [
      'betweenGroupVariance', 'betweenGroupStandardDeviation', 'coefficientOfVariation', 'theil', 'meanLogDeviation',
      'indexOfDisparity', 'indexOfDisparityWeighted', 'meanDifferenceFromBest', 'meanDifferenceFromBestWeighted',
      'meanDifferenceFromMean', 'meanDifferenceFromMeanWeighted', 'meanDifferenceFromReference',
      'meanDifferenceFromReferenceWeighted',
    ],
  },
  { heading: 'Loss to inequality', keys: ['atkinson', 'kolm'] },
]

export const COLUMN_HEADS = { value: 'Value', lower: 'Lower', upper: 'Upper' } as const

const SOURCES: Readonly<Record<PrecisionSource, string>> = {
  limits: 'lower_cl and upper_cl',
  'standard-errors': 'standard_error',
  counts: 'count',
}

const SCALE_NAMES: Readonly<Record<ValueType, string>> = {
  continuous: '',
  rate: ', on the log scale',
  proportion: ', on the logit scale',
}

/** What a reader of the numbers must know. */
export const NOTES = {
  precision: (source: PrecisionSource, valueType: ValueType): string =>
    `Standard errors are from ${SOURCES[source]}${SCALE_NAMES[valueType]}.`,
  noPrecision: 'No intervals: the file has no limits, standard errors or counts.',
  countsUnused: 'No intervals: counts say nothing of the precision of continuous values.',
  offScale: (valueType: ValueType): string =>
    `No intervals: a ${valueType} at the end of its range has no standard error on the ${
      valueType === 'rate' ? 'log' : 'logit'
    } scale.`,
  direction: (higherIsBetter: boolean, best: string): string =>
    higherIsBetter
      ? `Higher values are taken as better, so that ${quoted(best)} is best; a negative multiplier says worse.`
      : `Higher values are taken as worse (negative multiplier), so that ${quoted(best)} is best.`,
  reference: (name: string): string => `The reference is ${quoted(name)}.`,
  spread: 'Distances between groups cannot be negative: chance alone keeps their intervals above 0.',
  aversion: (epsilon: number, alpha: number): string =>
    `Atkinson's index at ε = ${epsilon}, Kolm's at α = ${alpha} per unit of the values in the file; both for goods.`,
  ignoredColumns: (names: readonly string[]): string => `Columns not used: ${names.map(quoted).join(', ')}.`,
} as const

/** Lines over the table. */
export function indicesHeading(
  file: string,
  groups: number,
  intervals: { readonly confidence: number; readonly repetitions: number } | null,
): string {
  const simulated =
    intervals === null
      ? ''
      : `; ${percentOf(intervals.confidence)} intervals from ${intervals.repetitions.toLocaleString('en-GB')} draws`
  return `${file}: ${groups} groups${simulated}`
}

/** 0.95 → `95%`, without the tail that floating point leaves. */
function percentOf(share: number): string {
  return `${Number((share * 100).toPrecision(6))}%`
}
