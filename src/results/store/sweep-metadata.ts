/** What a collected sweep's files are, for tools that read it: datapackage.json (Frictionless) and RO-Crate. */
import type { FileRecord } from '../output-file.ts'
import { roCrateJson } from '../ro-crate.ts'
import type { TidyColumn } from './tidy-parquet.ts'

/** What the metadata say of a sweep. */
export interface SweepDescription {
  readonly name: string
  readonly title: string
  /** Name and version, e.g. `fairwait-0.1.0`. */
  readonly engine: string
  /** ISO date. */
  readonly made: string
  /** Study and design that it was made from. */
  readonly inputs: readonly { readonly path: string; readonly sha256: string }[]
}

/** Columns of each table, by file name. */
export type TableColumns = Readonly<Record<string, readonly TidyColumn[]>>

const MEANING: Readonly<Record<string, string>> = {
  run: 'Identity of the run: 32 hex digits of a SHA-256 of engine, inputs, draw and replication.',
  point: 'Design point, from 0; points.csv says what its factors are.',
  scenario: 'Scenario id.',
  draw: 'Sample of the uncertain parameters, from 0; without draws, 0 takes each at its mean.',
  replication: 'Random run, from 0.',
  date: 'Day of the census, ISO date.',
  system: 'Code of the health system.',
  specialty: 'Treatment function code, or all.',
  stage: 'all, first-appointment or admission.',
  dimension: 'all, or the dimension that the group belongs to.',
  group: 'all, a group (deprivation: 1 is the most deprived), or gap for an index across groups.',
  measure: 'Measure id; for a gap, index:measure.',
  value: 'Value in the run, in the unit of the measure: shares from 0 to 1, waits in weeks, money in pounds.',
  n: 'Runs in which the measure was defined.',
  mean: 'Mean, in the unit of the measure; with draws, of the means of draws.',
  sd: 'Standard deviation over runs (n - 1).',
  lower: 'Lower 95% confidence limit of the mean (Student t); over draws where there are several.',
  upper: 'Upper 95% confidence limit of the mean.',
  difference: 'Mean paired difference from the reference, run by run with the same random numbers.',
  difference_sd: 'Standard deviation of the paired differences.',
  difference_lower: 'Lower 95% confidence limit of the difference.',
  difference_upper: 'Upper 95% confidence limit of the difference.',
  variance_reduction: 'Variance of an unpaired difference divided by that of the paired one.',
  variance_parameters: 'Variance by uncertain parameters: unbiased, so that it can be below 0.',
  variance_random: 'Variance by chance within draws: unbiased.',
  difference_variance_parameters: 'The same for the paired difference.',
  difference_variance_random: 'The same for the paired difference.',
  replications: 'Replications run of each scenario and draw.',
  outcome: 'complete, incomplete or refused; under a stopping rule precise or cap.',
}

const TYPES = { text: 'string', integer: 'integer', number: 'number' } as const

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  parquet: 'application/vnd.apache.parquet',
}

const LICENCE = {
  name: 'OGL-UK-3.0',
  title: 'Open Government Licence v3.0',
  path: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
}

const formatOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** Frictionless names are lower case, digits, full stops, hyphens and underscores. */
const packageName = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-')

/** datapackage.json. */
export function sweepPackageJson(sweep: SweepDescription, files: readonly FileRecord[], tables: TableColumns): string {
  return jsonText({
    profile: 'data-package',
    name: packageName(sweep.name),
    title: sweep.title,
    licenses: [LICENCE],
    resources: files.map(({ path, bytes, sha256 }) => ({
      name: packageName(path),
      path,
      format: formatOf(path),
      mediatype: MEDIA_TYPES[formatOf(path)],
      bytes,
      hash: `sha256:${sha256}`,
      ...(path.endsWith('.csv') && { profile: 'tabular-data-resource', encoding: 'utf-8' }),
      ...(tables[path] !== undefined && { schema: { fields: tables[path].map(field), missingValues: [''] } }),
    })),
  })
}

function field({ name, kind }: TidyColumn): object {
  const type = name === 'date' ? 'date' : TYPES[kind]
  return { name, type: name in MEANING ? type : 'any', description: MEANING[name] ?? 'Value of the factor; empty where the study is left as it is.' }
}

/** The crate of a sweep: its tables, its design, what ran it. */
export function sweepCrateJson({ name, title, engine, made, inputs }: SweepDescription, files: readonly FileRecord[]): string {
  const dash = engine.lastIndexOf('-')
  return roCrateJson({
    title,
    description: `Runs and summary of the Fairwait sweep ${name}.`,
    engine: { name: engine.slice(0, dash), version: engine.slice(dash + 1) },
    made,
    inputs,
    action: { id: '#sweep', name: 'Simulation of every run of the design' },
    files,
  })
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
