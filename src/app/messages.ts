/** Every text of the screen, in one place. What comes from the schema, the registry or a study is not repeated here. */
import { gapWords } from './gap-words.ts'
import { plural } from './plural.ts'
import { labels, words } from './study-words.ts'

const MOVES = { narrows: 'narrows', widens: 'widens', reverses: 'turns round' } as const

/** Units beside numbers. */
const units = {
  pathways: 'pathways',
  ofList: 'of the list',
  points: 'points',
  per1000: 'per 1,000 residents',
  spent: 'spent',
  millionsAYear: '£m a year',
  weeks: 'weeks',
  years: 'years',
  runs: 'runs',
} as const

const figures = {
  list: 'Waiting list',
  within18: 'Within 18 weeks',
  over52: 'Over 52 weeks',
  visibleGap: 'Visible gap',
  needGap: 'Need gap',
  pounds: 'Money',
} as const

/** The figures inside a sentence. */
const subjects = {
  list: 'the waiting list',
  'within-18-weeks': 'the share within 18 weeks',
  'over-52-weeks': 'the share over 52 weeks',
  'visible-gap': 'the visible gap',
  'need-gap': 'the need gap',
  pounds: 'the money spent',
} as const

/** Words with their meaning. */
const glossary = {
  list: ['Waiting list', 'Incomplete pathways: referrals whose clock is running. A person with two referrals counts twice.'],
  within18: ['Within 18 weeks', 'Share of those waiting who have waited less than 18 weeks since their clock started.'],
  over52: ['Over 52 weeks', 'Share of those waiting who have waited 52 weeks or more.'],
  visibleGap: [
    'Visible gap',
    'How the share within 18 weeks differs between the most and the least deprived end of a straight line through all groups (slope index of inequality), in percentage points. Below nought, the most deprived are behind.',
  ],
  needGap: [
    'Need gap',
    'The same for people with a need who are not on any list, per 1,000 residents. Above nought, more need goes unmet among the most deprived. It rests on assumed chances of being referred.',
  ],
  pounds: ['Money', 'What the programmes of the scenario have spent since the start. It is the plan, not a simulation, so that it has no interval.'],
  interval: ['95% interval', 'Where the mean of very many runs would lie, 19 times in 20. It holds the play of chance, not doubt about the assumptions.'],
  reference: ['Reference', 'The scenario that the others are compared with. All scenarios meet the same people, so that differences are not chance.'],
  fifth: ['Deprivation fifth', 'A fifth of England’s neighbourhoods by the Index of Multiple Deprivation; fifth 1 is the most deprived, also called Core20.'],
  theta: ['θ (theta)', 'How strongly money follows need: 0 is the same per head (universal), 1 in proportion to need, above 1 more than that (progressive).'],
  headStart: ['Head start', 'Weeks by which a group is treated as if it had waited longer, where slots are given in turn.'],
  run: ['Run', 'One simulated future, every pathway with its own luck. More runs make intervals narrower.'],
} as const satisfies Record<string, readonly [string, string]>

