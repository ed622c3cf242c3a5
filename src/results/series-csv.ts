/** series.csv: every series at every week, streamed. */
import { confidenceInterval } from '../measures/interval.ts'
import { CsvBytes } from './csv-bytes.ts'
import { csvText } from './csv-text.ts'
import type { OutputFile } from './output-file.ts'
import { seriesRows, SERIES_COLUMNS, spreadOf, systemColumn, type SeriesRows } from './row-plan.ts'
import type { StudyResults } from './types.ts'

const CHUNK_BYTES = 4 * 1024 * 1024
const NEWLINE = new Uint8Array([10])

/**
 * Writes the header and the rows of {@link seriesRows}. `mean` reads back to the same double; `sd`, `lower` and
 * `upper` have six significant digits; an undefined number is an empty field.
 */
export async function writeSeriesCsv(results: StudyResults, file: OutputFile): Promise<void> {
  const encoder = new TextEncoder()
  const dates = results.catalogue.dates.map((date) => encoder.encode(`${date},`))
  const system = systemColumn(results)
  const csv = new CsvBytes(CHUNK_BYTES + 65_536)
  csv.raw(encoder.encode(`${SERIES_COLUMNS.join(',')}\n`))
  for (const rows of seriesRows(results)) {
    const { specialty, stage, dimension, group, measure } = rows.key
    const before = encoder.encode(`${csvText(rows.scenario.id)},`)
    const after = encoder.encode(`${[system(rows.key), specialty, stage, dimension, group, measure].map(csvText).join(',')},`)
    appendRows(csv, rows, dates, before, after)
    if (csv.length < CHUNK_BYTES) continue
    await file.write(csv.view())
    csv.clear()
  }
  await file.write(csv.view())
}

function appendRows(
  csv: CsvBytes,
  rows: SeriesRows,
  dates: readonly Uint8Array[],
  before: Uint8Array,
  after: Uint8Array,
): void {
  const { mean, sd, n } = rows.scenario
  for (const index of rows.dateIndices) {
    const at = rows.offset + index
    csv.raw(before)
    csv.raw(dates[index])
    csv.raw(after)
    csv.exact(mean[at])
    csv.comma()
    csv.rounded(spreadOf(rows.scenario, at))
    csv.comma()
    const { lower, upper } = confidenceInterval(mean[at], sd[at], n[at])
    csv.rounded(lower)
    csv.comma()
    csv.rounded(upper)
    csv.comma()
    csv.exact(n[at])
    csv.raw(NEWLINE)
  }
}
