/**
 * Writes a finished study: every file of a results folder, all of them or none.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Decomposition } from '../experiment/decompose/types.ts'
import { dataPackageJson } from './data-package.ts'
import { equityJson, equityOf, gapsCsv, gapsJson, gapsOf } from './equity-json.ts'
import { readEngine } from './engine.ts'
import { GENERATOR } from './generator.ts'
import { moneyCsv, moneyOutcomesCsv } from './money-csv.ts'
import { moneyJson } from './money-json.ts'
import { tradeOffsOf } from './money-out.ts'
import { writeOutputFile, writeTextFile, type FileRecord } from './output-file.ts'
import { RESULT_FILES, replaceResults } from './results-folder.ts'
import { writeSeriesCsv } from './series-csv.ts'
import { writeSummaryJson } from './summary-json.ts'
import { withoutSmallNumbers } from './small-numbers.ts'
import { tradeOffCsv, tradeOffJson } from './tradeoff.ts'
import type { StudyResults } from './types.ts'
import { workbookFile } from './workbook.ts'

/** A file that the study was made from, as the user named it. */
export interface InputRecord {
  readonly path: string
  readonly sha256: string
}

/**
 * Writes the files of `RESULT_FILES`. They are made aside and put in place together; other files in the folder are
 * left alone. All but the manifest (which holds timings) and the data package are the same bytes for equal results; the
 * report also shows a decomposition that stands in the folder.
 * @param outDir folder that receives the files; made if missing
 * @param inputs the study file and what it reads
 * @returns names of the files written
 * @throws UserError where the folder cannot be written: a full or read-only disk, a file in its place
 */
export async function writeResults(
  results: StudyResults,
  outDir: string,
  inputs: readonly InputRecord[],
): Promise<{ files: string[] }> {
  const decomposition = await decompositionIn(outDir)
  await replaceResults(outDir, (stage) => writeAll(withoutSmallNumbers(results), stage, inputs, decomposition))
  return { files: [...RESULT_FILES] }
}

/** What `fairwait decompose` left in the folder, for the report; null where it left nothing. */
async function decompositionIn(outDir: string): Promise<Decomposition | null> {
  const text = await readFile(join(outDir, 'decomposition.json'), 'utf8').catch(() => null)
  return text === null ? null : (await import('../report/decomposition.ts')).readDecomposition(text)
}

async function writeAll(
  results: StudyResults,
  stage: string,
  inputs: readonly InputRecord[],
  decomposition: Decomposition | null,
): Promise<void> {
  // Both load heavy libraries.
  const { writeDifferencesParquet, writeRunsParquet, writeSeriesParquet } = await import('./parquet.ts')
  const { renderReport } = await import('../report/render-report.ts')
  const gaps = gapsOf(results)
  const files = [
    await writeOutputFile(stage, 'summary.json', (file) => writeSummaryJson(results, file)),
    await writeOutputFile(stage, 'series.csv', (file) => writeSeriesCsv(results, file)),
    await writeOutputFile(stage, 'series.parquet', (file) => writeSeriesParquet(results, file)),
    await writeOutputFile(stage, 'differences.parquet', (file) => writeDifferencesParquet(results, file)),
    await writeOutputFile(stage, 'runs.parquet', (file) => writeRunsParquet(results, file)),
    await writeTextFile(stage, 'equity.json', equityJson(equityOf(results))),
    await writeTextFile(stage, 'gaps.json', gapsJson(gaps)),
    await writeTextFile(stage, 'gaps.csv', gapsCsv(gaps)),
    await writeTextFile(stage, 'money.json', moneyJson(results)),
    await writeTextFile(stage, 'money.csv', moneyCsv(results)),
    await writeTextFile(stage, 'money-outcomes.csv', moneyOutcomesCsv(results)),
    await writeTextFile(stage, 'tradeoff.json', tradeOffJson(tradeOffsOf(results))),
    await writeTextFile(stage, 'tradeoff.csv', tradeOffCsv(tradeOffsOf(results))),
    await writeOutputFile(stage, 'workbook.xlsx', async (file) => file.write(await workbookFile(results))),
    await writeTextFile(stage, 'report.html', await renderReport(results, { decomposition })),
  ]
  files.push(await writeTextFile(stage, 'datapackage.json', dataPackageJson(results, files)))
  await writeTextFile(stage, 'manifest.json', await manifestJson(results, inputs, files))
}

async function manifestJson(
  results: StudyResults,
  inputs: readonly InputRecord[],
  outputs: readonly FileRecord[],
): Promise<string> {
  const { study, catalogue, performance } = results
  const manifest = {
    format: 'fairwait-manifest',
    schemaVersion: 1,
    engine: await readEngine(),
    node: process.version,
    generator: GENERATOR,
    seed: study.seed,
    study,
    // What the tables do not hold of the catalogue; `readResults` takes the names of series from them.
    catalogue: { dimensions: catalogue.dimensions, dates: catalogue.dates, series: catalogue.keys.length },
    inputs,
    outputs,
    performance,
  }
  return `${JSON.stringify(manifest, null, 1)}\n`
}
