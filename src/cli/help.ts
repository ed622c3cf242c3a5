/** How help is laid out: what to type comes first. */
import { Help, type Command, type HelpConfiguration } from 'commander'
import { EXAMPLES_OF } from './messages.ts'

const EXAMPLES = /\n*^Examples:\n(?:^ .*\n?)+/m

/**
 * Examples stand before usage, in every command: they are what most readers look for. A command writes them as a block
 * of its description that begins with `Examples:` and is indented, or they stand in `EXAMPLES_OF`.
 */
export const EXAMPLES_FIRST: HelpConfiguration = {
  commandDescription: (command) => withoutExamples(command.description()),
  // Commander lays out the rest as ever.
  formatHelp(this: HelpConfiguration, command: Command, helper: Help) {
    const examples = EXAMPLES.exec(command.description())?.[0].trim() ?? listed(wordsOf(command))
    const rest = Help.prototype.formatHelp.call(helper, command, helper)
    return examples === undefined ? rest : `${examples}\n\n${rest}`
  },
}

function listed(words: string): string | undefined {
  const examples = EXAMPLES_OF[words]
  return examples === undefined ? undefined : ['Examples:', ...examples.map((example) => `  ${example}`)].join('\n')
}

/** What a user types to call a command, e.g. `fairwait import rtt`. */
function wordsOf(command: Command): string {
  return command.parent === null ? command.name() : `${wordsOf(command.parent)} ${command.name()}`
}

function withoutExamples(description: string): string {
  return description.replace(EXAMPLES, '\n\n').replaceAll(/\n{3,}/g, '\n\n').trim()
}
