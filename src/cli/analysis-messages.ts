/** What `fairwait sensitivity` and `fairwait optimise` say. */
import { dateWords } from '../measures/value-text.ts'
import { duration } from './messages.ts'

/** Help of `fairwait sensitivity`. */
export const SENSITIVITY = {
  summary: 'say which uncertain parameters matter, and what knowing them is worth',
  description: `Vary the uncertain parameters of a study (its distributions) or the assumptions
named with --on, on the same random numbers throughout, and say how much each
matters to one measure of one scenario.

Methods: sobol (shares of the variance, alone and with interactions; the most
runs), morris (screening: a tenth of them), tornado (one at a time).

Examples:
  fairwait sensitivity study.yaml --weeks 52 --replications 2
  fairwait sensitivity study.yaml --method tornado --on dnaRate backfillShare
  fairwait sensitivity study.yaml --method morris --measure waiting --out why
  fairwait sensitivity study.yaml --value-of-information --runs 256
  fairwait sensitivity study.yaml --discover eighteen-weeks --scenario plan`,
  study: 'study file, YAML or JSON',
  method: 'sobol, morris or tornado',
  on: 'what to vary by a factor: assumptions, e.g. dnaRate or lever.capacity.costPerAdmission=0.8:1.25, or any number of the study file by its place, e.g. scenarios.plan.invest[0].allocate.theta=0.5:2 (default: the distributions of the study)',
  measure: 'measure, e.g. waiting or slope-index:within-18-weeks',
  group: 'deprivation group, 1 the most deprived (default: everybody)',
  specialty: 'specialty code (default: all together)',
  date: 'day, e.g. 2029-03-31; the first census on or after it counts (default: the end)',
  scenario: 'scenario (default: the reference)',
  runs: 'points of the design, each with all replications (default: enough for a first answer)',
  valueOfInformation: 'what knowing each parameter would be worth to the choice between scenarios (EVPI, EVPPI)',
  poundsPerQaly: 'pounds that a QALY is worth, for --value-of-information',
  discover: 'id of a target: describe the region of the parameters in which the scenario misses it',
  out: 'folder for sensitivity.json, sensitivity.csv and design.csv (default: none are written)',
  store: 'run store: runs in it are not run again, and new ones are kept',
  seed: "seed for the random numbers, in place of the study's",
  replications: "random runs of each point, in place of the study's",
  weeks: "weeks to project, in place of the study's",
  workers: 'threads (default: as many as the machine runs in parallel); results do not depend on it',
  json: 'print one JSON object in place of the table',
  quiet: 'no progress',
} as const

export const METHOD_RULE = 'It must be sobol, morris or tornado.'
export const POSITIVE_RULE = 'It must be a number above 0.'

/** Why an analysis cannot start. */
export const analysisProblems = {
  nothingUncertain:
    'this study has no uncertain parameter: give a number of it a distribution, or name assumptions with --on (see fairwait assumptions)',
  tooManyInputs: (found: number, most: number): string => `${found} uncertain parameters are more than the ${most} that this method holds`,
  tooFewRuns: (runs: number, least: number): string => `--runs ${runs} are too few for this design; it needs at least ${least}`,
  dateOutside: (date: string, first: string, last: string): string =>
    `${date} is outside the projection; it must be from ${first} to ${last}`,
  noSeries: (measure: string, group: string, specialty: string): string =>
    `there is no ${measure} for group ${group} of ${specialty === 'all' ? 'all specialties together' : specialty}`,
  noTargets: 'this study has no targets to discover anything about',
  targetBeyond: (id: string, by: string): string => `the target ${id} is judged on ${by}, after the projection ends`,
  notHere: 'there is no such file here; a study that comes with Fairwait has to be copied first',
  oneScenario: '--value-of-information needs at least two scenarios to choose between',
  undefinedOutput: (reason: string): string => `${reason}; choose a measure that is always defined, such as waiting`,
}

/** Progress, on one line of a terminal. */
export function pointsProgress(done: number, total: number, secondsLeft: number): string {
  return `simulating: ${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} runs, about ${duration(secondsLeft)} left`
}

/** `Waiting, no-investment, 31 January 2027`. */
export function outputTitle(label: string, scenario: string, group: string, specialty: string, date: string): string {
  const whose = [...(specialty === 'all' ? [] : [specialty]), ...(group === 'all' || group === 'gap' ? [] : [`group ${group}`])]
  return [label, ...whose, scenario, dateWords(date)].join(', ')
}

