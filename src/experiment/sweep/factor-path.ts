/**
 * A factor's path: from its text to a place in a study file, and a file with that place set.
 */
import { ASSUMPTION_KEYS } from '../../scenario/assumptions.ts'
import { leverParameterNames } from '../../scenario/lever-parameters.ts'
import { formatPath } from '../../scenario/positions.ts'
import type { DocumentPath } from '../../scenario/positions.ts'
import { LEVERS } from '../../scenario/study.ts'
import type { LeverId } from '../../scenario/study.ts'
import type { FactorValue } from './design.ts'

/** A study file as plain data: blocks of keys, lists, numbers, text. */
export type PlainBlock = Readonly<Record<string, unknown>>

/** `a.b[0]["c d"]` → its parts; null where it cannot be read. */
export function parsePath(written: string): DocumentPath | null {
  const part = /(?:^|(?<!^)\.)([A-Za-z0-9_-]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y
  const parts: (string | number)[] = []
  while (part.lastIndex < written.length) {
    const match = part.exec(written)
    if (match === null) return null
    const [, name, index, quoted] = match
    if (name !== undefined) parts.push(name)
    else if (index !== undefined) parts.push(Number(index))
    else parts.push(JSON.parse(quoted) as string)
  }
  return parts.length === 0 ? null : parts
}

/**
 * Where a path leads in a study file. `assumptions.dnaRate[0]`, an assumption's number for the first group, is
 * written by group in the file: `assumptions.dnaRate.deprivation.1`.
 */
export function filePath(path: DocumentPath): DocumentPath {
  const [block, key, group, ...rest] = path
  const isByGroup = block === 'assumptions' && typeof group === 'number' && rest.length === 0
  return isByGroup ? [block, key, 'deprivation', String(group + 1)] : path
}

/** Whether a study file has a place at `path`, or a block in which the place can be made. */
export function canBeSet(file: PlainBlock, path: DocumentPath): boolean {
  let node: unknown = file
  for (const [depth, part] of path.entries()) {
    if (node === undefined) return typeof part === 'string'
    if (typeof part === 'number') {
      if (!Array.isArray(node) || part >= node.length) return false
      node = node[part] as unknown
      continue
    }
    // A scenario or a parameter must be there already: a misspelt one would be a new one.
    const mustExist = depth === 1 && (path[0] === 'scenarios' || path[0] === 'parameters')
    if (!isBlock(node)) return part === 'deprivation' && depth === 2
    if (mustExist && !Object.hasOwn(node, part)) return false
    node = Object.hasOwn(node, part) ? (node[part] ?? undefined) : undefined
  }
  return true
}

/**
 * A copy of the file in which `path` holds `value`; everything else is shared with the original.
 * @param path a place that {@link canBeSet}
 */
export function withValue(file: PlainBlock, path: DocumentPath, value: FactorValue, groups: number): PlainBlock {
  return setIn(spreadOverGroups(file, path, groups), path, value) as PlainBlock
}

/** A number for all groups becomes one for each, so that one of them can be set apart. */
function spreadOverGroups(file: PlainBlock, path: DocumentPath, groups: number): PlainBlock {
  if (path[0] !== 'assumptions' || path[2] !== 'deprivation') return file
  const written = isBlock(file['assumptions']) ? file['assumptions'][String(path[1])] : undefined
  if (written === undefined || (isBlock(written) && 'deprivation' in written)) return file
  const byGroup = Object.fromEntries(Array.from({ length: groups }, (_, group) => [String(group + 1), written]))
  return setIn(file, path.slice(0, 3), byGroup) as PlainBlock
}

function setIn(node: unknown, [part, ...rest]: DocumentPath, value: unknown): unknown {
  if (part === undefined) return value
  if (typeof part === 'number') {
    const list = Array.isArray(node) ? (node as readonly unknown[]) : []
    return list.with(part, setIn(list[part], rest, value))
  }
  const block = isBlock(node) ? node : {}
  return { ...block, [part]: setIn(block[part], rest, value) }
}

/** Paths that a study file has, and those that it could have, for suggestions. */
export function knownPaths(file: PlainBlock): string[] {
  const written = leafPaths(file, []).map(formatPath)
  const assumptions = ASSUMPTION_KEYS.map((key) => `assumptions.${key}`)
  const time = ['time.weeks', 'time.start', 'seed']
  return [...new Set([...written, ...assumptions, ...time, ...parameterPaths(file)])]
}

function leafPaths(node: unknown, path: DocumentPath): DocumentPath[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => leafPaths(item, [...path, index]))
  if (!isBlock(node)) return [path]
  return Object.entries(node).flatMap(([key, value]) => leafPaths(value, [...path, key]))
}

/** The lever parameters of each programme, most of which a file leaves out. */
function parameterPaths(file: PlainBlock): string[] {
  const scenarios = isBlock(file['scenarios']) ? Object.entries(file['scenarios']) : []
  return scenarios.flatMap(([id, scenario]) => {
    const programmes = isBlock(scenario) && Array.isArray(scenario['invest']) ? (scenario['invest'] as unknown[]) : []
    return programmes.flatMap((programme, index) => {
      const lever = isBlock(programme) ? programme['lever'] : null
      if (!LEVERS.includes(lever as LeverId)) return []
      const names = leverParameterNames(lever as LeverId)
      return names.map((name) => formatPath(['scenarios', id, 'invest', index, 'parameters', name]))
    })
  })
}

function isBlock(node: unknown): node is PlainBlock {
  return typeof node === 'object' && node !== null && !Array.isArray(node)
}
