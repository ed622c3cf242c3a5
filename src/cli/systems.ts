/** `fairwait systems`: codes, names and regions of the systems whose baseline pack is shipped. */
import type { Command } from 'commander'
import { studyMessages } from './study-messages.ts'

/** Adds the command. */
export function register(program: Command): void {
  program
    .command('systems')
    .summary(studyMessages.systemsSummary)
    .description(studyMessages.systemsSummary)
    .option('--json', studyMessages.systemsJson)
    .action(listSystems)
}

async function listSystems(options: { readonly json?: true }): Promise<void> {
  const [{ shippedSystems }, { cut, jsonLine, LINE_WIDTH, padded, textWidth }] = await Promise.all([import('./find-pack.ts'), import('./terminal.ts')])
  const systems = shippedSystems()
  if (options.json === true) {
    process.stdout.write(`${jsonLine({ format: 'fairwait-systems', version: 1, systems })}\n`)
    return
  }
  const rows = [studyMessages.systemsHeading, ...systems.map(({ code, region, name }) => [code, region, name])]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => textWidth(row[column]))))
  const lines = rows.map((row) => cut(row.map((cell, column) => padded(cell, widths[column], 'right')).join(' ').trimEnd(), LINE_WIDTH))
  process.stdout.write(`${lines.join('\n')}\n`)
}