/** What a row of a table is about, for Sobol and Morris where the study correlates parameters, and everywhere else. */
const rowIs = (grouped: boolean): { readonly head: string; readonly words: string } =>
  grouped ? { head: 'Parameter or group', words: 'parameter or group' } : { head: 'Parameter', words: 'parameter' }

/** Column heads, by method. @param grouped whether rows of Sobol and Morris may be groups of correlated parameters */
export const heads = (grouped: boolean) =>
  ({
    sobol: [rowIs(grouped).head, 'first', '95%', 'total', '95%'],
    morris: [rowIs(grouped).head, 'mean |effect|', '95%', 'mean', 'sd'],
    tornado: ['Parameter', 'at 5%', 'at 95%', 'output low', 'output high'],
    value: ['Parameter', 'EVPPI £'],
  }) as const

/** Under the table, by method. @param grouped as in {@link heads} */
export const notes = (grouped: boolean) =>
  ({
    sobol: [
      `first: share of the variance that the ${rowIs(grouped).words} accounts for alone;`,
      'total: with all its interactions. 95%: bootstrap interval.',
    ],
    morris: [
      `Effects are on the measure, over the whole range of the ${rowIs(grouped).words}.`,
      `mean |effect|: how much it matters; mean: which way${grouped ? ' (a group has none)' : ''};`,
      'sd: how much that depends on the others.',
    ],
    tornado: ['One parameter at a time at its 5% and 95% quantile, the others at their medians.'],
    factors: 'x: factor on every value of the assumption.',
  }) as const

/** Under the table where the study declares correlations, by what was asked. */
export const correlatedNote = {
  sobol: ['Parameters that the study correlates are drawn together and count as one.'],
  morris: ['Parameters that the study correlates are moved together and count as one.'],
  tornado: ['Parameters correlated with it move along, to their medians given its value.'],
  value: ['Parameters that the study correlates are drawn together: to know one is to', 'know something of the others.'],
} as const

/** `group 1: a, b`. */
export const groupText = (name: string, ids: readonly string[]): string => `${name}: ${ids.join(', ')}`

/** Runs simulated, and runs that a store had. */
export const storeText = (ran: number, stored: number): string =>
  `${stored.toLocaleString('en-GB')} runs from the store, ${ran.toLocaleString('en-GB')} simulated.`

/** Design and effort, under the title. */
export function effortLine(points: number, replications: number, seconds: number): string {
  const each = replications === 1 ? 'one run' : `${replications} runs`
  return `${points.toLocaleString('en-GB')} points, ${each} each, the same luck at every point; ${duration(seconds)}.`
}

/** The decision, in sentences. */
export const informationText = {
  best: (scenario: string, share: number): string =>
    `Best in the mean: ${scenario}, which is also best in ${Math.round(share * 100)}% of draws.`,
  evpi: (pounds: string, perQaly: string): string => `Knowing every parameter would be worth ${pounds} (EVPI), at ${perQaly} a QALY.`,
  note: [
    'EVPPI: what knowing this one parameter would be worth. Health is QALYs lost on',
    'the list and off it, to the end of the projection.',
  ],
}

/** `Missed in 38% of 256 draws. Mostly where …`: a region in words. */
export function discoverySentence(
  title: string,
  missed: number,
  draws: number,
  box: { readonly coverage: number; readonly density: number; readonly support: number },
  sides: readonly string[],
): string {
  const share = `"${title}" is missed in ${Math.round(missed * 100)}% of ${draws} draws.`
  if (missed === 0) return `${share} There is no region to describe.`
  if (missed === 1) return `${share} No parameter saves it.`
  if (sides.length === 0) return `${share} No region of the parameters stands out.`
  return (
    `${share} Mostly where ${sides.join(' and ')}: a region of ${Math.round(box.support * 100)}% of the draws, ` +
    `in which ${Math.round(box.density * 100)}% miss it (density) and which holds ${Math.round(box.coverage * 100)}% of all misses (coverage).`
  )
}

/** One side of a region. */
export function sideText(id: string, from: string | null, to: string | null): string {
  if (from !== null && to !== null) return `${id} is between ${from} and ${to}`
  return from === null ? `${id} is below ${to ?? ''}` : `${id} is above ${from}`
}

export const filesWritten = (folder: string, files: readonly string[]): string => `Written to ${folder}: ${files.join(', ')}.`

