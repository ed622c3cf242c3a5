/** `fairwait report DIR`: the report of a results folder, made again from its other files. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { Manifest, ManifestFile } from '../results/read-folder.ts'
import { REPORT, reportMade } from './results-messages.ts'
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
  const [{ folderReader, inFolder }, { readManifest, readResults }, { renderReport }, { writeFiles }] = await Promise.all([
    import('./results-files.ts'),
    import('../results/read-folder.ts'),
    import('../report/render-report.ts'),
    import('./write-files.ts'),
  ])
  const read = await folderReader(folder)
  const text = await inFolder(folder, async () => renderReport(await readResults(read)))
  const manifest = await inFolder(folder, () => readManifest(read))
  const made = recordOf(REPORT_FILE, text)
  const isSame = manifest.outputs.some(({ path, sha256 }) => path === REPORT_FILE && sha256 === made.sha256)
  const dataPackage = packageWith(new TextDecoder().decode(await read(PACKAGE_FILE)), made)
  await writeFiles(folder, {
    [REPORT_FILE]: text,
    [PACKAGE_FILE]: dataPackage,
    'manifest.json': manifestWith(manifest, [made, recordOf(PACKAGE_FILE, dataPackage)]),
  })
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

/** The data package with another record of a file. */
function packageWith(text: string, { path, bytes, sha256 }: ManifestFile): string {
  const descriptor = JSON.parse(text) as { readonly resources: readonly { readonly path: string }[] }
  const resources = descriptor.resources.map((resource) => (resource.path === path ? { ...resource, bytes, hash: `sha256:${sha256}` } : resource))
  return `${JSON.stringify({ ...descriptor, resources }, null, 2)}\n`
}
