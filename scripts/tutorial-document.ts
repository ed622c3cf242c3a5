/**
 * The tutorial, `docs/tutorial.md`, as a notebook: its files are written, its commands run, and what they print stands
 * below them. `node scripts/tutorial-document.ts` writes it, in about half a minute; a test makes it again and compares.
 */
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const DOCUMENT = new URL('../docs/tutorial.md', import.meta.url)
/** A file that the reader writes (`# name` on its first line), a command, or what the command before it printed. */
const BLOCK = /^```(yaml|sh|text)\n(.*?)^```$/gms

/**
 * The tutorial with every output as it comes out now.
 *
 * @throws Error where a command fails
 */
export async function tutorialDocument(current: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fairwait-tutorial-'))
  try {
    const run = shellIn(folder)
    let made = ''
    let printed = ''
    let end = 0
    for (const { 0: whole, 1: language, 2: text, index } of current.matchAll(BLOCK)) {
      if (language === 'yaml') writeFileSync(join(folder, text.slice(2, text.indexOf('\n'))), text)
      if (language === 'sh') printed = await run(text)
      made += current.slice(end, index) + (language === 'text' ? `\`\`\`text\n${printed}\`\`\`` : whole)
      end = index + whole.length
    }
    return made + current.slice(end)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Runs text in a shell that knows `fairwait`, in a folder; gives what it printed, without what depends on the machine. */
function shellIn(folder: string): (text: string) => Promise<string> {
  const command = join(folder, 'fairwait')
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`)
  chmodSync(command, 0o755)
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`, NO_COLOR: '1', FORCE_COLOR: undefined }
  return async (text) => {
    const { stdout } = await promisify(execFile)('bash', ['-e', '-c', text], { cwd: folder, env })
    return stdout.replaceAll(/^.*simulated on .*\n/gm, '')
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(DOCUMENT, await tutorialDocument(readFileSync(DOCUMENT, 'utf8')))
}
