/** Words of `fairwait calibrate` and `fairwait backtest`. */
import { InputError, UserError } from '../errors.ts'
import { reasonOf } from '../results/messages.ts'

/** Texts of both commands. */
export const seriesText = {
  calibrateDescription: 'fit who is seen and who is removed to consecutive month-ends',
  backtestDescription: 'project from past month-ends with what was known then, and score what followed',
  files: 'a week-band table (.csv or .csv.gz), or RTT full CSV files of consecutive months',
  area: 'area of the table, e.g. QYG, or all; needed where it holds several',
  whole: 'week-band table of a whole that the area is part of (England), which small parts lean on',
  monthly: 'overview time series of England, for the seasons of clock starts and stops, and how fast errors of a forecast grow',
  packs: 'folder of baseline packs; those of the fitted areas and month receive the fit',
  sourceTitle: 'Referral to treatment (RTT) full CSV data files of consecutive months, summed by week band',
  wholeTitle: 'The same of England, providers that report throughout: small specialties lean on it',
  monthlyTitle: 'Referral to treatment (RTT) overview time series, England: seasons of clock starts and stops',
  until: 'last month used, YYYY-MM; the last of the series by default',
  calibrateOut: 'file that receives the fit, as JSON',
  refits: 'refit this often to resampled months, for the spread of the parameters (0 for none)',
  from: 'last month known, YYYY-MM',
  to: 'last of several: every month from --from to --to is one',
  bySpecialty: 'score each treatment function too',
  backtestOut: 'folder that receives scores.csv and report.md',
  json: 'print one JSON object instead of a table',
  quiet: 'no progress',
  calibrateHelp: [
    '',
    'Examples:',
    '  fairwait calibrate weekband-england.csv --out fit.json',
    '  fairwait calibrate weekband-icb.csv.gz --area QYG --out QYG.json',
    '    --whole weekband-england.csv',
  ].join('\n'),
  backtestHelp: [
    '',
    'Examples:',
    '  fairwait backtest weekband-england.csv --from 2025-02 --out output/backtest',
    '  fairwait backtest weekband-england.csv --from 2024-10 --to 2025-12',
    '    --monthly rtt-england-monthly.csv --out output/backtest',
  ].join('\n'),
  fitting: (area: string, code: string) => `fitting ${area} ${code}\n`,
  origin: (area: string, month: string) => `${area} from ${month}\n`,
  written: (path: string) => `${path}\n`,
} as const

/** Titles of a pack's sources that came with its fit. */
export const fitTitles: readonly string[] = [seriesText.sourceTitle, seriesText.wholeTitle, seriesText.monthlyTitle]

/** Packs are written where they are: there is no other folder to name. */
export const cannotWritePacks = (folder: string, code: string): string => `${folder}: the packs cannot be written: ${reasonOf(code)}. Nothing was left half-written`

/** Errors of both commands. */
export const saySeriesCommand = {
  badMonth: (option: string, month: string, first: string, last: string): InputError =>
    new InputError({ path: option, message: `"${month}" cannot be used; give a month from ${first} to ${last}, written YYYY-MM` }),
  badCount: (option: string, text: string, least: number, most: number): UserError =>
    new UserError(`${option} ${text}: give a whole number from ${least} to ${most}`, 2),
  backwards: (from: string, to: string): InputError => new InputError({ path: '--to', message: `${to} is before --from ${from}` }),
  noPack: (path: string, area: string): InputError => new InputError({ path: '--packs', message: `${path} is not there, so the fit of ${area} has nowhere to go; make it with fairwait import rtt` }),
} as const
