/**
 * Every sentence that the study file's checks can say, in one place. A message says what is wrong, what is
 * allowed, and the nearest valid name; place and path are put before it by `formatProblem`.
 */
import { dateWords, limitText } from '../measures/value-text.ts'
import type { Target } from './study.ts'
import { nearest } from './suggest.ts'

/** Lists longer than this are cut, with their length. */
const MOST_LISTED = 12

/** A value as it stood in the file, shortened. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a block of keys'
  const text = JSON.stringify(value) ?? typeof value
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).join(', ')
  return names.length > MOST_LISTED ? `${shown}, … (${names.length} in all)` : shown
}

/** `a or b`; a long list is cut. */
export function anyOf(names: readonly string[]): string {
  return names.length > MOST_LISTED ? `one of ${list(names)}` : names.join(' or ')
}

/** `unknown lever "capcity"; did you mean "capacity"?`, or the list of what is allowed. */
export function unknownName(kind: string, written: unknown, valid: readonly string[]): string {
  const guess = typeof written === 'string' || typeof written === 'number' ? nearest(String(written), valid) : null
  const hint = guess === null ? `allowed: ${list(valid)}` : `did you mean "${guess}"?`
  return `unknown ${kind} ${show(written)}; ${hint}`
}

export const missing = (expected: string): string => `is missing; it must be ${expected}`
export const wrongType = (expected: string, value: unknown): string => `must be ${expected}; found ${show(value)}`
export const oneOf = (values: readonly unknown[], value: unknown): string =>
  `must be ${values.map(show).join(' or ')}; found ${show(value)}`

/** Limits of a number, of a text's length, or of a list's length. */
export function outsideLimit(
  origin: string,
  side: 'least' | 'most',
  limit: number,
  inclusive: boolean,
  value: unknown,
): string {
  if (origin === 'string') return `must be at ${side} ${limit} character${limit === 1 ? '' : 's'} long`
  if (origin === 'array') return `must have at ${side} ${limit} ${limit === 1 ? 'entry' : 'entries'}`
  const bound = inclusive ? `at ${side} ${limit}` : `${side === 'least' ? 'above' : 'below'} ${limit}`
  return `must be ${bound}; found ${show(value)}`
}

/** A number, draw or formula value outside the range of its parameter. */
export const outsideRange = (value: number, min: number, max: number, when = ''): string =>
  `must be between ${min} and ${max}; it is ${value}${when}`

/** ` in week 3`, or to a hundredth where a week is not whole. */
export const inWeek = (week: number): string => ` in week ${Number(week.toFixed(2))}`

export const KEBAB_RULE =
  'must be lower-case letters, digits and single hyphens, starting with a letter, at most 60 characters (like "no-investment")'
export const DATE_RULE = 'must be a date of the calendar from 2000 to 2199 written like 2026-04-01'
export const CODE_RULE = 'must be 1 to 20 letters, digits, "_" or "-" (like "C_110")'
export const SYSTEM_RULE = 'must be 1 to 20 letters, digits, "_" or "-" (like "QYG")'
export const LEVEL_ID_RULE = 'must be 1 to 20 letters, digits, "_" or "-", starting with a letter or digit (like "P2")'
export const GROUP_ID_RULE = 'must be 1 to 40 letters, digits, spaces or + _ . < > / -, starting with a letter, a digit or < (like "65+")'
export const VARIES_KEY_RULE = 'must be a code or an id of at most 40 characters'
export const YEAR_DAY_RULE = 'must be a day of every year, month first, written like 12-01'
export const FINANCIAL_YEAR_RULE = 'must be a financial year written like 2026/27'
export const GROUP_KEY_RULE = 'must be the number of a deprivation group; 1 is the most deprived'
export const PARAMETER_NAME_RULE =
  'must be a letter followed by at most 39 letters, digits or "_", and not a name that formulas already use'

