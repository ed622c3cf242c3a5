/** `fairwait import extract FILE.csv --map MAP.yaml --as-at DATE --out DIR` */
import { basename, join } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import type { ExtractMap } from '../baseline/extract/map.ts'
import { extractSay, extractText, type Reason } from '../baseline/extract/messages.ts'
import type { ExtractTally } from '../baseline/extract/tally.ts'
import type { BaselinePack } from '../baseline/types.ts'

const DEFAULT_THRESHOLD = 5

interface ExtractOptions {
  readonly map: string
  readonly asAt: string
  readonly out: string
  readonly threshold: number
  readonly json?: true
}

/** Adds `extract` to the `import` command. */
export function registerExtract(importCommand: Command): void {
  importCommand
    .command('extract')
    .summary(extractText.summary)
    .description(extractText.description)
    .argument('<file>', extractText.file)
    .requiredOption('--map <file>', extractText.map)
    .requiredOption('--as-at <date>', extractText.asAt)
    .requiredOption('--out <dir>', extractText.out)
    .option('--threshold <n>', extractText.threshold, thresholdOf, DEFAULT_THRESHOLD)
    .option('--json', extractText.json)
    .action(importExtract)
}

function thresholdOf(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0
  if (value < 2 || value > 1000) throw new InvalidArgumentError(extractText.thresholdRule)
  return value
}

async function importExtract(file: string, options: ExtractOptions): Promise<void> {
  const { asAt, threshold } = options
  await checkDate(asAt)
  const { map, published } = await readMap(options.map)
  const [{ readExtract }, { makeExtractPack }, { groupsText }] = await Promise.all([
    import('../baseline/extract/read-extract.ts'),
    import('../baseline/extract/make-extract-pack.ts'),
    import('../baseline/extract/groups-text.ts'),
  ])
  const { tally, sha256 } = await readExtract(file, map, asAt, published.specialties.map(({ code }) => code))
  const pack = makeExtractPack(tally, { map, asAt, threshold, file: basename(file), sha256, published })
  const { packOf } = await import('./find-pack.ts')
  const { packText } = await import('../baseline/import-rtt.ts')
  const text = packText(pack)
  // What is written can be read again.
  packOf(text, file)
  const name = `${pack.system.code}-${asAt}-extract`
  const groups = groupsText(tally, threshold, asAt)
  const files = { [`${name}.json`]: text, ...(groups !== '' && { [`${name}-groups.yaml`]: groups }) }
  const { writeFiles } = await import('./write-files.ts')
  await writeFiles(options.out, files)
  const paths = Object.keys(files).map((each) => join(options.out, each))
  process.stdout.write(options.json === true ? `${await reportJson(tally, paths)}\n` : reportText(tally, paths))
}

async function checkDate(asAt: string): Promise<void> {
  const [{ isIsoDate }, { InputError }] = await Promise.all([import('../baseline/calendar.ts'), import('../errors.ts')])
  if (!isIsoDate(asAt)) throw new InputError({ path: '--as-at', message: extractSay.noDate(asAt) })
}

/** The map and the published pack that it names, checked against each other. */
async function readMap(path: string): Promise<{ map: ExtractMap; published: BaselinePack }> {
  const [{ readText }, { readYaml }, { checkExtractMap }, { findPack }, { InputError }, { nearest }, { problemAt }] = await Promise.all([
    import('./read-text.ts'),
    import('../scenario/read-yaml.ts'),
    import('../baseline/extract/map.ts'),
    import('./find-pack.ts'),
    import('../errors.ts'),
    import('../scenario/suggest.ts'),
    import('../scenario/positions.ts'),
  ])
  const { data, positions } = readYaml((await readText(path, path)).text, path)
  const map = checkExtractMap(data, positions)
  const { pack: published } = await findPack(map.system, `${path} system`)
  const codes = published.specialties.map(({ code }) => code)
  const named = [...Object.entries(map.specialties ?? {}).map(([key, code]) => ({ at: ['specialties', key], code })), ...(map.otherSpecialty === undefined ? [] : [{ at: ['otherSpecialty'], code: map.otherSpecialty }])]
  const problems = named.filter(({ code }) => !codes.includes(code)).map(({ at, code }) => problemAt(positions, at, extractSay.otherSpecialty(code, nearest(code, codes), codes)))
  if (problems.length > 0) throw new InputError(problems)
  return { map, published }
}

const invalidOf = (tally: ExtractTally): [Reason, number][] => [...tally.invalid].toSorted(([, a], [, b]) => b - a)

function reportText(tally: ExtractTally, paths: readonly string[]): string {
  return [
    extractText.report(tally.used, tally.rows),
    ...invalidOf(tally).map(([reason, count]) => extractText.reason(count, reason)),
    ...(tally.deprivationMissing > 0 ? [extractText.unrecorded(tally.deprivationMissing)] : []),
    ...[...tally.groupings].flatMap(([grouping, { unmapped }]) => (unmapped === 0 ? [] : [extractText.unmapped(unmapped, grouping)])),
    ...paths.map(extractText.written),
    '',
  ].join('\n')
}

async function reportJson(tally: ExtractTally, paths: readonly string[]): Promise<string> {
  const { jsonLine } = await import('./terminal.ts')
  return jsonLine({
    format: 'fairwait-import-extract',
    version: 1,
    rows: tally.rows,
    used: tally.used,
    notUsed: Object.fromEntries(invalidOf(tally)),
    deprivationNotRecorded: tally.deprivationMissing,
    valuesNotInMap: Object.fromEntries([...tally.groupings].map(([grouping, { unmapped }]) => [grouping, unmapped])),
    files: paths,
  })
}
