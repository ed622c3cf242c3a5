/**
 * YAML or JSON text → plain data, with the place of everything in it. A design is small: no aliases are expanded
 * beyond a handful, and duplicate keys are refused.
 */
import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Document, Node } from 'yaml'
import { InputError } from '../../errors.ts'
import { text as studyText, YAML_REASONS } from '../../scenario/messages.ts'
import type { Place, Positions } from '../../scenario/positions.ts'

/** Plain data and where its parts stand. */
export interface PlainDocument {
  readonly data: unknown
  readonly positions: Positions
}

/**
 * @param source YAML 1.2 or JSON
 * @param file its name, for messages
 * @throws InputError where it cannot be read, with the place
 */
export function readYaml(source: string, file: string): PlainDocument {
  const lines = new LineCounter()
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  try {
    const document = parseDocument(source, {
      version: '1.2',
      schema: 'core',
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
    })
    const faults = [...document.errors, ...document.warnings]
    if (faults.length > 0) {
      throw new InputError(
        faults.map(({ pos, code, message }) => ({ file, ...placeOf(pos[0]), message: faultText(code, message) })),
      )
    }
    return { data: document.toJS({ maxAliasCount: 100 }) as unknown, positions: positionsIn(document, file, placeOf) }
  } catch (error) {
    if (error instanceof RangeError) throw new InputError({ file, message: studyText.tooDeep(40) })
    if (error instanceof ReferenceError) throw new InputError({ file, message: studyText.tooManyAliases })
    throw error
  }
}

function faultText(code: string, message: string): string {
  return studyText.unreadableYaml(YAML_REASONS[code] ?? (message.split('\n')[0] ?? '').slice(0, 160))
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
        const child = childOf(node, part)
        if (child === null) return place
        const wanted = of === 'key' && depth === path.length - 1 ? child.key : child.value
        place = placeOfNode(wanted) ?? placeOfNode(child.key) ?? place
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
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))
  return isPair(pair) ? { key: pair.key, value: pair.value } : null
}
