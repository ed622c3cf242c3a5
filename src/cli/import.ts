/** `fairwait import rtt FILE… [--icb CODE | --england | --all-icbs] --out DIR` */
import { join } from 'node:path'
import type { Command } from 'commander'
import { importText, say } from '../baseline/import-messages.ts'
import type { Selection } from '../baseline/import-rtt.ts'
import type { BaselinePack } from '../baseline/types.ts'
import { registerExtract } from './import-extract.ts'

interface ImportOptions {
  readonly icb?: string
  readonly england?: true
  readonly allIcbs?: true
  readonly out: string
  readonly json?: true
  readonly quiet?: true
}

/** Adds `import` and its subcommands to the program. */
export function register(program: Command): void {
  const importCommand = program.command('import').description(importText.group)
  registerExtract(importCommand)
  importCommand
    .command('rtt')
    .summary(importText.description)
    .description(`${importText.description}\n${importText.help}`)
    .argument('<file...>', importText.files)
    .requiredOption('--out <dir>', importText.out)
    .option('--icb <code>', importText.icb)
    .option('--england', importText.england)
    .option('--all-icbs', importText.allIcbs)
    .option('--json', importText.json)
    .option('--quiet', importText.quiet)
    .action(importRtt)
}

function selectionOf(options: ImportOptions): Selection {
  const given: Selection[] = []
  if (options.icb !== undefined) given.push({ icb: options.icb })
  if (options.england === true) given.push('england')
  if (options.allIcbs === true) given.push('all-icbs')
  if (given.length > 1) throw say.twoSelections()
  return given[0] ?? 'everything'
}

async function importRtt(files: readonly string[], options: ImportOptions): Promise<void> {
  const selection = selectionOf(options)
  const { packFileName, packFiles, packsFromFiles } = await import('../baseline/import-rtt.ts')
  const { writeFiles } = await import('./write-files.ts')
  const showProgress = options.quiet !== true && process.stderr.isTTY
  const packs = await packsFromFiles(files, selection, {
    reading: (file, index, total) => {
      if (showProgress) process.stderr.write(importText.reading(file, index, total))
    },
  })
  await writeFiles(options.out, packFiles(packs))
  const made = packs.map((pack) => ({ path: join(options.out, packFileName(pack)), ...headline(pack) }))
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ format: 'fairwait-import', version: 1, packs: made })}\n`)
  } else {
    for (const pack of made) process.stdout.write(importText.written(pack.path, pack.name, pack.waiting))
  }
}

/** The figures by which an import is checked against the published ones. */
function headline(pack: BaselinePack): Readonly<Record<'code' | 'name', string> & Record<'waiting' | 'withDecision' | 'admitted' | 'nonAdmitted' | 'clockStarts', number>> {
  const total = (bandsOf: (specialty: BaselinePack['specialties'][number]) => readonly number[]): number =>
    pack.specialties.reduce((sum, specialty) => sum + bandsOf(specialty).reduce((a, b) => a + b, 0), 0)
  const withDecision = total((specialty) => specialty.waitingWithDecision)
  return {
    code: pack.system.code,
    name: pack.system.name,
    waiting: withDecision + total((specialty) => specialty.waitingWithoutDecision),
    withDecision,
    admitted: total((specialty) => specialty.admittedStops),
    nonAdmitted: total((specialty) => specialty.nonAdmittedStops),
    clockStarts: total((specialty) => [specialty.clockStarts]),
  }
}
