/** Everything that the commands about sweeps and run stores say. */
import { duration } from './messages.ts'

const whole = (n: number): string => n.toLocaleString('en-GB')
const runs = (n: number): string => `${whole(n)} run${n === 1 ? '' : 's'}`

/** A number of bytes in words: `1.2 GB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const size = bytes / 1000 ** power
  return `${size >= 100 || power === 0 ? Math.round(size) : size.toFixed(1)} ${units[power]}`
}

export const sweepText = {
  // Help
  sweepSummary: 'run a study at many points of its parameters',
  sweepDescription: `Run a design: a study at many points of its parameters, with draws and
replications. What has run is kept and never run again; a sweep that was
stopped goes on where it was.

Examples:
  fairwait sweep scenarios/sweeps/slots-and-head-start.yaml
  fairwait sweep design.yaml --dry-run
  fairwait status output/slots-and-head-start
  fairwait expand output/slots-and-head-start --replications 20`,
  design: 'design file, YAML or JSON',
  out: 'folder for plan, runs and results (default: output/<design name>)',
  storeOption: 'folder of a run store to share (default: store/ in the output folder)',
  workers: 'threads (default: as many as the machine runs in parallel); results do not depend on it',
  dryRun: 'run a few groups and print how many runs, and how much time, disk and memory the rest takes',
  json: 'print one JSON object on stdout',
  budgetRuns: "most runs that the design may have, in place of its own limit",
  budgetMinutes: 'stop after so many minutes; run the command again to go on',
  quiet: 'no progress',
  folder: 'folder of a sweep',
  statusSummary: 'say how far a sweep has come',
  collectSummary: 'write the results of what a sweep has run so far',
  replaySummary: 'run one run of a sweep alone, and compare it with what is stored',
  replayRun: 'run id, or the beginning of one',
  expandSummary: 'add replications, draws, points or levels to a sweep and run them',
  expandReplications: 'replications of each point, scenario and draw',
  expandDraws: 'samples of the uncertain parameters',
  expandRuns: 'design points of a sampled design',
  expandLevels: 'levels of every factor with a range or a distribution',
  notKept: (count: number, smallNumbers: number): string =>
    `${runs(count)} ${count === 1 ? 'is' : 'are'} not kept in the store: fewer than ${smallNumbers} people wait in a group of a further`
    + ' dimension, and a store keeps runs whole. They are run again next time; "smallNumbers: 0" in the study keeps them.',
  runStore: 'folder of a run store: runs that it holds are not run again, and new ones are kept in it',
  atLeastOne: 'give at least one of --replications, --draws, --runs and --levels',
  positive: 'It must be a number above 0.',

  // Input
  notAPlan: 'is not a plan of "fairwait sweep"; name the folder of a sweep, or run the sweep again into another folder',
  notCollected: (out: string): string =>
    `holds no results of the sweep to compare with; "fairwait collect ${out}" writes them`,
  fileMissing: (out: string): string => `is named in datapackage.json and is not there; "fairwait collect ${out}" writes it again`,
  fileChanged: (out: string): string =>
    `was changed after it was written: its SHA-256 is not the one in datapackage.json; "fairwait collect ${out}" writes it again`,
  shrinks: (what: string, now: number, wanted: number): string =>
    `the sweep has ${whole(now)} ${what} already, and ${whole(wanted)} would be fewer; expand only adds`,
  notExpandable: (what: string, why: string): string => `${what} cannot be added: ${why}`,
  notSampled: (method: string): string => `the points of the method ${method} follow from its factors`,
  noLevels: 'no factor is a grid over a range or a distribution',
  adaptive: 'the design stops by "until"; change maxReplications in the design and run it again',
  noSuchRun: (run: string, out: string): string =>
    `${out} has no run ${JSON.stringify(run.slice(0, 40))}; run ids are in runs.csv, and those set aside in "fairwait status"`,
  manyRuns: (run: string): string => `more than one run begins with ${JSON.stringify(run.slice(0, 40))}; write more of it`,

  // Threads
  threadStopped: (reason: string): string => `the worker thread stopped: ${reason}`,
  endedWithCode: (code: number): string => `it ended with code ${code}`,

  // Progress
  progress: (done: number, total: number, aside: number, secondsLeft: number | null): string =>
    `sweeping: ${whole(done)} of ${runs(total)}${aside > 0 ? `, ${whole(aside)} set aside` : ''}`
    + (secondsLeft === null ? '' : `, about ${duration(secondsLeft)} left`),
  collecting: (done: number, total: number): string => `collecting: ${whole(done)} of ${whole(total)} points`,
  interrupted: 'Interrupted: what was finished is stored. Run the same command again to go on.',
  asideLeft: (count: number, out: string): string =>
    `${runs(count)} failed twice and ${count === 1 ? 'was' : 'were'} set aside; "fairwait status ${out}" names them, and`
    + ` "fairwait replay ${out} RUN" runs one alone`,

  // Results
  finished: (ran: number, stored: number, seconds: number): string =>
    `${runs(ran)} in ${duration(seconds)}${stored > 0 ? `; ${whole(stored)} more are shared with other points or had been run before` : ''}.`,
  spent: (done: number, total: number, out: string): string =>
    `The budget of time is spent: ${whole(done)} of ${runs(total)} are stored. Run the same command again to go on, or`
    + ` "fairwait collect ${out}" to write results of what there is.`,
  collected: (out: string): string => `Results: ${out}`,
  untilSummary: (precise: number, capped: number): string =>
    `Replications stopped at the precision asked for at ${whole(precise)} points, and at the cap at ${whole(capped)}.`,
  status: (of: {
    readonly total: number
    readonly done: number
    readonly aside: number
    readonly busy: boolean
    readonly batches: number
    readonly failures: number
    readonly bytes: string
  }): readonly string[] => [
    `${whole(of.done)} of ${runs(of.total)} stored, ${whole(of.aside)} set aside, ${whole(of.total - of.done - of.aside)} waiting.`,
    of.busy ? `A process is writing; batches under way: ${whole(of.batches)}.` : 'No process is writing.',
    `Failures recorded: ${whole(of.failures)}. Store: ${of.bytes}.`,
  ],
  statusAdaptive: 'Replications are adaptive: the total is the most that they can come to.',
  asideRun: (run: string, reason: string): string => `set aside: ${run}: ${reason}`,
  estimate: (of: {
    readonly points: number
    readonly runs: number
    readonly adaptive: boolean
    readonly secondsPerRun: number
    readonly seconds: number
    readonly workers: number
    readonly disk: number
    readonly memory: number
    readonly pilot: number
  }): readonly string[] => [
    `Points:  ${whole(of.points)}`,
    `Runs:    ${of.adaptive ? 'at most ' : ''}${whole(of.runs)}`,
    `Time:    about ${duration(of.seconds)} on ${of.workers === 1 ? 'one thread' : `${of.workers} threads`}`
      + ` (${(of.secondsPerRun * 1000).toFixed(1)} ms a run, from a pilot of ${runs(of.pilot)})`,
    `Disk:    about ${bytesText(of.disk)} for runs and results`,
    `Memory:  about ${bytesText(of.memory)}`,
  ],
  replayed: (run: string, same: boolean | null, values: number): string =>
    `${run}: ran, ${whole(values)} values; `
    + (same === null ? 'it was not stored, and is now' : same ? 'the same as stored, to the last bit' : 'NOT the same as stored'),
  replayFailed: (run: string, reason: string): string => `${run}: failed again: ${reason}`,
} as const
