/** Files of a finished run: the bytes that the command line writes for the same study, by the same writers. */
import type { Engine as Made } from '../../results/engine.ts'
import { fileBytes } from '../../results/file-bytes.ts'
import { withoutSmallNumbers } from '../../results/small-numbers.ts'
import type { StudyResults } from '../../results/types.ts'
import type { StudyFile } from '../../scenario/schema.ts'
import type { ExportedFile, ExportKind } from '../contract.ts'
import { studyYaml } from './study-reading.ts'

const MEDIA_TYPES: Readonly<Record<ExportKind, string>> = {
  'series.csv': 'text/csv',
  'runs.csv': 'text/csv',
  'summary.json': 'application/json',
  'workbook.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'report.html': 'text/html',
  'results.zip': 'application/zip',
  'study.yaml': 'application/yaml',
}

/** The study itself. */
export async function studyExport(file: StudyFile): Promise<ExportedFile> {
  return exported(`${file.name}.yaml`, 'study.yaml', new TextEncoder().encode(await studyYaml(file)))
}

/** @param file the study as the page has it, for the archive */
export async function exportedFile(kind: Exclude<ExportKind, 'study.yaml'>, results: StudyResults, file: StudyFile, made: Made): Promise<ExportedFile> {
  return exported(`${file.name}-${kind}`, kind, await bytesOf(kind, withoutSmallNumbers(results), file, made))
}

function exported(name: string, kind: ExportKind, bytes: Uint8Array): ExportedFile {
  return { name, mediaType: MEDIA_TYPES[kind], bytes }
}

async function bytesOf(kind: Exclude<ExportKind, 'study.yaml'>, results: StudyResults, file: StudyFile, made: Made): Promise<Uint8Array> {
  switch (kind) {
    case 'series.csv': {
      const { writeSeriesCsv } = await import('../../results/series-csv.ts')
      return fileBytes((out) => writeSeriesCsv(results, out))
    }
    case 'runs.csv': {
      const { writeRunsCsv } = await import('../../results/runs-csv.ts')
      return fileBytes((out) => writeRunsCsv(results, out))
    }
    case 'summary.json': {
      const { writeSummaryJson } = await import('../../results/summary-json.ts')
      return fileBytes((out) => writeSummaryJson(results, out))
    }
    case 'workbook.xlsx': {
      const { workbookFile } = await import('../../results/workbook.ts')
      return workbookFile(results)
    }
    case 'report.html': {
      const { renderReport } = await import('../../report/render-report.ts')
      return new TextEncoder().encode(await renderReport(results, { engine: made }))
    }
    case 'results.zip': {
      const { resultsZip } = await import('./results-zip.ts')
      return resultsZip(results, file, made)
    }
  }
}