export const text = {
  empty: 'the file is empty; a study needs at least schemaVersion, name, baseline and scenarios',
  notANumber: (value: number): string => `must be a finite number; found ${value}`,
  notAStudy: 'must be a study: a block of keys such as schemaVersion, name, baseline and scenarios',
  tooLong: (limitMegabytes: number): string =>
    `the study file is larger than ${limitMegabytes} MB; put large lists into a baseline pack`,
  tooDeep: (limit: number): string => `is nested too deeply; no more than ${limit} levels are read`,
  tooManyAliases: 'the aliases (*name) expand to too much; write the values out or use fewer aliases',
  duplicateKey: (key: string, line: number | undefined): string =>
    `the key ${show(key)} appears twice${line === undefined ? '' : ` (first on line ${line})`}; keep one`,
  reservedKey: (key: string): string => `the key ${show(key)} cannot be a name; choose another`,
  noTags: 'tags (starting with "!") are not used here; remove it',
  unreadableYaml: (reason: string): string => `the text cannot be read as YAML or JSON here: ${reason}`,
  tooManyScenarios: (limit: number, found: number): string => `has ${found} scenarios; at most ${limit} are allowed`,
  noScenario: 'needs at least one scenario',

  // Formulas
  formulaTooLong: (limit: number): string => `this formula is longer than ${limit} characters`,
  formulaTooComplex: 'this formula is nested too deeply or has too many parts',
  formulaSyntax: (written: string, reason: string): string =>
    `must be a number, a distribution or a formula; ${show(written)} cannot be read (${reason})`,
  formulaDigits: (written: string): string =>
    `${show(written)} is not a number; write digits only, without separators, units or signs of money (12000000)`,
  formulaForbidden: (what: string): string =>
    `a formula may not contain ${what}; allowed are numbers, + - * / ^ %, comparisons, and, or, not, "? :" and the functions listed in the guide`,
  formulaImplicit: 'a formula must write every multiplication out, like 2 * week',
  formulaArguments: (name: string, wanted: string): string => `the function ${name} takes ${wanted}`,
  formulaNumber: 'a formula may hold finite numbers only',
  formulaStatic: 'is read once, at the start, so its formula cannot use week or year',
  notFinite: (week: number): string => `the formula has no finite value${inWeek(week)}`,

  // Distributions
  betaMean: 'the mean of a beta distribution must be above 0 and below 1',
  betaSd: (limit: string): string => `the sd of a beta distribution with this mean must be below ${limit}`,
  positiveMean: (dist: string): string => `the mean of a ${dist} distribution must be above 0`,
  order: (names: string): string => `must have ${names}`,
  quantilePairs: 'probabilities and values must be lists of the same length, at least 2',
  quantileProbabilities: 'probabilities must rise from one entry to the next',
  quantileValues: 'values must not fall from one entry to the next',

  // Draws
  tooManyUncertain: (found: number, most: number): string =>
    `sobol holds at most ${most} uncertain parameters; this study has ${found}: use latin-hypercube`,
  nothingUncertain: 'no number of this study is a distribution, so that there is nothing to correlate',
  correlationWithItself: 'must be two different parameters',
  contradictingCorrelations: (factor: number): string =>
    'cannot all hold at once (pairs that are not listed count as 0): list the pairs left out, or bring the ranks nearer to 0, '
    + `all of them to at most ${Math.floor(factor * 100) / 100} times what they are`,
  tooFewDraws: (draws: number, least: number): string =>
    `needs more draws than parameters that are correlated: at least ${least}; the study takes ${draws}`,

  // Cross-checks
  packStart: (asOf: string): string => `must be ${asOf}, the day after the baseline's list was counted`,
  inlineNeedsStart: 'is missing; with an inline baseline it must be a date like 2026-04-06',
  ineffectiveInline: 'has no effect with an inline baseline, which gives its flows itself; remove it',
  noTargetTimes: (measure: string): string =>
    `${measure} needs priority levels with target weeks; this study has none ("priority: standard" has)`,
  groupRange: (group: string, groups: number): string =>
    `unknown deprivation group ${group}; this baseline has groups 1 to ${groups}`,
  notByGroup: 'is one number for all groups; it does not vary by deprivation',
  repeated: (what: string): string => `${what} is listed twice`,
  duplicateProgramme: (id: string): string => `another programme of this scenario is called ${show(id)}; give it another id`,
  moneyOutside: (from: string, until: string, start: string, end: string): string =>
    `the money ${from < until ? `flows from ${from} to ${until}` : `starts on ${from}`}, entirely outside the study, which runs from ${start} to ${end}`,
  yearOutside: (name: string, first: string, last: string): string =>
    `no day of ${name} lies in the study, whose financial years are ${first} to ${last}`,
  noAmount: 'needs its money: one of perYear, byYear and share',
  oneOfTwo: (first: string, second: string): string => `${first} and ${second} cannot stand together; give one`,
  timeIsInYears: 'has no effect with byYear, which says when the money flows; remove it',
  noShares: 'needs shares or weights',
  noWeight: 'must be above 0 for at least one',
  noNumberFor: (kind: string, id: string): string => `has no number for ${kind} ${id}; give one for each`,
  listIsForGroups: (kind: string): string => `a list is for deprivation groups; give each ${kind} by its code`,
  needsEnvelope: 'is a part of an envelope, which this scenario does not have; give it one (envelope: { revenue: … })',
  needsEnvelopeOf: (kind: string): string => `is a part of the envelope of ${kind}, which has no limit; give envelope.${kind}`,
  aboveMaximum: (least: number, most: number): string => `must be at most the maximum, ${most}; it is ${least}`,
  envelopeOfNothing: 'needs revenue, capital, or both',
  envelopeTooSmall: (year: string, held: number, bound: number): string =>
    `holds ${held} in ${year}, less than the earmarks and minimums of its programmes, ${bound}`,
  sharesAboveOne: (sum: number): string => `the shares of its programmes sum to ${Number(sum.toFixed(9))}; they can be at most 1`,
  levellingIsPolicy: (rule: string): string =>
    `${rule} moves the slots that there are, without money; write it as a policy (policy: { levelling: ${rule} })`,
  dateOutside: (start: string, end: string): string => `must lie within the study, which runs from ${start} to ${end}`,
  sameWeek: 'falls in the same week as another date of this shock; list each week once',
  endsBeforeStart: (first: string): string => `must not be before ${show(first)}`,
  noAccess: 'must be above 0 for at least one group',

  // Assumptions and adjustments
  noChange: 'needs a change: one of set, multiply, add and odds',
  twoChanges: (first: string, second: string): string => `${first} and ${second} cannot stand together; write two adjustments`,
  noOdds: 'is no probability or share, so that it has no odds; use multiply',
  wholeService: (key: string): string =>
    `${key} is one number for a specialty of a system; it cannot differ between groups of people`,
  readOnce: (key: string): string => `${key} is read once, at the start, so that it cannot change on a date; leave from and to out`,
  derivesRates: (key: string): string =>
    `${key} serves to derive rates from a pack as a whole; change it in the assumptions block`,
  sharedByScenarios: (key: string): string =>
    `${key} says who the patients are, which scenarios share; adjust it for the whole study`,
  fixedAtWarmUp: (key: string): string =>
    `${key} is read once, at the start, which a warm-up is before any scenario; adjust it for the whole study`,
  noDimensions: (id: string): string => `unknown dimension ${show(id)}; the study has no dimensions`,

  // People
  onePerLevel: (levels: number, found: number): string => `must have one entry per priority level, ${levels}; it has ${found}`,
  sharesSum: (sum: number): string => `must sum to 1; found ${Number(sum.toFixed(9))}`,
  duplicateId: (id: string): string => `${show(id)} is listed twice; give each an id of its own`,
  reservedDimension: (id: string): string => `${show(id)} means something else in a study; give the dimension another id`,
  rowLength: (groups: number, found: number): string => `must have one share per group of the dimension, ${groups}; it has ${found}`,
  rowCount: (groups: number, found: number): string => `must be one row for all, or one per deprivation group, ${groups}; it has ${found} rows`,
  tooManyStrata: (found: number, limit: number): string =>
    `groups × priority levels come to ${found} strata; at most ${limit} are allowed: use fewer or larger groups`,
  marginEmpty: (where: string, share: number): string =>
    `${where} should have a share of ${Number(share.toPrecision(4))}, and the counts to be fitted have nobody there; give them somebody, or the share 0`,
  marginMisfit: (where: string, share: number, fitted: number): string =>
    `the shares contradict each other: ${where} should have ${Number(share.toPrecision(4))}, and the nearest fit has `
    + `${Number(fitted.toPrecision(4))}, the largest misfit; change the shares, or give people to combinations that have none`,
  seedRows: (groups: number, found: number): string => `must have one row per deprivation group, ${groups}; it has ${found}`,
  jointNeedsDimensions: 'needs dimensions whose groups it counts',
  jointNeedsGroup: (id: string): string => `must name a group of every dimension; ${show(id)} is missing`,
  jointTwice: 'another entry counts the same people; keep one',
  noCore20: (groups: number): string =>
    `"plus" needs fifths or tenths of deprivation, whose most deprived fifth is the Core20; this baseline has ${groups} groups`,
  noLevel: (level: number, levels: number): string =>
    `must be the number of a priority level, 0 to ${levels - 1}; it is ${level}`,
  noMonth: 'must be above 0 for at least one month',

  // Systems
  sameSystem: (code: string, key: string): string =>
    `another system is called ${show(code)}; give each a code of its own${key}`,
  groupsDiffer: (code: string, found: number, first: string, groups: number): string =>
    `${code} has ${found} deprivation groups and ${first} has ${groups}; systems of one study need the same groups`,
  labelsDiffer: (code: string, label: string, first: string, expected: string): string =>
    `${code} calls a deprivation group ${show(label)} that ${first} calls ${show(expected)}; systems of one study need the same groups`,
  startsDiffer: (code: string, date: string, start: string): string =>
    `the list of ${code} is that of the day before ${date}, and the study starts on ${start}; systems of one study start on the same day`,
  aidNeedsSystems: 'needs a study of several systems (baseline: { systems: […] })',
  aidToItself: 'must be another system than "from"',
  aidNothing: 'offers nothing; give firstSlotsPerWeek or admissionSlotsPerWeek',
  aidSpecialty: (code: string, system: string): string => `${system} has no specialty ${code}`,
  aidNoCommon: (from: string, to: string): string => `${from} and ${to} have no specialty in common`,

  // Policies and shocks
  reservedSum: (sum: number): string => `must sum to at most 1 over groups; found ${Number(sum.toFixed(9))}`,
  longWaitNothing: 'changes nothing; give headStartWeeks or chanceWeight',
  noWeeks: 'needs its weeks: one of weeks, from and to, and everyYear',
  twoTimes: (first: string, second: string): string => `${first} and ${second} cannot stand together; write two shocks`,
  noWeekHit: 'hits no week of the study',
  noEffect: 'has no effect; give capacityLoss, dnaOdds, emergencyFactor, deathFactor or chanceWeight',
  recoversNothing: 'says how fast slots are recovered, but "recovered" does not say that any are',
  negatable: (dist: string): string =>
    `a ${dist} distribution cannot go both ways; use normal, uniform, triangular, pert or quantiles`,
  hazardAboveOne: (what: string, hazard: number): string =>
    `${what} would come to a hazard of ${hazard.toPrecision(3)} a step; it can be at most 1`,

  // Sizes
  tooManyPeople: (what: string, found: number): string =>
    `${what} would come to ${found.toPrecision(3)}; the engine counts to 2147483647: make it smaller, or split the study`,

  // Targets
  duplicateTarget: (id: string): string => `another target is called ${show(id)}; give it another id`,
  noLimit: 'needs a limit: one of atLeast, atMost and, for a gap, within',
  twoLimits: (first: string, second: string): string =>
    `${first} and ${second} cannot stand together; write two targets`,
  withinIsForGaps:
    'is a distance from equality, for gap measures like slope-index:within-18-weeks; use atLeast or atMost',
  groupOfGap: 'a gap is across all groups; remove it',
  sharesNotPerCent: '(shares are written from 0 to 1: 0.92 is 92%)',

  priceOrder: (low: number, high: number): string => `low must be at most high; found ${low} and ${high}`,

  // Inline baselines
  runsWithoutMoney: (lever: string, last: string): string =>
    `what ${lever} has built goes on acting after its money ends, about ${last}, and nobody is charged for running it; charge it by `
    + `a later programme of ${lever} with runningCostShare: 1, which builds nothing`,
  nothingFitted: (what: 'drift' | 'spread', codes: readonly string[]): string =>
    `changes nothing in ${codes.join(', ')}: the pack holds no ${what} of a fit; fairwait calibrate --packs writes one`,
  referralAlone:
    'referralPropensity changes and needFactor does not: clock starts stay as they are, and need changes instead; to refer more of '
    + 'the same need, multiply needFactor for the same people, by the same number',
  perGroupLength: (groups: number, found: number): string => `must have one entry per group, ${groups}; it has ${found}`,
  duplicateCode: (code: string): string => `the specialty ${code} appears twice`,
  nobodyTreated: 'must be above 0 for at least one number of weeks waited',
}

