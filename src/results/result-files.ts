/**
 * The files of a results folder that depend on results alone: the same bytes for equal results, on disk or in a page.
 * What describes them (data package, manifest) is made from them.
 */
import type { Decomposition } from '../experiment/decompose/types.ts'
import type { Engine } from './engine.ts'
import { equityJson, equityOf, gapsCsv, gapsJson, gapsOf } from './equity-json.ts'
import { moneyCsv, moneyOutcomesCsv } from './money-csv.ts'
import { moneyJson } from './money-json.ts'
import { tradeOffsOf } from './money-out.ts'
import type { OutputFile } from './output-file.ts'
import { writeSeriesCsv } from './series-csv.ts'
import { writeSummaryJson } from './summary-json.ts'
import { tradeOffCsv, tradeOffJson } from './tradeoff.ts'
import type { StudyResults } from './types.ts'
import { workbookFile } from './workbook.ts'

/** A file to be made. */
export interface ResultFile {
  readonly name: string
  readonly fill: (file: OutputFile) => Promise<void>
}

/**
 * In the order in which they are written. Loads the libraries for tables and charts.
 * @param results with small numbers hidden
 * @param engine named in the report
 * @param decomposition shown in the report; null where there is none
 */
export async function resultFiles(results: StudyResults, engine: Engine, decomposition: Decomposition | null): Promise<ResultFile[]> {
  const { writeDifferencesParquet, writeRunsParquet, writeSeriesParquet } = await import('./parquet.ts')
  const { renderReport } = await import('../report/render-report.ts')
  const gaps = gapsOf(results)
  const tradeOffs = tradeOffsOf(results)
  return [
    { name: 'summary.json', fill: (file) => writeSummaryJson(results, file) },
    { name: 'series.csv', fill: (file) => writeSeriesCsv(results, file) },
    { name: 'series.parquet', fill: (file) => writeSeriesParquet(results, file) },
    { name: 'differences.parquet', fill: (file) => writeDifferencesParquet(results, file) },
    { name: 'runs.parquet', fill: (file) => writeRunsParquet(results, file) },
    text('equity.json', () => equityJson(equityOf(results))),
    text('gaps.json', () => gapsJson(gaps)),
    text('gaps.csv', () => gapsCsv(gaps)),
    text('money.json', () => moneyJson(results)),
    text('money.csv', () => moneyCsv(results)),
    text('money-outcomes.csv', () => moneyOutcomesCsv(results)),
    text('tradeoff.json', () => tradeOffJson(tradeOffs)),
    text('tradeoff.csv', () => tradeOffCsv(tradeOffs)),
    { name: 'workbook.xlsx', fill: async (file) => file.write(await workbookFile(results)) },
    { name: 'report.html', fill: async (file) => file.write(encode(await renderReport(results, { engine, decomposition }))) },
  ]
}

function text(name: string, make: () => string): ResultFile {
  return { name, fill: (file) => file.write(encode(make())) }
}

function encode(content: string): Uint8Array {
  return new TextEncoder().encode(content)
}