/** What the screen says. */
export const text = {
  brand: 'Fairwait',
  brandLine: 'Waiting-list recovery, and who it reaches first',
  skip: 'Skip to the results',
  loading: 'Reading the worked example…',
  controlsTitle: 'What you change',
  foot: 'Differences between scenarios are the finding; the level of the list is not a forecast. Nothing that you enter leaves this device.',
  licence: 'Contains public sector information licensed under the Open Government Licence v3.0.',
  studyTitle: (system: string): string => `Waiting-list recovery in ${system}`,
  copyOf: (title: string): string => `${title} (my version)`,
  changedTitle: (title: string): string => `${title} (changed)`,
  fifths: ['Most deprived fifth (1)', 'Fifth 2', 'Fifth 3', 'Fifth 4', 'Least deprived fifth (5)'],
  units,
  figures,
  subjects,
  glossary,
  glossaryTitle: 'Words used here',
  glossaryAsk: (label: string): string => `What does “${label}” mean?`,

  setup: {
    title: 'Where and how long',
    study: 'Start from',
    system: 'System',
    own: 'Your own',
    writtenOut: 'As written in the study',
    ownStudy: (title: string): string => `${title} (your study)`,
    horizon: 'How far ahead',
    years: (count: number): string => plural(count, 'year', 'years'),
    weeks: 'or to the week',
    more: 'First day, title, calendar',
  },
  beyond: {
    lead: 'Beyond this horizon, and so not looked at:',
    target: (title: string): string => `target “${title}”`,
    money: (title: string): string => `money of “${title}”`,
    shock: (title: string): string => `a shock in “${title}”`,
    why: 'The command line refuses a study that speaks of a time beyond its end.',
    extend: (weeks: number): string => `Look as far as that (${plural(weeks, 'week', 'weeks')})`,
    drop: 'Leave it out of the study',
  },
  scenarios: {
    title: 'Scenarios',
    hint: (most: number): string => `Tick up to ${most} to see them side by side; choose one to change it.`,
    full: (most: number): string => `${most} are side by side, which is as many as can be read; untick one to show another.`,
    show: (title: string): string => `Show “${title}”`,
    reference: 'reference',
    editing: ', under the controls',
    add: 'New scenario from this one',
  },
  scenario: {
    title: 'This scenario',
    isReference: 'This is the reference: what is changed here changes every comparison.',
    remove: 'Remove this scenario',
    more: 'More of this scenario',
  },
  programme: {
    title: 'Money and programmes',
    add: 'Add a programme',
    more: 'Dates, specialties and unit costs',
    remove: 'Remove this programme',
  },
  allocation: {
    label: 'Who the money is for',
    scale: 'Everybody: universal to progressive',
    theta: 'How strongly it follows need',
    hint: '0 is the same per head, 1 in proportion to need, above 1 more than that.',
    ends: ['Universal', 'Progressive'] as [string, string],
  },
  policy: {
    title: 'Who is next: head start and rules',
    hint: 'A head start acts where slots are given in turn; raise that share under “More rules” to let it act more.',
    number: (number: number): string => `Rule ${number}`,
    more: 'More rules',
  },
  shock: {
    title: (count: number): string => (count === 0 ? 'Shocks: strikes, winter, staff' : `Shocks: strikes, winter, staff (${count})`),
    add: 'Add a shock',
    more: 'Recovery, referrals and groups',
    remove: 'Remove this shock',
  },
  targets: {
    title: (count: number): string => `Targets (${count})`,
    hint: 'Every scenario is held against them, run by run. One of “at least”, “at most” and “within” says the limit; shares from 0 to 1.',
    add: 'Add a target',
    remove: 'Remove this target',
    none: 'This study has no targets. Add one under “Targets”.',
    sentence: 'Share of runs that meet each target on its date. It shows the play of chance under these assumptions, not the chance that the target will be met.',
    notJudged: 'cannot be judged',
    value: (value: string, runs: number): string => `${value}, ${plural(runs, 'run', 'runs')}`,
    chance: (mean: string, lower: string, upper: string): string => `${mean} (${lower} to ${upper})`,
    nothing: 'nothing',
    never: 'not within the projection',
    headings: ['Target', 'Scenario', 'Runs that meet it', 'Value', 'Short by', 'Judged on', 'Half of the runs first meet it'],
  },
  precisionPart: {
    title: 'Precision: runs and draws',
    hint: 'More runs make intervals narrower, and take longer. The same seed gives the same results, here and on the command line.',
  },
  assumptions: {
    title: (count: number): string => `Assumptions (${count})`,
    hint: 'Every default with its source. What you set here holds for the whole study.',
    search: 'Find an assumption',
    changed: (label: string): string => `${label} (changed)`,
  },
  form: {
    default: 'Default',
    source: 'Where the default comes from',
    add: 'Add',
    remove: (label: string): string => `Back to the default: ${label}`,
    useNumber: 'Use a plain number instead',
    fileOnly: 'Only the study file can change this: save the study, edit it, open it again.',
    onePerLine: 'One a line.',
    commas: 'Separate them by commas.',
    specialties: (count: number): string => (count === 0 ? 'All specialties' : plural(count, 'specialty', 'specialties')),
  },
  source: (value: string, unit: string, source: string, confidence: string, note: string): string =>
    `Default ${value} (${unit}). ${source === 'assumption' ? 'An assumption: no source was found.' : `Source: ${source}.`} ${confidence} ${note}`,
  confidence: {
    H: 'Read in a published source.',
    M: 'Partial or indirect evidence.',
    D: 'Derived from published figures.',
    A: 'Assumed.',
  },

  labels,
  words,

  mini: { label: 'The figures in short', see: 'See the results' },
  results: {
    title: 'What happens',
    empty: 'The first results are on their way.',
    readOn: 'Read on',
    removed: (people: string): string => `Validation removed ${people} people by then, who are missing from the list and were not treated.`,
  },
  run: {
    label: 'State of the run',
    progress: 'Progress of the run',
    idle: 'Nothing has run yet.',
    first: 'Running a quick look…',
    precision: (pathways: string, runs: number): string => `${pathways}, ${plural(runs, 'run', 'runs')}`,
    everyPathway: 'every pathway',
    onePathwayIn: (count: number): string => `1 in ${count} pathways`,
    preview: (precision: string, _runs: number, of: number): string => `Quick look: ${precision}. Refining to every pathway, ${plural(of, 'run', 'runs')}…`,
    refining: (precision: string, runs: number, of: number): string => `Refining: ${runs} of ${of} runs; shown: ${precision}.`,
    done: (precision: string, _runs: number, _of: number): string => `Full precision: ${precision}.`,
    cancelled: (precision: string): string => `Stopped. On the screen: ${precision}.`,
    cancelledEmpty: 'Stopped before the first results.',
    failed: 'This could not be run; see what is wrong above. Results below are those from before.',
    cancel: 'Stop',
    again: 'Run again',
  },
  tiles: {
    reference: 'This is the reference.',
    unknown: 'Not in these results.',
    noDifference: (against: string): string => `No difference from “${against}”.`,
    noClearDifference: (limits: string, against: string): string => `No clear difference from “${against}” (95% interval ${limits})`,
    interval: (limits: string, against: string): string => `(95% interval ${limits}) against “${against}”`,
    against: (against: string): string => `against “${against}”`,
    better: ', better',
    worse: ', worse',
    start: (value: string): string => `${value} at the start`,
  },
  sizeWithInterval: (size: string, lower: string, upper: string): string => `${size} (95% interval ${lower} to ${upper})`,
  sentences: {
    unknown: (title: string, figure: string): string => `These results say nothing of ${figure} under “${title}”.`,
    reference: (title: string, figure: string, value: string, day: string): string => `Under “${title}”, the reference, ${figure} is ${value} on ${day}.`,
    noDifference: (reference: string, title: string, figure: string, value: string, day: string): string =>
      `Under “${title}”, ${figure} is ${value} on ${day}: no difference from “${reference}”.`,
    noClearDifference: (reference: string, title: string, figure: string, value: string, day: string): string =>
      `Under “${title}”, ${figure} is ${value} on ${day}: no clear difference from “${reference}”.`,
    noInterval: (title: string, figure: string, value: string, day: string): string =>
      `Under “${title}”, ${figure} is ${value} on ${day}, from a single run, which says nothing of chance.`,
    clear: (reference: string, title: string, figure: string, verdict: 'higher' | 'lower', size: string, value: string, day: string): string =>
      `Under “${title}”, ${figure} is ${value} on ${day}: ${verdict} than under “${reference}” by ${size}.`,
    gap: (reference: string, title: string, figure: string, move: keyof typeof MOVES, size: string, from: string, to: string, day: string): string =>
      `Under “${title}”, ${figure} is ${to} on ${day}: it ${MOVES[move]} by ${size}, from ${from} under “${reference}”.`,
    groups: (title: string, what: string, most: string, least: string, day: string): string =>
      `${what}: under “${title}” ${most} among the most deprived and ${least} among the least deprived on ${day}.`,
    plane: (day: string, efficient: readonly [string, string] | null, fair: readonly [string, string] | null): string => {
      const first =
        efficient === null
          ? 'no scenario clearly raises the share within 18 weeks'
          : `“${efficient[0]}” raises the share within 18 weeks most, by ${efficient[1]}`
      const second = fair === null ? 'none clearly moves the gap towards the most deprived' : `“${fair[0]}” moves the gap furthest towards the most deprived, by ${fair[1]}`
      return `On ${day}, ${first}; ${second}.`
    },
    planeAlone: 'Show a second scenario to compare efficiency with equity.',
  },
  headlineTable: (day: string, reference: string): string =>
    `Every scenario on the screen on ${day}: mean over runs with its 95% interval, and the change from “${reference}”`,
  figureTitles: {
    list: 'The list and its waits',
    gaps: 'Two gaps: on the list, and off it',
    plane: 'Efficiency against equity',
    groups: 'By deprivation, scenario by scenario',
    targets: 'Targets',
    money: 'Money by financial year',
    differences: 'In what the scenarios differ',
    health: 'Health, and who gains it',
    decomposition: 'What makes the gap',
  },
  panels: {
    list: 'People waiting',
    within18: 'Share within 18 weeks',
    visibleGap: 'Visible gap at 18 weeks: below nought, the most deprived are behind',
    needGap: 'Need gap: above nought, more need unmet among the most deprived',
  },
  axes: { pathways: 'Pathways', perCent: 'Per cent', points: 'Points', per1000: 'Per 1,000' },
  groupMeasures: { label: 'Show', within18: 'Share within 18 weeks', list: 'People waiting', over52: 'Share over 52 weeks' },
  key: {
    reference: (title: string): string => `${title} (reference)`,
    band: '95% interval',
    between: 'Fifths between',
  },
  plane: {
    x: 'Change in share within 18 weeks, points',
    y: 'Change in the gap, points',
    right: 'Shorter waits',
    left: 'Longer waits',
    xFormat: '+.2~f',
    yFormat: '+.2~f',
  },
  figure: {
    table: (title: string): string => `Table: ${title.toLowerCase()}`,
    save: (kind: 'svg' | 'png'): string => `Save as ${kind.toUpperCase()}`,
    madeWith: 'Fairwait. Differences between scenarios are the finding; the level of the list is not a forecast.',
    saveLabel: (title: string, kind: 'svg' | 'png'): string => `Save as ${kind.toUpperCase()}: ${title}`,
  },
  table: {
    scenario: 'Scenario',
    date: 'Date',
    change: 'Change from the reference',
    reference: 'reference',
    noDifference: 'no difference',
    noClearDifference: (limits: string): string => `no clear difference (${limits})`,
    caption: (title: string): string => `${title}: mean and 95% interval`,
  },
  money: {
    none: 'No scenario on the screen spends anything.',
    sentence: 'What each programme spends in each financial year, to the penny. Budget is spent and unspent together; a ramp leaves money unspent.',
    caption: 'Pounds spent by programme and financial year',
    programme: 'Scenario and programme',
    totals: ['Spent in all', 'Unspent', 'Budget'],
  },
  differences: {
    none: 'The scenarios on the screen do not differ.',
    opened: 'Results from a folder: the study in its manifest says in what its scenarios differ.',
    sentence: 'Only what is not the same in all of them; everything else is shared.',
    caption: 'Parameters that differ, as the study file names them',
    parameter: 'Parameter',
  },
  health: {
    sentence: 'Against the reference, over the projection, discounted: QALYs gained by less waiting and less unmet need; net of what the money would have done elsewhere. In brackets the middle 95 of 100 samples, assumptions included.',
    caption: 'Health and its distribution, against the reference',
    headings: ['Scenario', 'Health gained', 'Net health', 'Money, discounted', 'Net-health gap, QALYs per 1,000 residents (above nought favours the most deprived)', 'Samples with more health and fairer'],
  },
  decomposition: gapWords,

  top: {
    open: 'Open',
    openFile: 'A study, a baseline pack, or a published RTT file',
    openFolder: 'A results folder from the command line',
    save: 'Save',
    saveStudy: 'Study as YAML',
    exports: {
      'workbook.xlsx': 'Workbook (XLSX)',
      'series.csv': 'Series (CSV)',
      'runs.csv': 'Single runs (CSV)',
      'summary.json': 'Summary (JSON)',
      'report.html': 'Report (HTML)',
      'results.zip': 'Everything (ZIP)',
      'study.yaml': 'Study as YAML',
    },
    saveNote: 'Files hold the scenarios side by side on the screen.',
    saveWait: 'Files of results are there once the run is at full precision.',
    saveLast: ({ title, scenarios, at }: { readonly title: string; readonly scenarios: readonly string[]; readonly at: string }): string =>
      `Until this run has come to its end, files hold the last that did, at ${at}: “${title}”, ${scenarios.map((each) => `“${each}”`).join(', ')}.`,
    saveOpened: 'These results were opened from files, which hold what can be saved.',
    saved: (what: string): string => `Saved: ${what}.`,
    undo: 'Undo',
    undone: 'The last change is taken back.',
    share: 'Copy link',
    shared: 'The link is on your clipboard. The whole study is in it; whoever has it can read it.',
    sharedInAddress: 'The link is in the address bar: copy it from there. The whole study is in it.',
  },
  opened: {
    banner: (name: string): string => `You are looking at the results in “${name}”, made on the command line.`,
    back: 'Back to my study',
    controls: (name: string): string => `These are results from “${name}”. Choose what to show; to change anything, go back to your study.`,
    precision: (name: string, runs: number): string => `From “${name}”: ${plural(runs, 'run', 'runs')} of each scenario.`,
    folder: 'results folder',
  },
  code: {
    title: 'Whose figures?',
    words: (file: string): string => `“${file}” holds every commissioner. Take one system from it, or England.`,
    label: 'System',
    take: 'Take these',
    cancel: 'Leave it',
  },
  tour: {
    label: 'First steps',
    count: (step: number, of: number): string => `${step} of ${of}`,
    steps: [
      ['A worked example is running', 'Five years of the waiting list in Cheshire and Merseyside, with four ways to spend the same money. Choose your own system on the left.'],
      ['Move something', 'Under “Money and programmes”, slide the money or “how strongly it follows need”. A quick look follows at once; the full precision comes behind it.'],
      ['Read two gaps', 'The visible gap is among those on the list. The need gap is about people who never reach it. A scenario can move one and leave the other.'],
    ] as readonly (readonly [string, string])[],
    next: 'Next',
    dismiss: 'Dismiss',
    done: 'Done',
  },
  problems: {
    title: 'This could not be used',
    kept: 'Nothing that was here is lost.',
    more: (count: number): string => `And ${count} more.`,
    close: 'Close this message',
    unexpected: 'Something went wrong inside Fairwait. Nothing was lost; try again, or reload the page.',
    drawing: 'A picture could not be drawn; its table still holds.',
    picture: 'The picture could not be saved.',
    export: 'The file could not be made.',
    severalFiles: 'Open one file, or the whole folder of results with its manifest.json.',
    unknownFile: 'Fairwait opens studies (.yaml, .json), baseline packs (.json), published RTT files (.csv, .zip) and folders of results.',
    tooLarge: (megabytes: number): string => `is larger than ${megabytes} MB, more than such a file can hold`,
    brokenLink: 'The link cannot be read: it was cut short or changed. Ask for it again.',
    linkTooLong: 'This study is too long for a link. Save it as YAML and send the file.',
  },
} as const
