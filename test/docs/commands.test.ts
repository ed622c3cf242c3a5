import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { loadStudy } from '../../src/cli/load-study.ts'
import { commandsOf, fenced, PAGES, ROOT } from './pages.ts'

const CLI = join(ROOT, 'src/cli')
const folder = mkdtempSync(join(tmpdir(), 'fairwait-docs-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Every command as it declares itself, doing nothing. */
async function programThatDoesNothing(): Promise<Command> {
  const program = new Command('fairwait')
  for (const file of readdirSync(CLI).filter((name) => readFileSync(join(CLI, name), 'utf8').includes('export function register('))) {
    const { register } = (await import(join(CLI, file))) as { register: (program: Command) => void }
    register(program)
  }
  silence(program)
  return program
}

function silence(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
  // Not on groups of commands, where it would hide that one is missing.
  if (command.commands.length === 0) command.action(() => undefined)
  for (const each of command.commands) silence(each)
}

const commands = PAGES.flatMap((page) => commandsOf(page).map((args) => ({ page, args, line: args.join(' ') })))

describe('commands in the pages', () => {
  it('are many', () => {
    expect(commands.length).toBeGreaterThan(30)
  })

  it.each(commands)('$page: fairwait $line', async ({ args }) => {
    const program = await programThatDoesNothing()
    await expect(program.parseAsync(args, { from: 'user' })).resolves.toBeInstanceOf(Command)
  })

  it('would be told apart from ones that are wrong', async () => {
    const wrong: readonly (readonly [string[], RegExp])[] = [
      [['rum', 'study.yaml'], /unknown command 'rum'/],
      [['run'], /missing required argument/],
      [['run', 'study.yaml', '--weks', '3'], /unknown option '--weks'/],
      [['run', 'study.yaml', '--weeks', 'many'], /'many' is invalid/],
    ]
    for (const [args, message] of wrong) {
      await expect((await programThatDoesNothing()).parseAsync(args, { from: 'user' })).rejects.toThrow(message)
    }
  })
})

const studies = PAGES.flatMap((page) =>
  fenced(page, 'yaml')
    .filter((text) => text.startsWith('schemaVersion: 1') && /^scenarios:$/m.test(text))
    .map((text, place) => ({ page, text, file: `${page.replaceAll('/', '-')}-${place}` })),
)

describe('whole studies in the pages', () => {
  it.each(studies)('$page: $file is sound', async ({ text, file }) => {
    mkdirSync(join(folder, file))
    const path = join(folder, file, 'study.yaml')
    writeFileSync(path, text)
    const { study } = await loadStudy(path)
    expect(study.scenarios.length).toBeGreaterThan(0)
  })
})
