/** `fairwait schema [--draft 7|2020-12]` */
import { Option } from 'commander'
import type { Command } from 'commander'
import type { JsonSchemaDraft } from '../scenario/schema.ts'
import { studyMessages } from './study-messages.ts'

/** Adds the command. */
export function register(program: Command): void {
  program
    .command('schema')
    .summary(studyMessages.schemaSummary)
    .description(studyMessages.schemaSummary)
    .addOption(new Option('--draft <version>', studyMessages.schemaDraft).choices(['7', '2020-12']).default('2020-12'))
    .action(async (options: { draft: JsonSchemaDraft }) => {
      const { studyJsonSchema } = await import('../scenario/schema.ts')
      process.stdout.write(`${JSON.stringify(studyJsonSchema(options.draft), null, 2)}\n`)
    })
}
