/**
 * Makes `reference.json` from its published sources:
 *
 *     node src/baseline/reference/build.ts FOLDER
 *
 * FOLDER holds the five source files named below. Run again only when a source is renewed.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { compactJson } from '../compact-json.ts'
import { AGE_BANDS, residentsByAge, useRates } from './combine.ts'
import type { Reference, ReferenceArea, ReferenceSource, UseRates } from './reference.ts'

type Row = Readonly<Record<string, string>>

const FILES = {
  names: 'icb-names-regions.csv',
  totals: 'icb24-population-by-imd2025-quintile.csv',
  ageMix: 'icb22-population-by-imd2019-quintile-age.csv',
  outpatient: 'hes-2011-12-outpatient-by-age-imd.csv',
  elective: 'hes-2011-12-elective-by-age-sex-imd.csv',
} as const

const PUBLISHED: Readonly<Record<keyof typeof FILES, Omit<ReferenceSource, 'file' | 'sha256'>>> = {
  names: { title: 'Integrated care boards and NHS England regions', publisher: 'NHS England', supports: 'areas' },
  totals: { title: 'Residents (Census 2021) by ICB and IMD 2025 quintile', publisher: 'ONS and MHCLG', supports: 'areas' },
  ageMix: {
    title: 'Residents (mid-2020) by ICB, IMD 2019 quintile and age band',
    publisher: 'ONS and MHCLG',
    supports: 'areas',
  },
  outpatient: {
    title: 'Outpatient appointments by age and IMD quintile, Hospital Episode Statistics 2011/12',
    publisher: 'Asaria, PSSRU Unit Costs of Health and Social Care 2017',
    supports: 'outpatientRate',
  },
  elective: {
    title: 'Elective admissions by age, sex and IMD quintile, Hospital Episode Statistics 2011/12',
    publisher: 'Asaria, PSSRU Unit Costs of Health and Social Care 2017',
    supports: 'electiveRate',
  },
}

function readRows(folder: string, file: string): Row[] {
  return parse(readFileSync(join(folder, file)), { columns: true, bom: true })
}

function sources(folder: string): ReferenceSource[] {
  return Object.entries(FILES).map(([key, file]) => ({
    ...PUBLISHED[key as keyof typeof FILES],
    file,
    sha256: createHash('sha256').update(readFileSync(join(folder, file))).digest('hex'),
  }))
}

function ratesOf(rows: readonly Row[]): UseRates {
  const use = rows.map((row) => ({
    age: Number(row['AGE']),
    quintile: Number(row['IMD_QUINTILE']),
    population: Number(row['POPULATION']),
    events: Number(row['N']),
  }))
  return useRates(use).map((line) => line.map((rate) => Number(rate.toFixed(5))))
}

/** `NHS Cheshire and Merseyside Integrated Care Board` → `Cheshire and Merseyside`. */
function shortName(name: string): string {
  return name.replace(/^NHS /, '').replace(/ Integrated Care Board$/, '')
}

function areasOf(folder: string): Record<string, ReferenceArea> {
  const regions = new Map(readRows(folder, FILES.names).map((row) => [row['area'], row['region']]))
  const ageMix = new Map<string, number[][]>()
  for (const row of readRows(folder, FILES.ageMix)) {
    const mix = ageMix.get(row['icb']) ?? Array.from({ length: 5 }, () => AGE_BANDS.map(() => 0))
    mix[Number(row['imd2019_quintile']) - 1][(AGE_BANDS as readonly string[]).indexOf(row['age_band'])] = Number(row['pop'])
    ageMix.set(row['icb'], mix)
  }
  const areas: Record<string, ReferenceArea> = {}
  for (const row of readRows(folder, FILES.totals).toSorted((a, b) => (a['icb'] < b['icb'] ? -1 : 1))) {
    const code = row['icb']
    const mix = ageMix.get(code)
    const region = regions.get(code)
    if (mix === undefined || region === undefined) throw new Error(`${code} is not in all three area files`)
    const totals = [1, 2, 3, 4, 5].map((quintile) => Number(row[`q${quintile}`]))
    areas[code] = { name: shortName(row['icb24_name']), region, populationByAge: residentsByAge(totals, mix) }
  }
  return areas
}

/** Reads the sources from a folder and computes the reference table. Throws where an ICB is not in every file. */
export function buildReference(folder: string): Reference {
  return {
    licence: 'Contains public sector information licensed under the Open Government Licence v3.0.',
    method: [
      'Residents by quintile are of Census 2021 by the Index of Multiple Deprivation 2025; ' +
        "each quintile is spread over age bands as the ICB's quintile of the same rank was in mid-2020 by the 2019 index.",
      'Rates of use are events divided by people over the ages of each band, England, 2011/12.',
    ],
    sources: sources(folder),
    ageBands: AGE_BANDS,
    outpatientRate: ratesOf(readRows(folder, FILES.outpatient)),
    electiveRate: ratesOf(readRows(folder, FILES.elective)),
    areas: areasOf(folder),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = fileURLToPath(new URL('reference.json', import.meta.url))
  writeFileSync(target, compactJson(buildReference(process.argv[2])))
  process.stderr.write(`wrote ${target}\n`)
}
