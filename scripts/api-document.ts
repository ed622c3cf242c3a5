/**
 * The library's reference, `docs/api.md`, from the declarations of its entries and the comments above them: `npm run docs`
 * writes it. TypeDoc needs the compiler interface of TypeScript 6, which version 7 does not have.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vite'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const START = '<!-- made from the source by `npm run docs` from here on; edit the comments there instead -->'

/** What is imported, and the module that it is. */
const ENTRIES = [
  ['fairwait', 'src/index.ts'],
  ['fairwait/browser', 'src/browser.ts'],
] as const

/** What is read of a node of the syntax tree. */
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly id?: { readonly name: string } | null
  readonly kind?: string
  readonly body?: Node & { readonly body?: readonly Node[] }
  readonly value?: Node | null
  readonly declaration?: Node | null
  readonly declarations?: readonly Node[]
  readonly source?: { readonly value: string } | null
  readonly specifiers?: readonly { readonly local: { readonly name: string }; readonly exported: { readonly name: string } }[]
}

/** Something exported, as the reference shows it. */
interface Entry {
  readonly name: string
  readonly isType: boolean
  /** Its declaration without bodies. */
  readonly code: string
  readonly comment: string
}

/** The reference: its own words, then every export of every entry. */
export function apiDocument(current: string): string {
  const words = current.slice(0, current.indexOf(START))
  const shown = new Set<string>()
  const parts = ENTRIES.map(([name, path]) => {
    const found = exportsOf(join(ROOT, path)).toSorted((a, b) => Number(a.isType) - Number(b.isType) || (a.name < b.name ? -1 : 1))
    const again = found.filter(({ code }) => shown.has(code)).map((each) => `\`${each.name}\``)
    const first = found.filter(({ code }) => !shown.has(code))
    for (const { code } of first) shown.add(code)
    const asBefore = again.length === 0 ? [] : [`As above: ${again.join(', ')}.`]
    return [`## ${name}`, ...asBefore, ...first.map(section)].join('\n\n')
  })
  return `${words}${START}\n\n${parts.join('\n\n')}\n`
}

function section({ name, code, comment }: Entry): string {
  return [`### ${name}`, ...(comment === '' ? [] : [comment]), `\`\`\`ts\n${code}\n\`\`\``].join('\n\n')
}

/** Everything that a module exports, itself or from others. */
function exportsOf(path: string): Entry[] {
  const { text, nodes } = parsed(path)
  return nodes.flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration') return []
    if (node.declaration) return namesOf(node.declaration).map((name) => entryOf(path, name))
    const from = node.source?.value
    if (from === undefined) throw new Error(`${path}: ${text.slice(node.start, node.end)} names no module`)
    return (node.specifiers ?? []).map(({ local }) => entryOf(join(dirname(path), from), local.name))
  })
}

function entryOf(path: string, name: string): Entry {
  const { text, nodes } = parsed(path)
  for (const [index, node] of nodes.entries()) {
    if (node.type !== 'ExportNamedDeclaration') continue
    if (node.declaration && namesOf(node.declaration).includes(name)) {
      const before = text.slice(index === 0 ? 0 : nodes[index - 1].end, node.start)
      const isType = node.declaration.type.startsWith('TS')
      return { name, isType, code: withoutBodies(text, node.declaration), comment: commentIn(before) }
    }
    const from = node.source?.value
    if (from !== undefined && node.specifiers?.some(({ exported }) => exported.name === name)) return entryOf(join(dirname(path), from), name)
  }
  throw new Error(`${path} does not export ${name}`)
}

function parsed(path: string): { text: string; nodes: readonly Node[] } {
  const text = readFileSync(path, 'utf8')
  return { text, nodes: parseAst(text, { lang: 'ts' }).body as unknown as readonly Node[] }
}

function namesOf(declaration: Node): string[] {
  const declared = declaration.declarations ?? [declaration]
  return declared.map(({ id }) => id?.name ?? '')
}

/** The source of a declaration: functions without bodies, classes with the heads of their members. */
function withoutBodies(text: string, node: Node): string {
  const { body } = node
  const upTo = (end: number): string => text.slice(node.start, end).trim()
  if (node.type === 'FunctionDeclaration' && body) return upTo(body.start)
  if (node.type !== 'ClassDeclaration' || body?.body === undefined) return upTo(node.end)
  const members = body.body.map((member) => `  ${text.slice(member.start, member.value?.body?.start ?? member.end).trim()}`)
  return `${upTo(body.start)} {\n${members.join('\n')}\n}`
}

/** The last documentation comment of a piece of source, as Markdown. */
function commentIn(before: string): string {
  const comment = [...before.matchAll(/\/\*\*([^]*?)\*\//g)].at(-1)?.[1] ?? ''
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
  return lines
    .join('\n')
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .replaceAll(/^@param (\w+) /gm, '- `$1`: ')
    .replaceAll(/^@returns /gm, '- gives back: ')
    .replaceAll(/^@throws /gm, '- fails with: ')
    // A list needs an empty line before it.
    .replace(/^((?:(?!- )[^\n]*\n)+)(- )/, '$1\n$2')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
