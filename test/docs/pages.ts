/** The project's pages, and the pieces of them that tests hold to what they say. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Paths of every page from the project's root. */
export const PAGES: readonly string[] = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).toSorted()

/** The text of a page. */
export const pageText = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** Fenced blocks of a language. */
export function fenced(page: string, language: string): string[] {
  return [...pageText(page).matchAll(/^```(\w*)[^\n]*\n(.*?)^```/gms)].filter(([, name]) => name === language).map(([, , text]) => text)
}

/** A link to somewhere in the project. */
export interface Link {
  readonly page: string
  /** As it is written. */
  readonly written: string
  /** Path from the project's root. */
  readonly path: string
  /** Without `#`; empty for the whole file. */
  readonly anchor: string
}

/** Links of a page that do not leave the project. */
export function linksOf(page: string): Link[] {
  const words = pageText(page)
    .replaceAll(/^```.*?^```/gms, '')
    .replaceAll(/`[^`\n]*`/g, '')
  return [...words.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, written]) => written)
    .filter((written) => !/^[a-z]+:/.test(written))
    .map((written) => {
      const [file, anchor = ''] = written.split('#')
      return { page, written, path: file === '' ? page : posix.join(posix.dirname(page), file), anchor }
    })
}

/** Anchors that the headings of a page get on GitHub. */
export function anchorsOf(page: string): string[] {
  const headings = pageText(page).replaceAll(/^```.*?^```/gms, '').matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading]) =>
    heading.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'),
  )
}

/** Commands `fairwait …` in fenced blocks for a shell, as arguments; lines that show a form, with … or [, are left out. */
export function commandsOf(page: string): string[][] {
  return [...fenced(page, 'sh'), ...fenced(page, '')]
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, ' ').split('\n'))
    .map((line) => /^\s*(?:npm run --silent fairwait -- |npx fairwait |fairwait )(.*)$/.exec(line)?.[1])
    .filter((line): line is string => line !== undefined && !/[…[\]|]/.test(line.replaceAll(/'[^']*'|"[^"]*"/g, '')))
    .map(shellWords)
}

/** Words of a command up to a comment, a redirection or another command. */
function shellWords(line: string): string[] {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)]
  const end = words.findIndex(([whole]) => /^(#|>|&&|;)/.test(whole))
  return (end < 0 ? words : words.slice(0, end)).map(([, double, single, bare]) => double ?? single ?? bare)
}
