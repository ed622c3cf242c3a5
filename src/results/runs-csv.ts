/** runs.csv: the rows and columns of runs.parquet, for tools that do not read Parquet. */
import { CsvBytes } from './csv-bytes.ts'
import { csvText } from './csv-text.ts'
import type { OutputFile } from './output-file.ts'
import { RUN_COLUMNS, systemColumn } from './row-plan.ts'
import type { StudyResults } from './types.ts'

const CHUNK_BYTES = 4 * 1024 * 1024
const NEWLINE = new Uint8Array([10])

/** Writes the value of each run and series at the reporting dates. Values read back to the same doubles; an undefined one is an empty field. */
export async function writeRunsCsv(results: StudyResults, file: OutputFile): Promise<void> {
  const { catalogue, runRows } = results
  const encoder = new TextEncoder()
  const dates = runRows.dateIndices.map((index) => encoder.encode(`${catalogue.dates[index]},`))
  const system = systemColumn(results)
  const places = catalogue.keys.map((key) => {
    const { specialty, stage, dimension, group, measure } = key
    return encoder.encode(`${[system(key), specialty, stage, dimension, group, measure].map(csvText).join(',')},`)
  })
  const csv = new CsvBytes(CHUNK_BYTES + 65_536)
  csv.raw(encoder.encode(`${RUN_COLUMNS.join(',')}\n`))
  for (const { scenario, draw, replication, values } of runRows.runs) {
    const before = encoder.encode(`${csvText(scenario)},${draw},${replication},`)
    for (const [series, place] of places.entries()) {
      for (const [k, date] of dates.entries()) {
        csv.raw(before)
        csv.raw(date)
        csv.raw(place)
        csv.exact(values[series * dates.length + k])
        csv.raw(NEWLINE)
      }
      if (csv.length < CHUNK_BYTES) continue
      await file.write(csv.view())
      csv.clear()
    }
  }
  await file.write(csv.view())
}
