/** `fairwait report DIR`: the report of a results folder, made again from its other files. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Command } from 'commander'
import { InputError } from '../errors.ts'
import type { Manifest, ManifestFile } from '../results/read-folder.ts'
import { folderProblems, REPORT, reportMade } from './results-messages.ts'
import { jsonLine } from './terminal.ts'

const REPORT_FILE = 'report.html'
const PACKAGE_FILE = 'datapackage.json'

/** Adds `report` to the program. */
export function register(program: Command): void {
  program
    .command('report')
    .summary(REPORT.summary)
    .description(REPORT.description)
    .argument('<dir>', REPORT.folder)
    .option('--json', REPORT.json)
    .action(report)
}

async function report(folder: string, options: { readonly json?: true }): Promise<void> {
  const [{ folderReader, fromManifest, inFolder }, { readManifest, readResults }, { renderReport }, { writeFiles }, { cannotWriteReport }] = await Promise.all([
    import('./results-files.ts'),
    import('../results/read-folder.ts'),
    import('../report/render-report.ts'),
    import('./write-files.ts'),
    import('../results/messages.ts'),
  ])
  const read = await folderReader(folder)
  const text = await fromManifest(folder, () => inFolder(folder, async () => renderReport(await readResults(read))))
  const manifest = await inFolder(folder, () => readManifest(read))
  const made = recordOf(REPORT_FILE, text)
  const isSame = manifest.outputs.some(({ path, sha256 }) => path === REPORT_FILE && sha256 === made.sha256)
  const dataPackage = await inFolder(folder, async () => packageWith(await readDataPackage(read), made))
  await writeFiles(folder, {
    [REPORT_FILE]: text,
    [PACKAGE_FILE]: dataPackage,
    'manifest.json': manifestWith(manifest, [made, recordOf(PACKAGE_FILE, dataPackage)]),
  }, cannotWriteReport)
  const path = join(folder, REPORT_FILE)
  const summary = { format: 'fairwait-report', version: 1, report: path, sha256: made.sha256, same: isSame }
  process.stdout.write(options.json === true ? `${jsonLine(summary)}\n` : `${reportMade(path, isSame)}\n`)
}

function recordOf(path: string, text: string): ManifestFile {
  const bytes = Buffer.from(text, 'utf8')
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** The manifest with other records of some files, in the form in which it was written. */
function manifestWith(manifest: Manifest, records: readonly ManifestFile[]): string {
  const outputs = manifest.outputs.map((output) => records.find(({ path }) => path === output.path) ?? output)
  return `${JSON.stringify({ ...manifest, outputs }, null, 1)}\n`
}

/** What the report needs of a data package; the rest is kept as it is. */
interface DataPackage {
  readonly resources: readonly ({ readonly path?: unknown } | null)[]
}

/** @throws InputError where the folder has none, or it is no data package */
async function readDataPackage(read: (name: string) => Promise<Uint8Array>): Promise<DataPackage> {
  const bytes = await read(PACKAGE_FILE).catch(() => {
    throw new InputError({ file: PACKAGE_FILE, message: folderProblems.missing })
  })
  const data = jsonIn(new TextDecoder().decode(bytes)) as Partial<DataPackage> | null
  if (!Array.isArray(data?.resources)) throw new InputError({ file: PACKAGE_FILE, message: folderProblems.noDataPackage })
  return data as DataPackage
}

/** Null where it is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The data package with another record of a file. */
function packageWith(descriptor: DataPackage, { path, bytes, sha256 }: ManifestFile): string {
  const resources = descriptor.resources.map((resource) => (resource?.path === path ? { ...resource, bytes, hash: `sha256:${sha256}` } : resource))
  return `${JSON.stringify({ ...descriptor, resources }, null, 2)}\n`
}
