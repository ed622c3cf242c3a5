/** `fairwait reproduce DIR`: runs the study of a results folder again and compares every file. */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { UserError } from '../errors.ts'
import type { Manifest } from '../results/read-folder.ts'
import { wholeNumber } from './option-readers.ts'
import { withProgress } from './interrupt.ts'
import { duration, progressLine, WRITING_LINE } from './messages.ts'
import { allSame, COMPARING_LINE, DIFFERENT, otherMaker, REPRODUCE, SAME, someDiffer } from './results-messages.ts'
import { jsonLine, styleFor, tableLines, wrapped, type ProgressLine } from './terminal.ts'

const EXIT_DIFFERENT = 4

interface ReproduceOptions {
  readonly workers?: number
  readonly json?: true
  readonly quiet?: true
}

/** A file, then and now. */
interface Compared {
  readonly file: string
  readonly same: boolean
  /** SHA-256 in the manifest, and of the file made now. */
  readonly before: string
  readonly after: string | null
  /** Where they part, in words; null where they do not, or the file was not made. */
  readonly firstDifference: string | null
}

/** Adds `reproduce` to the program. */
export function register(program: Command): void {
  program
    .command('reproduce')
    .summary(REPRODUCE.summary)
    .description(REPRODUCE.description)
    .argument('<dir>', REPRODUCE.folder)
    .option('--workers <n>', REPRODUCE.workers, wholeNumber(1, 1024))
    .option('--json', REPRODUCE.json)
    .option('--quiet', REPRODUCE.quiet)
    .action(reproduce)
}

async function reproduce(folder: string, options: ReproduceOptions): Promise<void> {
  const start = performance.now()
  const [{ checkFolder, folderReader, fromManifest, inFolder }, { readManifest }, { readEngine }] = await Promise.all([
    import('./results-files.ts'),
    import('../results/read-folder.ts'),
    import('../results/engine.ts'),
  ])
  const read = await folderReader(folder)
  const manifest = await inFolder(folder, () => readManifest(read))
  await checkFolder(folder, manifest.outputs)
  const here = { engine: (await readEngine()).version, node: process.version }
  const note = otherMaker({ engine: manifest.engine.version, node: manifest.node }, here)
  if (note !== null) process.stderr.write(`${wrapped(note).join('\n')}\n`)

  const compared = await withProgress(options.quiet === true, (progress, signal) =>
    fromManifest(folder, () => runAndCompare(folder, manifest, options, progress, signal)))
  const seconds = (performance.now() - start) / 1000
  const made = { version: manifest.engine.version, node: manifest.node }
  const summary = { format: 'fairwait-reproduce', version: 1, folder, made, here: { version: here.engine, node: here.node }, files: compared }
  process.stdout.write(options.json === true ? `${jsonLine(summary)}\n` : `${lines(compared, seconds).join('\n')}\n`)
  const different = compared.filter(({ same }) => !same).map(({ file }) => file)
  if (different.length > 0) throw new UserError(someDiffer(different), EXIT_DIFFERENT)
}

async function runAndCompare(
  folder: string,
  manifest: Manifest,
  { workers = availableParallelism() }: ReproduceOptions,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<Compared[]> {
  const [{ runStudy, studyTasks }, { createThreadsBackend }, { writeResults }] = await Promise.all([
    import('../experiment/run-study.ts'),
    import('../execution/threads.ts'),
    import('../results/write-results.ts'),
  ])
  const { study, inputs, outputs } = manifest
  const total = studyTasks(study).length
  const start = performance.now()
  const onProgress = (done: number): void => {
    const secondsEach = (performance.now() - start) / 1000 / done
    progress.show(progressLine(done, total, secondsEach * (total - done)))
  }
  const results = await runStudy(study, createThreadsBackend({ workers: Math.min(workers, total) }), { onProgress, signal })
  const aside = await mkdtemp(join(tmpdir(), 'fairwait-reproduce-'))
  try {
    progress.show(WRITING_LINE)
    await writeResults(results, join(aside, 'results'), inputs)
    signal.throwIfAborted()
    progress.show(COMPARING_LINE)
    const compared: Compared[] = []
    for (const { path, sha256 } of outputs) compared.push(await compare(path, sha256, folder, join(aside, 'results')))
    return compared
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** @param before SHA-256 in the manifest */
async function compare(file: string, before: string, folder: string, made: string): Promise<Compared> {
  const { firstDifference, hashOf } = await import('./results-files.ts')
  const after = await hashOf(join(made, file))
  const same = before === after
  const where = same || after === null ? null : await firstDifference(file, join(folder, file), join(made, file))
  return { file, same, before, after, firstDifference: where }
}

function lines(compared: readonly Compared[], seconds: number): string[] {
  const style = styleFor(process.stdout, process.env)
  const rows = tableLines(compared.map(({ file, same }) => [file, same ? SAME : DIFFERENT]))
  const told = compared.flatMap(({ file, firstDifference }, index) =>
    firstDifference === null ? [rows[index]] : [rows[index], ...`  ${file}: ${firstDifference}`.split('\n')],
  )
  const all = compared.every(({ same }) => same) ? ['', style.bold(allSame(compared.length, duration(seconds)))] : []
  return [...told, ...all]
}
