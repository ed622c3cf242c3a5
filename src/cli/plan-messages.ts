/** Everything that `fairwait plan` says: help, problems with its file, tables and notes. */
import { quoted } from '../scenario/quoted.ts'
import { didYouMean } from '../scenario/suggest.ts'

export const PLAN = {
  summary: 'closed-form planning figures of a list, and what the simulation says',
  description: `Load, target list, relief and target capacity, pressure and weeks to clear, per
specialty and group, in weeks: the closed forms that planners know.

FILE is a baseline pack, the code of a system ("fairwait systems"), or a CSV
file with a row for each specialty, or specialty and group:
  specialty,clock_starts_per_week,capacity_per_week,waiting,mean_wait_weeks
and optionally group, cv_demand and cv_capacity (1 where left out).

Examples:
  fairwait plan QYG
  fairwait plan scenarios/baselines/QYG-2026-01.json --compliance 0.65 --csv
  fairwait plan list.csv --weeks 52 --relief-weeks 104
  fairwait plan QYG --simulate

With --simulate the list is also simulated: as it is, then with the relief
capacity for the relief weeks and the target capacity for 26 weeks after.`,
  source: 'pack, code of a system, or CSV file',
  compliance: 'share of those waiting who should be under the target',
  weeks: 'target: weeks under which people should be waiting',
  reliefWeeks: 'weeks in which the list should come to its target',
  simulate: 'say beside each figure what the simulation says',
  json: 'print one JSON object in place of the tables',
  csv: 'print CSV in place of the tables, a row per specialty and group',
  quiet: 'no progress',
} as const

/** Rules for options; wrong usage. */
export const RULES = {
  compliance: 'It must be a number above 0 and below 1, such as 0.92.',
  weeks: 'It must be a number of weeks above 0 and at most 520.',
  reliefWeeks: 'It must be a whole number of weeks from 1 to 520.',
  oneFormat: 'error: --json and --csv cannot stand together; give one',
} as const

/** Names of totals. */
export const TOTALS = { specialties: 'All specialties', groups: 'Everybody' } as const

/** Problems with the CSV file. */
export const PROBLEMS = {
  badCsv: (reason: string): string => `is not readable as CSV: ${reason}`,
  empty: 'is empty; it needs a header with specialty, clock_starts_per_week, capacity_per_week, waiting and mean_wait_weeks, and a row for each queue',
  noRows: 'has a header and no rows; it needs a row for each specialty',
  tooManyRows: (most: number): string => `has more than ${most.toLocaleString('en-GB')} rows`,
  semicolons: 'its columns are separated by semicolons; separate them with commas',
  missingColumn: (name: string, near: string | null, found: readonly string[]): string =>
    `column "${name}" is missing${near === null ? `; found ${found.map(quoted).slice(0, 12).join(', ')}` : didYouMean(near)}`,
  unknownColumn: (name: string, near: string | null, known: readonly string[]): string =>
    `unknown column ${quoted(name)}${near === null ? `; allowed: ${known.join(', ')}` : didYouMean(near)}`,
  repeatedColumn: (name: string): string => `column "${name}" is there twice; keep one`,
  cells: (found: number, expected: number): string => `has ${found} cells and the header ${expected}`,
  noName: 'must not be empty',
  longName: (most: number): string => `must be at most ${most} characters long`,
  notANumber: (text: string, most: number): string =>
    `${quoted(text)} is not allowed; it must be a number from 0 to ${most.toLocaleString('en-GB')}, without separators or units`,
  repeatedQueue: (line: number): string => `the same specialty and group stand on line ${line}; give each once`,
  tooManySimulated: (most: number): string => `more than ${most} specialties cannot be simulated; split the file, or leave --simulate out`,
  groupMissing: 'must not be empty where other rows have a group',
  reserved: (word: string): string => `"${word}" is the name of the totals; give it another name`,
} as const

/** Column heads of the planning table, two lines each. */
export const COLUMNS = [
  ['', 'Specialty'],
  ['Demand', 'a week'],
  ['Capacity', 'a week'],
  ['', 'Load'],
  ['', 'Waiting'],
  ['Target', 'list'],
  ['Relief', 'a week'],
  ['Target', 'a week'],
  ['Pres-', 'sure'],
  ['Weeks', 'to go'],
] as const
export const GROUP_HEAD = 'Group'

/** Heading over the tables. */
export function heading(name: string, target: { readonly weeks: number; readonly compliance: number; readonly reliefWeeks: number }): string {
  const percent = Number((target.compliance * 100).toFixed(2))
  return `${name}: ${percent}% within ${target.weeks} weeks, in ${target.reliefWeeks} weeks`
}

/** Under the tables. */
export const NOTES: readonly string[] = [
  'Demand: clock starts less those who leave the list without treatment. Capacity:',
  'clock stops. Load: demand over capacity. Relief: capacity that brings the list',
  'to its target in time; target: capacity that keeps it there. Pressure: twice the',
  'mean wait so far over the target. Weeks to go: with today\'s flows. A group\'s',
  'capacity is what it gets of shared slots today.',
]

export const NOTES_OF_FILE: readonly string[] = [
  'Load: clock starts over capacity. Relief: capacity that brings the list to its',
  'target in time; target: capacity that keeps it there. Pressure: twice the mean',
  'wait so far over the target. Weeks to go: with today\'s flows.',
]

export const NEVER = 'never'
export const NONE = '–'

/** The table of what the simulation says. */
export const SIMULATED = {
  heading: (runs: number): string => `Simulated, means of ${runs} runs`,
  columns: ['All specialties together', 'Formula', 'Simulated', 'Difference'],
  specialtyColumns: [
    ['', 'Specialty'],
    ['Target', 'list'],
    ['', 'simulated'],
    ['', 'difference'],
    ['Relief', 'a week'],
    ['', 'simulated'],
    ['', 'difference'],
  ],
  quantities: {
    load: 'Load, as it is',
    waitingAsItIs: 'List after the relief weeks, as it is',
    weeksToClear: 'Weeks to the target list, as it is',
    targetListSize: 'List after the relief weeks, relieved',
    shareUnderTarget: 'Share under the target then',
    pressureAtTarget: 'Pressure then',
    reliefCapacityPerWeek: 'Relief capacity to the target list',
    targetCapacityPerWeek: 'Capacity to hold it 26 weeks more',
  },
  notes: [
    '±: 95% interval over runs. The formula holds today\'s removals and lets waits be',
    'exponential; the simulation has the calendar, both stages, removals that fall',
    'with the list, and the order in which people are really seen.',
  ],
  notesOfFile: [
    '±: 95% interval over runs. The simulated list starts with exponential waits of',
    'the mean given, and slots go by chance; groups are simulated together.',
  ],
  sampled: (fraction: number): string => `One pathway in ${Math.round(1 / fraction)} is simulated, since the list is long; counts are scaled up.`,
} as const

/** Progress, on one line of a terminal. */
export const simulatingLine = (done: number, total: number): string => `simulating: ${done} of ${total} runs`
