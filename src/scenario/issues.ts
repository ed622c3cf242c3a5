/**
 * Schema issues → problems in plain words. The schema library's own sentences never reach the user: each issue
 * is told again from its code and its data.
 */
import type { z } from 'zod'
import type { Problem } from '../errors.ts'
import { anyOf, missing, oneOf, outsideLimit, text, unknownName, wrongType } from './messages.ts'
import { KEY_SEPARATOR } from './numbers.ts'
import { inFileOrder, problemAt } from './positions.ts'
import type { DocumentPath, Positions } from './positions.ts'
import { LEVELLINGS } from './study.ts'
import { nearest } from './suggest.ts'

type Issue = z.core.$ZodIssue

interface Finding {
  readonly path: DocumentPath
  readonly message: string
  readonly of: 'key' | 'value'
  /** A key that a misspelt one was probably meant to be; its absence is then not told again. */
  readonly meant?: DocumentPath
  readonly absent?: boolean
}

/** Problems of a study file that does not have the right shape, in the file's order. */
export function problemsOf(issues: readonly Issue[], data: unknown, positions: Positions): Problem[] {
  const findings = issues.flatMap((issue) => describe(issue, [], data))
  const meant = new Set(findings.flatMap((finding) => (finding.meant === undefined ? [] : [pathKey(finding.meant)])))
  return inFileOrder(
    findings
      .filter((finding) => finding.absent !== true || !meant.has(pathKey(finding.path)))
      .map((finding) => problemAt(positions, finding.path, finding.message, finding.of)),
  )
}

const pathKey = (path: DocumentPath): string => JSON.stringify(path)

function describe(issue: Issue, prefix: DocumentPath, data: unknown): Finding[] {
  const path = [...prefix, ...issue.path.map(asPart)]
  const value = valueAt(data, path)
  switch (issue.code) {
    case 'invalid_union':
      return describeUnion(issue, path, data)
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, issue.message.split(KEY_SEPARATOR)))
    case 'invalid_key':
    case 'invalid_element':
      return [{ path, message: issue.issues[0]?.message ?? issue.message, of: 'key' }]
    case 'invalid_type':
      return [typeFinding(path, [issue.expected], value)]
    case 'invalid_value':
      return [valueFinding(path, issue.values, value)]
    case 'too_small':
      return [limitFinding(path, issue.origin, 'least', Number(issue.minimum), issue.inclusive !== false, value)]
    case 'too_big':
      return [limitFinding(path, issue.origin, 'most', Number(issue.maximum), issue.inclusive !== false, value)]
    case 'not_multiple_of':
      return [typeFinding(path, ['int'], value)]
    case 'invalid_format':
    case 'custom':
      return [{ path, message: issue.message, of: 'value' }]
  }
}

const asPart = (part: PropertyKey): string | number => (typeof part === 'symbol' ? String(part) : part)

function valueAt(data: unknown, path: DocumentPath): unknown {
  let value = data
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string | number, unknown>)[part]
  }
  return value
}

