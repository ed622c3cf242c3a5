/** What the screen says of what makes the gap. */
import { plural } from './plural.ts'

/** Seconds from which on minutes say enough. */
const LONG_SECONDS = 100

function duration(seconds: number): string {
  return seconds < LONG_SECONDS ? plural(Math.max(1, Math.ceil(seconds)), 'second', 'seconds') : plural(Math.round(seconds / 60), 'minute', 'minutes')
}

export const gapWords = {
  ask: (title: string, day: string): string =>
    `Which differences between deprivation groups make the visible gap under “${title}” on ${day}: each is taken out in turn, alone and with others, on the same random numbers.`,
  cost: (runs: number, replications: number): string =>
    `It takes up to ${runs} runs of a sample of pathways, ${replications} of each combination: about a minute for a board and five years on two processors, less for a shorter time. The page stays usable; a change of the study ends it.`,
  notYet: 'It can be asked once the run has come to its end.',
  explain: 'Explain the gap',
  stop: 'Stop explaining',
  preparing: 'Finding out which differences there are…',
  progressLabel: 'Progress of the explanation',
  progress: (runs: number, of: number, secondsLeft: number): string =>
    `${runs} of ${of} runs, about ${duration(secondsLeft)} left.`,
  done: (title: string): string => `The gap under “${title}” is explained.`,
  stopped: 'Stopped before there was an answer.',
  overtaken: 'Stopped, since the study or what is compared has changed.',
  failed: 'It could not be explained; see what is wrong at the top of the page.',
  stale: (title: string, day: string): string =>
    `This answer is of what was asked before: “${title}” on ${day}, in the study as it then was. Ask again for what is on the screen now.`,
  titles: { gap: 'What makes the gap', change: 'What changes it from the reference' },
  precision: (pathways: string, replications: number, runs: string, combinations: number): string =>
    `From ${runs} runs of ${pathways}: ${plural(replications, 'replication', 'replications')} of ${combinations} combinations of differences.`,
  sampled: 'In so small a sample the gap itself, and what no mechanism makes, can be mostly chance, and far from the figures above, which come from the study’s own runs; the parts of mechanisms share their random numbers and are surer.',
  allOrders: 'Every combination was run.',
  someOrders: 'Orders of the mechanisms were sampled: “error” is what other orders could have given, beside the interval, which is over runs.',
  leftOut: (runs: number): string => `${plural(runs, 'replication was', 'replications were')} left out, in which some combination has no gap.`,
  without: (mechanisms: string): string => `No difference between groups in this study: ${mechanisms}.`,
  headings: ['Mechanism', 'Part, points', '95% interval', 'Share'],
  error: 'Error',
  alone: 'Taken out alone',
  caption: (title: string): string => `${title}, points: slope index of the share within 18 weeks`,
  key: {
    against: 'Against the most deprived',
    favours: 'In favour of the most deprived',
    neutral: 'Part of the whole',
    rest: 'No mechanism here',
    whole: 'The whole',
  },
  more: 'For every pathway, more replications and other measures, the command line takes the same study:',
  command: (scenario: string, date: string): string => `fairwait decompose STUDY.yaml --scenario ${scenario} --date ${date}`,
  opened: 'These results were opened from a folder. The command line explains their gap, from the study that they were made of:',
  openedCommand: 'fairwait decompose STUDY.yaml --measure within-18-weeks',
} as const