const LIMIT_WORDS = { atLeast: 'at least', atMost: 'at most', within: 'within' } as const

/** `Within 18 weeks, group 1: at least 92% by 31 March 2029`: what a target without a title is called. */
export function targetTitle(target: Omit<Target, 'title'>, label: string, unit: string): string {
  const { limitKind, limit, specialty, group, by } = target
  const whose = [
    label.replace(':', ','),
    ...(specialty === 'all' ? [] : [specialty]),
    ...(group === 'all' || group === 'gap' ? [] : [`group ${group}`]),
  ].join(', ')
  const from = limitKind === 'within' ? ' of equality' : ''
  return `${whose}: ${LIMIT_WORDS[limitKind]} ${limitText(limit, unit)}${from} by ${dateWords(by)}`
}

/** Plain words for the YAML reader's error codes. */
export const YAML_REASONS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation does not fit the lines around it',
  TAB_AS_INDENT: 'a tab is used for indentation; use spaces',
  MISSING_CHAR: 'a closing quote, bracket, brace, comma or colon is missing',
  UNEXPECTED_TOKEN: 'something here does not belong; look for a stray bracket, quote or colon',
  MULTIPLE_DOCS: 'the file holds more than one document ("---"); a study is one',
  MULTILINE_IMPLICIT_KEY: 'a key runs over more than one line; look for a missing colon or quote',
  BLOCK_AS_IMPLICIT_KEY: 'a second colon on one line; quote the text if it holds ": "',
  BAD_ALIAS: 'an alias (*name) has no anchor (&name) before it',
  BAD_DQ_ESCAPE: 'an escape in double quotes is not known; use single quotes for text with backslashes',
  KEY_OVER_1024_CHARS: 'a key is longer than 1,024 characters',
  NON_STRING_KEY: 'a key must be a plain name',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  BAD_SCALAR_START: 'a value may not start with this character; put it in quotes',
  BLOCK_IN_FLOW: 'a block list or block of keys may not stand inside brackets or braces',
}