function unknownKey(path: DocumentPath, key: string, known: readonly string[]): Finding {
  const guess = nearest(key, known)
  return {
    path: [...path, key],
    message: unknownName('key', key, known),
    of: 'key',
    ...(guess === null ? {} : { meant: [...path, guess] }),
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of keys',
  record: 'a block of keys',
}

/** What a value may be, from the types that the schema would take. */
function expectation(expected: readonly string[]): string {
  const kinds = [...new Set(expected.map((kind) => (kind === 'record' ? 'object' : kind)))]
  if (kinds.includes('number') && kinds.includes('string') && kinds.includes('object')) {
    return kinds.includes('array')
      ? 'a number, a distribution, a formula or a list by deprivation group'
      : 'a number, a distribution or a formula'
  }
  return kinds.map((kind) => EXPECTED[kind] ?? kind).join(' or ')
}

function typeFinding(path: DocumentPath, expected: readonly string[], value: unknown): Finding {
  const wanted = path.length === 0 ? null : expectation(expected)
  if (wanted === null) return { path, message: text.notAStudy, of: 'value' }
  if (value === undefined) return { path, message: missing(wanted), of: 'key', absent: true }
  const notFinite = typeof value === 'number' && !Number.isFinite(value)
  return { path, message: notFinite ? text.notANumber(value) : wrongType(wanted, value), of: 'value' }
}

/** Names of closed lists by the key that holds them. */
const NAME_KINDS: Readonly<Record<string, string>> = {
  lever: 'lever',
  kind: 'kind of shock',
  rule: 'allocation rule',
  dist: 'distribution',
  measure: 'measure',
  drawMethod: 'method of drawing',
  on: 'act',
}

function valueFinding(path: DocumentPath, values: readonly unknown[], value: unknown): Finding {
  if (value === undefined) return { path, message: missing(anyOf(values.map(String))), of: 'key', absent: true }
  const levelling = path.at(-1) === 'rule' && LEVELLINGS.find((rule) => rule === value)
  if (levelling) return { path, message: text.levellingIsPolicy(levelling), of: 'value' }
  const kind = NAME_KINDS[String(path.at(-1))]
  const message = kind === undefined ? oneOf(values, value) : unknownName(kind, value, values.map(String))
  return { path, message, of: 'value' }
}

function limitFinding(
  path: DocumentPath,
  origin: string,
  side: 'least' | 'most',
  limit: number,
  inclusive: boolean,
  value: unknown,
): Finding {
  return { path, message: outsideLimit(origin, side, limit, inclusive, value), of: 'value' }
}

function describeUnion(issue: z.core.$ZodIssueInvalidUnion, path: DocumentPath, data: unknown): Finding[] {
  if (issue.discriminator !== undefined && issue.errors.length === 0) {
    const parent = path.slice(0, -1)
    if (valueAt(data, [...parent, 'deprivation']) !== undefined) {
      return [{ path: parent, message: text.notByGroup, of: 'value' }]
    }
    const options = (issue as { readonly options?: readonly unknown[] }).options ?? []
    return [valueFinding(path, options, valueAt(data, path))]
  }
  const branches = issue.errors.map((issues) => ({ issues, mismatch: mismatch(issues, path, data) }))
  if (branches.every((branch) => branch.mismatch >= WRONG_TYPE)) {
    return [typeFinding(path, branches.flatMap((branch) => expectedTypes(branch.issues)), valueAt(data, path))]
  }
  const best = branches.reduce((a, b) => (b.mismatch < a.mismatch ? b : a))
  return best.issues.flatMap((inner) => describe(inner, path, data))
}

const WRONG_TYPE = 1000

/** Keys that tell a form from others, as a discriminator does: without them it was not meant. */
const TELLING_KEYS: readonly unknown[] = ['by', 'systems']

/** How far a value is from what a branch of a union wants: the branch with the least is the one that was meant. */
function mismatch(issues: readonly Issue[], path: DocumentPath, data: unknown): number {
  let score = issues.length
  for (const issue of issues) {
    const value = valueAt(data, [...path, ...issue.path.map(asPart)])
    if (issue.path.length === 0 && isTypeIssue(issue)) score += WRONG_TYPE
    else if (issue.code === 'invalid_union' && issue.discriminator !== undefined && value === undefined) score += 100
    else if (isTypeIssue(issue) && value === undefined && TELLING_KEYS.includes(issue.path.at(-1))) score += 100
    else if (issue.code === 'unrecognized_keys') score += 50 * issue.keys.length
    else if (issue.code === 'invalid_type' && value === undefined) score += 10
  }
  return score
}

/** Whether the whole value has the wrong type, itself or in every branch of an inner union. */
function isTypeIssue(issue: Issue): boolean {
  if (issue.code === 'invalid_type') return issue.expected !== 'int'
  return (
    issue.code === 'invalid_union' &&
    issue.errors.length > 0 &&
    issue.errors.every((errors) => errors.some((inner) => inner.path.length === 0 && isTypeIssue(inner)))
  )
}

function expectedTypes(issues: readonly Issue[]): string[] {
  return issues.flatMap((issue) => {
    if (issue.path.length > 0) return []
    if (issue.code === 'invalid_type') return [issue.expected]
    return issue.code === 'invalid_union' ? issue.errors.flatMap(expectedTypes) : []
  })
}
