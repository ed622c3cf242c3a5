/** datapackage.json (Frictionless): what the tables' columns are, for tools that read it. */
import { GAP_COLUMNS } from './equity-json.ts'
import { MONEY_COLUMNS, OUTCOME_COLUMNS } from './money-csv.ts'
import type { FileRecord } from './output-file.ts'
import { DIFFERENCE_COLUMNS, RUN_COLUMNS, SERIES_COLUMNS } from './row-plan.ts'
import { TRADE_OFF_COLUMNS } from './tradeoff.ts'
import type { StudyResults } from './types.ts'

interface Field {
  readonly name: string
  readonly type: 'string' | 'date' | 'number' | 'integer'
  readonly description: string
}

type ColumnName =
  | (typeof SERIES_COLUMNS)[number]
  | (typeof DIFFERENCE_COLUMNS)[number]
  | (typeof RUN_COLUMNS)[number]
  | (typeof GAP_COLUMNS)[number]
  | (typeof MONEY_COLUMNS)[number]
  | (typeof OUTCOME_COLUMNS)[number]
  | (typeof TRADE_OFF_COLUMNS)[number]

const FIELDS: Readonly<Record<ColumnName, Omit<Field, 'name'>>> = {
  scenario: { type: 'string', description: 'Scenario id.' },
  draw: { type: 'integer', description: 'Sample of the uncertain parameters; 0 takes each at its mean.' },
  replication: { type: 'integer', description: 'Random run, from 0.' },
  date: { type: 'date', description: 'End of the week; the first is the day before the projection starts.' },
  system: { type: 'string', description: 'Code of the health system.' },
  specialty: { type: 'string', description: 'Treatment function code, or all.' },
  stage: { type: 'string', description: 'all, first-appointment or admission.' },
  dimension: { type: 'string', description: 'all, or the dimension that the group belongs to.' },
  group: {
    type: 'string',
    description: 'all, a group (deprivation: 1 is the most deprived fifth), or gap for an index across groups.',
  },
  measure: { type: 'string', description: 'Measure id; for a gap, index:measure. The workbook has the dictionary.' },
  mean: { type: 'number', description: 'Mean over runs, in the unit of the measure.' },
  sd: { type: 'number', description: 'Standard deviation (n - 1) over runs, or over means of draws where n counts those; six significant digits.' },
  lower: { type: 'number', description: 'Lower 95% confidence limit of the mean (Student t), six significant digits.' },
  upper: { type: 'number', description: 'Upper 95% confidence limit of the mean (Student t), six significant digits.' },
  n: { type: 'integer', description: 'Runs in which the measure was defined; draws, where each has several replications.' },
  value: { type: 'number', description: 'Value in the run, in the unit of the measure.' },
  index: {
    type: 'string',
    description: 'Index of inequality; signed ones read the most deprived against the least deprived.',
  },
  difference: { type: 'number', description: 'Mean paired difference from the reference scenario.' },
  differenceLower: { type: 'number', description: 'Lower 95% confidence limit of the difference (Student t).' },
  differenceUpper: { type: 'number', description: 'Upper 95% confidence limit of the difference (Student t).' },
  within: { type: 'string', description: 'People among whom an index is, as dimension/group; empty for everybody.' },
  reason: { type: 'string', description: 'Why there is no value; empty where there is one.' },
  financialYear: { type: 'string', description: 'April to March, such as 2026/27; empty for all time since the start.' },
  programme: { type: 'string', description: 'Programme id.' },
  lever: { type: 'string', description: 'What the programme buys.' },
  kind: { type: 'string', description: 'revenue or capital.' },
  budget: { type: 'number', description: 'Pounds, two decimals: spent + unspent, to the penny.' },
  spent: { type: 'number', description: 'Pounds, two decimals.' },
  unspent: { type: 'number', description: 'Pounds, two decimals.' },
  from: { type: 'date', description: 'Count of the list after which the period begins.' },
  to: { type: 'date', description: 'Count of the list with which the period ends.' },
  against: { type: 'string', description: 'Id of the scenario that this one is held against.' },
  rangeLower: { type: 'number', description: 'Lower end of the middle 95 of 100 samples of runs and assumptions.' },
  rangeUpper: { type: 'number', description: 'Upper end of the middle 95 of 100 samples of runs and assumptions.' },
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  html: 'text/html',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

const TABLES: Readonly<Record<string, readonly (keyof typeof FIELDS)[]>> = {
  'series.csv': SERIES_COLUMNS,
  'series.parquet': SERIES_COLUMNS,
  'differences.parquet': DIFFERENCE_COLUMNS,
  'runs.parquet': RUN_COLUMNS,
  'gaps.csv': GAP_COLUMNS,
  'money.csv': MONEY_COLUMNS,
  'money-outcomes.csv': OUTCOME_COLUMNS,
  'tradeoff.csv': TRADE_OFF_COLUMNS,
}

/** The descriptor's text. */
export function dataPackageJson(results: StudyResults, files: readonly FileRecord[]): string {
  return `${JSON.stringify(
    {
      profile: 'data-package',
      name: packageName(results.study.name),
      title: results.study.title,
      description: results.study.description,
      licenses: [
        {
          name: 'OGL-UK-3.0',
          title: 'Open Government Licence v3.0',
          path: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
        },
      ],
      resources: files.map(resource),
    },
    null,
    2,
  )}\n`
}

function resource({ path, bytes, sha256 }: FileRecord): object {
  const format = path.slice(path.lastIndexOf('.') + 1)
  const table = TABLES[path]
  return {
    name: packageName(path),
    path,
    format,
    mediatype: MEDIA_TYPES[format],
    bytes,
    hash: `sha256:${sha256}`,
    ...(format === 'csv' && { profile: 'tabular-data-resource', encoding: 'utf-8' }),
    ...(table !== undefined && {
      schema: { fields: table.map((name) => ({ name, ...FIELDS[name] })), missingValues: [''] },
    }),
  }
}

/** Frictionless names are lower case, digits, full stops, hyphens and underscores. */
function packageName(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-')
}