/** Help of `fairwait optimise`. */
export const OPTIMISE = {
  summary: 'search for the best ways to split an envelope of money',
  description: `Search for splits of a yearly envelope across levers, specialties and deprivation
groups that no other split beats on every objective (NSGA-II, on the same random
numbers throughout), check them on fresh random numbers, and write a study file
for each.

Objectives: health, waiting, within-18-weeks, gap, unmet-gap, spend, or any
measure that is better or worse; gaps count by their distance from equality.

Examples:
  fairwait optimise study.yaml --weeks 78 --replications 4 --sample 0.2
  fairwait optimise study.yaml --objectives waiting gap --envelope 24000000
  fairwait optimise study.yaml --out best --generations 30 --resume`,
  study: 'study file, YAML or JSON; its scenarios are what a split has to beat',
  objectives: 'what to make better, two or more',
  envelope: "pounds a year (default: the most that a scenario of the study spends)",
  levers: "levers to choose from (default: those that the study's scenarios use)",
  aim: 'groups of specialties that slots may be aimed at, e.g. C_110+C_130 C_330 (default: the three longest lists)',
  meet: 'targets of the study that a split should meet, by id',
  population: 'splits kept in each generation, an even number',
  generations: 'generations after the first',
  random: 'also try this many random splits, to compare with',
  out: 'folder for the front, the search and the study files',
  resume: 'go on with the search in the folder',
  fresh: 'fresh replications in which the front is checked',
  sample: "fraction of pathways that the search simulates (default: the study's); the check simulates the study's own",
} as const

export const SHARE_RULE = 'It must be a number above 0 and at most 1.'
export const EVEN_RULE = 'It must be an even number from 4 to 1,000.'

/** Why a search cannot start. */
export const optimiseProblems = {
  fewObjectives: 'a search needs at least two different objectives; for one, compare scenarios with fairwait run',
  noLevers: 'no scenario of this study spends money; name levers with --levers, and an envelope with --envelope',
  noEnvelope: 'no scenario of this study has a budget that is a plain number; give --envelope',
  notHere: 'there is no such file here; the study files that are written have to stand in relation to it',
  nothingToResume: (folder: string): string => `${folder} holds no search to go on with; leave --resume out`,
  otherSearch: (folder: string): string =>
    `${folder} holds a search of another study or with other settings; give the same options again, or another folder`,
  unreadableSearch: (folder: string): string => `the search in ${folder} cannot be read; leave --resume out to start anew`,
} as const

/** Progress of a search. */
export const generationProgress = (generation: number, generations: number, front: number): string =>
  `generation ${generation} of ${generations}: ${front} splits that none beats`

/** Under the table of the front. */
export const FRONT_NOTES = [
  'Means on fresh random numbers. *: the knee, where one objective cannot gain much',
  'without another losing more. Each row has its study file.',
] as const

export const frontHeading = (splits: number, evaluated: number, replications: number, fresh: number): string =>
  `${splits} splits that none beat in the search, ${evaluated} tried; ${replications} replications, then ${fresh} fresh ones.`

/** Comparison with what was there before the search. */
export const comparison = {
  beaten: (scenario: string, by: number, orTied: number, split: string, gains: readonly string[]): string =>
    `${scenario}: beaten by ${by} on every count, by ${orTied} with ties; most clearly ${split}: ${gains.join(', ')}.`,
  notBeaten: (scenario: string): string => `${scenario}: no split is clearly better on one objective and clearly worse on none.`,
  beats: (scenario: string, splits: number): string => `${scenario} beats ${splits === 1 ? 'one split' : `${splits} splits`} of the front.`,
  random: (tried: number, best: number, beaten: number, orTied: number, beating: number): string =>
    `Of ${tried} random splits, ${best} are beaten by no other random one. The front beats ${beaten} of these, ${orTied} with ties; ${beating} beat a split of the front.`,
  volume: (front: string, random: string): string =>
    `Volume of objectives that the front does better than: ${front}; that these random splits do: ${random}.`,
} as const

/** `waiting −812 ± 95`. */
export const gainText = (objective: string, difference: string, halfWidth: string): string => `${objective} ${difference} ± ${halfWidth}`

/** First lines of a study file that a search wrote. */
export const choiceHeader = (study: string, choice: string, weeks: number): string =>
  `# Made by fairwait optimise from ${study}. To run the split again:\n#   fairwait run <this file> --scenario ${choice} --weeks ${weeks}\n`
