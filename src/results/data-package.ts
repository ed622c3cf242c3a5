/** datapackage.json (Frictionless): what the tables' columns are, for tools that read it. */
import { GAP_COLUMNS } from './equity-json.ts'
import type { FileRecord } from './output-file.ts'
import { DIFFERENCE_COLUMNS, RUN_COLUMNS, SERIES_COLUMNS } from './row-plan.ts'
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
  reason: { type: 'string', description: 'Why the index has no value; empty where it has one.' },
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
