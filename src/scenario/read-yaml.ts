/** YAML or JSON text → plain data, with the place of everything in it. Pure: text in, no files. */
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Document, Node } from 'yaml'
import { InputError } from '../errors.ts'
import type { Problem } from '../errors.ts'
import { text as messages, YAML_REASONS } from './messages.ts'
import { problemAt } from './positions.ts'
import type { DocumentPath, Place, Positions } from './positions.ts'

const MAX_LEVELS = 40
const MAX_ALIASES = 100

/** Plain data and where its parts stand. */
export interface PlainDocument {
  /** Null where the text says nothing. */
  readonly data: unknown
  readonly positions: Positions
}

/**
 * Reads YAML 1.2 or JSON. Keys that stand twice, tags, and nesting or aliases beyond reason are refused.
 *
 * @param source the file's text
 * @param file its name, for messages
 * @throws InputError with every problem found, each with its place
 */
export function readYaml(source: string, file: string): PlainDocument {
  const { document, positions } = readDocument(source, file)
  return { data: plainData(document, positions), positions }
}

function readDocument(source: string, file: string): { document: Document; positions: Positions } {
  const lines = new LineCounter()
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const problem = (offset: number, message: string): Problem => ({ file, ...placeOf(offset), message })
  try {
    const document = parseDocument(source, {
      version: '1.2',
      schema: 'core',
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      // Found below in time proportional to the file; the reader compares every pair of keys.
      uniqueKeys: false,
    })
    const faults = [...document.errors, ...document.warnings].map((error) =>
      problem(error.pos[0], error.code === 'TAG_RESOLVE_FAILED' ? messages.noTags : yamlReason(error.code, error.message)),
    )
    if (faults.length > 0) throw new InputError(faults)
    const positions = positionsIn(document, file, placeOf)
    const problems = structureProblems(document.contents, [], positions, placeOf)
    if (problems.length > 0) throw new InputError(problems)
    return { document, positions }
  } catch (error) {
    // Reading descends a level per bracket, so that a file of brackets exhausts the stack.
    if (error instanceof RangeError) throw new InputError({ file, message: messages.tooDeep(MAX_LEVELS) })
    throw error
  }
}

function yamlReason(code: string, message: string): string {
  const reason = YAML_REASONS[code] ?? (message.split('\n')[0] ?? '').slice(0, 160)
  return messages.unreadableYaml(reason)
}

/** A name that the language gives a meaning of its own: what stands under it would be lost. */
const RESERVED_KEY = '__proto__'

/** Duplicate and reserved keys, tags and nesting, which the schema would not see. */
function structureProblems(
  node: unknown,
  path: DocumentPath,
  positions: Positions,
  placeOf: (offset: number) => Place,
): Problem[] {
  if (path.length > MAX_LEVELS) return [problemAt(positions, path.slice(0, 3), messages.tooDeep(MAX_LEVELS))]
  if (isSeq(node)) {
    return node.items.flatMap((item, index) => structureProblems(item, [...path, index], positions, placeOf))
  }
  if (!isMap(node)) return []
  const problems: Problem[] = []
  const firstLines = new Map<string, number | undefined>()
  for (const pair of node.items) {
    const key = keyText(pair.key)
    const place = keyPlace(pair.key, placeOf)
    if (firstLines.has(key)) {
      const found = problemAt(positions, [...path, key], messages.duplicateKey(key, firstLines.get(key)))
      problems.push({ ...found, ...place })
    } else firstLines.set(key, place?.line)
    if (key === RESERVED_KEY) problems.push({ ...problemAt(positions, [...path, key], messages.reservedKey(key)), ...place })
    problems.push(...structureProblems(pair.value, [...path, key], positions, placeOf))
  }
  return problems
}

function plainData(document: Document, positions: Positions): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof RangeError) {
      throw new InputError(problemAt(positions, [], messages.tooManyAliases))
    }
    throw error
  }
}

const keyText = (key: unknown): string => (isScalar(key) ? String(key.value) : String(key))

function keyPlace(key: unknown, placeOf: (offset: number) => Place): Place | undefined {
  return isScalar(key) && key.range ? placeOf(key.range[0]) : undefined
}

function positionsIn(document: Document, file: string, placeOf: (offset: number) => Place): Positions {
  const placeOfNode = (node: unknown): Place | undefined => {
    const range = (node as Node | null)?.range
    return range ? placeOf(range[0]) : undefined
  }
  return {
    file,
    at(path, of = 'value') {
      let node: unknown = document.contents
      let place = placeOfNode(node)
      for (const [depth, part] of path.entries()) {
        const child = childOf(isAlias(node) ? node.resolve(document) : node, part)
        if (child === null) return place
        const last = depth === path.length - 1
        place = (last && of === 'key' ? placeOfNode(child.key) : placeOfNode(child.value)) ?? placeOfNode(child.key) ?? place
        node = child.value
      }
      return place
    },
  }
}

function childOf(node: unknown, part: string | number): { key: unknown; value: unknown } | null {
  if (isSeq(node) && typeof part === 'number') {
    const value = node.items[part]
    return value === undefined ? null : { key: value, value }
  }
  if (!isMap(node)) return null
  const pair = node.items.find((item) => isPair(item) && keyText(item.key) === String(part))
  return pair === undefined ? null : { key: pair.key, value: pair.value }
}
