/**
 * Reads the study file's published JSON Schema, from which the controls are made. A test of the schema holds the
 * published file to the one that validates studies, so that controls cannot drift from what a study may say.
 */
import schemaFile from '../../../scenarios/schema/study.draft-2020-12.schema.json' with { type: 'json' }

/** A part of the schema, as far as controls need it. */
export interface SchemaNode {
  readonly $ref?: string
  readonly type?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
  readonly items?: SchemaNode
  readonly additionalProperties?: SchemaNode | boolean
  readonly enum?: readonly (string | number | boolean)[]
  readonly const?: string | number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly format?: string
}

const DEFINITIONS = schemaFile.$defs as unknown as Readonly<Record<string, SchemaNode>>
const ROOT = schemaFile as unknown as SchemaNode

/** A node with its reference followed; what stands beside the reference wins. */
export function followed(node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node
  const { $ref, ...own } = node
  const definition = DEFINITIONS[$ref.replace('#/$defs/', '')]
  if (definition === undefined) throw new Error(`the schema has no ${$ref}`)
  return { ...followed(definition), ...own }
}

/** The node of a key of an object. */
export function property(node: SchemaNode, name: string): SchemaNode {
  const found = node.properties?.[name]
  if (found === undefined) throw new Error(`the schema has no ${name}`)
  return followed(found)
}

/** The study file's own keys. */
export function studyNode(name: string): SchemaNode {
  return property(ROOT, name)
}

/** A scenario. */
export const SCENARIO_NODE = followed({ $ref: '#/$defs/scenario' })
const itemOf = (node: SchemaNode): SchemaNode => followed(node.items ?? {})

/** One programme, with a variant for each lever. */
export const PROGRAMME_NODE = itemOf(property(SCENARIO_NODE, 'invest'))
/** One shock, with a variant for each kind. */
export const SHOCK_NODE = itemOf(property(SCENARIO_NODE, 'shocks'))
/** One policy. */
export const POLICY_NODE = followed({ $ref: '#/$defs/policy' })
/** One target. */
export const TARGET_NODE = followed({ $ref: '#/$defs/target' })

/** One of the shapes that a part of a study can have, told apart by a word such as the lever. */
export interface Variant {
  readonly name: string
  readonly node: SchemaNode
  readonly description: string
}

/** The variants of a node, by the word under `key`. */
export function variants(node: SchemaNode, key: string): readonly Variant[] {
  return (node.oneOf ?? node.anyOf ?? []).map((each) => {
    const shape = followed(each)
    const word = property(shape, key)
    return { name: String(word.const), node: shape, description: word.description ?? shape.description ?? '' }
  })
}

/** What kind of control a node needs. */
export type FieldKind =
  | { readonly kind: 'number'; readonly minimum: number; readonly maximum: number; readonly isInteger: boolean }
  | { readonly kind: 'per-group'; readonly number: SchemaNode; readonly mayBeOne: boolean }
  | { readonly kind: 'choice'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'date' }
  | { readonly kind: 'dates' }
  | { readonly kind: 'groups' }
  | { readonly kind: 'names' }
  | { readonly kind: 'text' }
  | { readonly kind: 'object'; readonly node: SchemaNode }
  | { readonly kind: 'variants'; readonly node: SchemaNode; readonly key: string }
  | { readonly kind: 'file-only' }

/** The kind of control for a node; `file-only` where only the study file can say it. */
export function fieldKind(node: SchemaNode): FieldKind {
  const options = (node.anyOf ?? []).map(followed)
  const number = isNumber(node) ? node : options.find(isNumber)
  const byGroup = isByGroup(node) ? node : options.find(isByGroup)
  if (byGroup !== undefined) {
    return { kind: 'per-group', number: groupNumber(byGroup), mayBeOne: number !== undefined }
  }
  if (number !== undefined && !options.some(isPlainText)) return numberKind(number)
  if (number !== undefined) return { kind: 'text' }
  const choice = [node, ...options].find((option) => option.enum !== undefined)
  if (choice?.enum !== undefined) return { kind: 'choice', values: choice.enum }
  const key = variantKey(node)
  if (key !== null) return { kind: 'variants', node, key }
  switch (node.type) {
    case 'boolean':
      return { kind: 'yes-no' }
    case 'string':
      return { kind: node.format === 'date' ? 'date' : 'text' }
    case 'array':
      return listKind(itemOf(node))
    case 'object':
      return node.properties === undefined ? { kind: 'file-only' } : { kind: 'object', node }
    case undefined:
    default:
      return { kind: 'file-only' }
  }
}

function listKind(item: SchemaNode): FieldKind {
  if (item.type === 'integer') return { kind: 'groups' }
  if (item.type === 'string') return { kind: item.format === 'date' ? 'dates' : 'names' }
  return { kind: 'file-only' }
}

function numberKind({ type, minimum, exclusiveMinimum, maximum }: SchemaNode): FieldKind {
  return {
    kind: 'number',
    minimum: minimum ?? exclusiveMinimum ?? Number.NEGATIVE_INFINITY,
    maximum: maximum ?? Number.POSITIVE_INFINITY,
    isInteger: type === 'integer',
  }
}

const isNumber = ({ type, enum: values }: SchemaNode): boolean => values === undefined && (type === 'number' || type === 'integer')

/** Text that is not a formula, beside which a number is only another way of writing it. */
function isPlainText({ type, description = '' }: SchemaNode): boolean {
  return type === 'string' && !description.startsWith('A formula')
}

function isByGroup({ type, properties }: SchemaNode): boolean {
  const names = Object.keys(properties ?? {})
  return type === 'object' && names.length === 1 && names[0] === 'deprivation'
}

function groupNumber(byGroup: SchemaNode): SchemaNode {
  const values = property(byGroup, 'deprivation').additionalProperties
  return typeof values === 'object' ? followed(values) : {}
}

/** The key whose word tells variants apart; null where a node has none. */
function variantKey(node: SchemaNode): string | null {
  const shapes = (node.oneOf ?? node.anyOf ?? []).map(followed)
  if (shapes.length < 2) return null
  const names = Object.keys(shapes[0].properties ?? {})
  return names.find((name) => shapes.every((shape) => shape.properties?.[name]?.const !== undefined)) ?? null
}

/** The least value that a node allows, for what must be there: a choice's first, a number's lowest, and so on. */
function leastValue(node: SchemaNode, firstDay: string): unknown {
  const field = fieldKind(node)
  switch (field.kind) {
    case 'number':
      return Math.max(field.minimum, 0)
    case 'choice':
      return field.values[0]
    case 'yes-no':
      return false
    case 'date':
      return firstDay
    case 'dates':
      return [firstDay]
    case 'groups':
      return [1]
    case 'per-group':
      return { deprivation: {} }
    case 'object':
      return requiredValues(field.node, firstDay)
    case 'variants':
      return requiredValues(variants(field.node, field.key)[0].node, firstDay)
    case 'names':
    case 'text':
    case 'file-only':
      return node.const ?? ''
  }
}

/** Least values of everything that an object must hold. */
export function requiredValues(node: SchemaNode, firstDay: string): Record<string, unknown> {
  return Object.fromEntries(
    (node.required ?? []).map((name) => {
      const each = property(node, name)
      return [name, each.const ?? leastValue(each, firstDay)]
    }),
  )
}
