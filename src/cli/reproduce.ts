/** `fairwait reproduce DIR`: runs the study of a results folder, or a sweep, again and compares every file. */
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
  /** SHA-256 in the manifest or data package, and of the file made now. */
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

/** What a folder holds, and how it is made again. */
interface Again {
  /** Versions that made it; of a sweep Node's is not known. */
  readonly made: { readonly version: string; readonly node: string | null }
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
  /** Makes the files anew in a folder. */
  readonly make: (out: string, workers: number, progress: ProgressLine, signal: AbortSignal) => Promise<void>
}

async function reproduce(folder: string, options: ReproduceOptions): Promise<void> {
  const start = performance.now()
  const [{ isSweep, sweepAgain }, { readEngine }] = await Promise.all([import('./sweep-reproduce.ts'), import('../results/engine.ts')])
  const here = { engine: (await readEngine()).version, node: process.version }
  // A sweep of another version is refused when its plan is read.
  const again: Again = isSweep(folder) ? { ...(await sweepAgain(folder)), made: { version: here.engine, node: null } } : await runAgain(folder)
  const note = otherMaker({ engine: again.made.version, node: again.made.node ?? here.node }, here)
  if (note !== null) process.stderr.write(`${wrapped(note).join('\n')}\n`)

  const compared = await withProgress(options.quiet === true, (progress, signal) => makeAndCompare(folder, again, options, progress, signal))
  const seconds = (performance.now() - start) / 1000
  const summary = { format: 'fairwait-reproduce', version: 1, folder, made: again.made, here: { version: here.engine, node: here.node }, files: compared }
  process.stdout.write(options.json === true ? `${jsonLine(summary)}\n` : `${lines(compared, seconds).join('\n')}\n`)
  const different = compared.filter(({ same }) => !same).map(({ file }) => file)
  if (different.length > 0) throw new UserError(someDiffer(different), EXIT_DIFFERENT)
}

/** A folder of `fairwait run`. */
async function runAgain(folder: string): Promise<Again> {
  const [{ checkFolder, folderReader, fromManifest, inFolder }, { readManifest }] = await Promise.all([
    import('./results-files.ts'),
    import('../results/read-folder.ts'),
  ])
  const read = await folderReader(folder)
  const manifest = await inFolder(folder, () => readManifest(read))
  await checkFolder(folder, manifest.outputs)
  return {
    made: { version: manifest.engine.version, node: manifest.node },
    files: manifest.outputs,
    make: (out, workers, progress, signal) => fromManifest(folder, () => makeRun(out, manifest, workers, progress, signal)),
  }
}

async function makeRun(out: string, { study, inputs }: Manifest, workers: number, progress: ProgressLine, signal: AbortSignal): Promise<void> {
  const [{ runStudy, studyTasks }, { createThreadsBackend }, { writeResults }] = await Promise.all([
    import('../experiment/run-study.ts'),
    import('../execution/threads.ts'),
    import('../results/write-results.ts'),
  ])
  const total = studyTasks(study).length
  const start = performance.now()
  const onProgress = (done: number): void => {
    const secondsEach = (performance.now() - start) / 1000 / done
    progress.show(progressLine(done, total, secondsEach * (total - done)))
  }
  const results = await runStudy(study, createThreadsBackend({ workers: Math.min(workers, total) }), { onProgress, signal })
  progress.show(WRITING_LINE)
  await writeResults(results, out, inputs)
}

async function makeAndCompare(
  folder: string,
  { files, make }: Again,
  { workers = availableParallelism() }: ReproduceOptions,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<Compared[]> {
  const aside = await mkdtemp(join(tmpdir(), 'fairwait-reproduce-'))
  try {
    await make(join(aside, 'results'), workers, progress, signal)
    signal.throwIfAborted()
    progress.show(COMPARING_LINE)
    const compared: Compared[] = []
    for (const { path, sha256 } of files) compared.push(await compare(path, sha256, folder, join(aside, 'results')))
    return compared
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** @param before SHA-256 in the manifest, or in a sweep's data package */
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
