/** Commands that take a results folder or a study, fuzzed whole: report, reproduce, migrate, decompose. */
import { createHash } from 'node:crypto'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parseDocument } from 'yaml'
import { readManifest } from '../../src/results/read-folder.ts'
import { studySize } from '../../src/scenario/size.ts'
import { AHEAD_WITH_CAPACITY, twoGroupStudy } from '../two-group-study.ts'
import { damagedBytes, damagedValues, HOSTILE_TEXTS } from './mutate.ts'
import { target, type FuzzTarget } from './targets.ts'

/** Runs a command and requires an orderly end. */
type Orderly = (args: readonly string[]) => Promise<void>

/** A file of a folder and what it holds instead. */
interface DamagedFile {
  readonly file: string
  readonly bytes: Uint8Array
}

const STUDY = twoGroupStudy({ clockStartsPerWeek: [6, 8], replications: 1, rest: AHEAD_WITH_CAPACITY })
/** Sizes above these take longer than a case may. */
const RUNNABLE = { steps: 60, runs: 8, pathwaysPerRun: 50_000, kernelBytes: 100_000_000 } as const

/** The targets. @param results a folder that "fairwait run" wrote */
export function folderTargets(folder: string, results: string, orderly: Orderly): FuzzTarget[] {
  const at = (name: string): string => join(folder, name)
  const original = (file: string): Uint8Array => new Uint8Array(readFileSync(join(results, file)))
  /** A copy of the folder with one file changed; its manifest tells the new hash, so that the change is met and not the hash. */
  const withFile = ({ file, bytes }: DamagedFile): string => {
    rmSync(at('changed'), { recursive: true, force: true })
    cpSync(results, at('changed'), { recursive: true })
    writeFileSync(join(at('changed'), file), bytes)
    if (file !== 'manifest.json') writeFileSync(join(at('changed'), 'manifest.json'), vouchedFor(Buffer.from(original('manifest.json')).toString(), file, bytes))
    return at('changed')
  }
  const manifest = (data: unknown): DamagedFile => ({ file: 'manifest.json', bytes: new TextEncoder().encode(JSON.stringify(data)) })
  const json = (file: string): unknown => JSON.parse(new TextDecoder().decode(original(file)))
  const jsonDamaged = (file: string): fc.Arbitrary<DamagedFile> => damagedValues([json(file)]).map((data) => ({ file, bytes: new TextEncoder().encode(JSON.stringify(data)) }))
  const bytesDamaged = (file: string): fc.Arbitrary<DamagedFile> => damagedBytes([original(file)]).map((bytes) => ({ file, bytes }))
  const study = parseDocument(STUDY).toJS() as unknown
  writeFileSync(at('question.yaml'), STUDY)
  return [
    target('report, a changed file', 1, [{ file: 'datapackage.json', bytes: original('datapackage.json') }],
      fc.oneof(...['manifest.json', 'summary.json', 'datapackage.json'].map(jsonDamaged), ...['datapackage.json', 'series.parquet', 'runs.parquet', 'differences.parquet'].map(bytesDamaged)),
      (damaged) => orderly(['report', withFile(damaged)])),
    target('reproduce, a changed manifest', 1, [json('manifest.json')], damagedValues([json('manifest.json')]), async (data) => {
      if (await isRunnable(data)) await orderly(['reproduce', withFile(manifest(data)), '--workers', '1', '--quiet'])
    }),
    target('migrate, a study', 3, [{ text: new TextEncoder().encode(STUDY), version: '1' }],
      fc.record({ text: damagedBytes([new TextEncoder().encode(STUDY)]), version: fc.constantFrom('1', '1', '0', '2', ...HOSTILE_TEXTS) }),
      async ({ text, version }) => {
        const changed = Buffer.from(text).toString('latin1').replace('schemaVersion: 1', `schemaVersion: ${version}`)
        writeFileSync(at('old.yaml'), Buffer.from(changed, 'latin1'))
        rmSync(at('new.yaml'), { force: true })
        await orderly(['migrate', at('old.yaml'), '--out', at('new.yaml')])
      }),
    target('migrate, a results folder', 2, [json('manifest.json')], damagedValues([json('manifest.json')]), (data) => orderly(['migrate', withFile(manifest(data)), '--json'])),
    target('decompose, a study', 1, [study], damagedValues([study]), async (data) => {
      const text = JSON.stringify(data)
      if (text.length > STUDY.length * 4 || /\d{5,}|e[+-]?\d/.test(text.replaceAll('250000', '').replaceAll('5000', ''))) return
      writeFileSync(at('decomposed.yaml'), text)
      await orderly(['decompose', at('decomposed.yaml'), '--scenario', 'ahead', '--weeks', '4', '--replications', '1', '--max-runs', '40', '--workers', '1', '--quiet'])
    }),
    target('decompose, its options', 1, [['--measure', 'waiting']], questions, (options) =>
      orderly(['decompose', at('question.yaml'), ...options, '--weeks', '4', '--replications', '1', '--workers', '1', '--quiet'])),
  ]

  /** Whether a study of a manifest, where it is one, is small enough for a case. */
  async function isRunnable(data: unknown): Promise<boolean> {
    const read = await readManifest(() => Promise.resolve(manifest(data).bytes)).catch(() => null)
    if (read === null) return true
    try {
      const size = studySize(read.study)
      return (Object.keys(RUNNABLE) as (keyof typeof RUNNABLE)[]).every((key) => size[key] <= RUNNABLE[key])
    } catch {
      return true
    }
  }
}

/** Options with values that are wrong, or right and seldom asked for. */
const questions = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constant('--scenario'), fc.constantFrom('base', 'ahead', 'none')),
      fc.tuple(fc.constant('--measure'), fc.constantFrom('waiting', 'over-52-weeks', 'clock-starts', 'unmet-need', 'deaths-waiting', 'nothing')),
      fc.tuple(fc.constant('--index'), fc.constantFrom('slope-index', 'relative-gap', 'theil', 'atkinson', 'nothing')),
      fc.tuple(fc.constant('--date'), fc.constantFrom('2026-04-20', '2026-04-06', '1970-01-01', '2999-01-01', 'x')),
      fc.tuple(fc.constant('--max-runs'), fc.constantFrom('1', '2', '9', '40', '0')),
      fc.tuple(fc.constant('--seed'), fc.constantFrom(...HOSTILE_TEXTS)),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => pairs.flat())

function vouchedFor(manifest: string, file: string, bytes: Uint8Array): string {
  const data = JSON.parse(manifest) as { outputs: { path: string; bytes: number; sha256: string }[] }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return JSON.stringify({ ...data, outputs: data.outputs.map((each) => (each.path === file ? { ...each, bytes: bytes.length, sha256 } : each)) })
}
