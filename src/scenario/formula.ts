/**
 * Formula text → program. mathjs reads the text; only node types, operators and functions on the allow-list
 * get through, and nothing of mathjs is kept: the result is data (`formula-program.ts`). mathjs is heavy, so it
 * is loaded when the first formula is met and never in a worker.
 */
import type { MathNode } from 'mathjs'
import { text } from './messages.ts'
import { OPERATIONS } from './formula-program.ts'
import type { FormulaProgram } from './formula-program.ts'

/** Longest formula, characters. */
export const FORMULA_MAX_LENGTH = 500
const MAX_DEPTH = 32
const MAX_TOKENS = 200

const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E }

/** Functions that a formula may call; the other operations are written as operators. */
const FORMULA_FUNCTIONS = [
  'min', 'max', 'abs', 'exp', 'log', 'sqrt', 'floor', 'ceil', 'round', 'sin', 'cos', 'if',
] as const

/** Names that a parameter cannot take, since formulas give them a meaning. */
export const RESERVED_NAMES: readonly string[] = [
  'week', 'year', 'pi', 'e', 'and', 'or', 'not', 'xor', 'mod', 'to', 'in', 'true', 'false', 'null', 'undefined',
  'NaN', 'Infinity', 'end', ...FORMULA_FUNCTIONS,
]

const FUNCTION_NAMES: ReadonlySet<string> = new Set(FORMULA_FUNCTIONS)

/** Why a formula was refused, in words for the user. */
export class FormulaError extends Error {}

/**
 * Compiles a formula.
 *
 * @param source text such as `1.02^year`
 * @throws FormulaError with a message for the user
 */
export async function compileFormula(source: string): Promise<FormulaProgram> {
  if (source.length > FORMULA_MAX_LENGTH) throw new FormulaError(text.formulaTooLong(FORMULA_MAX_LENGTH))
  const tokens: (number | string)[] = []
  emit(await readFormula(source), tokens, 0)
  return tokens
}

async function readFormula(source: string): Promise<MathNode> {
  const { create, parseDependencies } = await import('mathjs/number')
  try {
    return create({ parseDependencies }, {}).parse(source)
  } catch (error) {
    if (/^\s*[£$€]?\s*\d[\d,_ ]*(\.\d+)?\s*[A-Za-z%]*\s*$/.test(source)) {
      throw new FormulaError(text.formulaDigits(source), { cause: error })
    }
    const reason = error instanceof Error ? error.message.toLowerCase() : 'it has no meaning'
    throw new FormulaError(text.formulaSyntax(source, reason), { cause: error })
  }
}

/** The parts of mathjs nodes that are looked at. */
interface NodeParts {
  readonly type: string
  readonly value?: unknown
  readonly name?: string
  readonly fn?: string | { readonly type?: string; readonly name?: string }
  readonly args?: readonly MathNode[]
  readonly content?: MathNode
  readonly condition?: MathNode
  readonly trueExpr?: MathNode
  readonly falseExpr?: MathNode
  readonly implicit?: boolean
  readonly isPercentage?: boolean
}

function emit(node: MathNode | undefined, tokens: (number | string)[], depth: number): void {
  const parts = node as NodeParts | undefined
  if (parts === undefined || depth > MAX_DEPTH || tokens.length > MAX_TOKENS) {
    throw new FormulaError(text.formulaTooComplex)
  }
  switch (parts.type) {
    case 'ParenthesisNode':
      return emit(parts.content, tokens, depth + 1)
    case 'ConstantNode':
      return emitConstant(parts.value, tokens)
    case 'SymbolNode':
      return emitSymbol(parts.name ?? '', tokens)
    case 'OperatorNode':
      return emitOperator(parts, tokens, depth)
    case 'ConditionalNode':
      return emitCall('if', [parts.condition, parts.trueExpr, parts.falseExpr], tokens, depth)
    case 'FunctionNode':
      return emitFunction(parts, tokens, depth)
    default:
      throw new FormulaError(text.formulaForbidden(FORBIDDEN[parts.type] ?? 'this'))
  }
}

const FORBIDDEN: Readonly<Record<string, string>> = {
  AccessorNode: 'properties or indices',
  ArrayNode: 'lists',
  AssignmentNode: 'assignments',
  BlockNode: 'several expressions',
  FunctionAssignmentNode: 'definitions of functions',
  ObjectNode: 'objects',
  RangeNode: 'ranges',
  RelationalNode: 'chained comparisons; write (a < b) and (b < c)',
}

function emitConstant(value: unknown, tokens: (number | string)[]): void {
  if (typeof value === 'string') throw new FormulaError(text.formulaForbidden('quoted text'))
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new FormulaError(text.formulaNumber)
  tokens.push(value)
}

function emitSymbol(name: string, tokens: (number | string)[]): void {
  if (Object.hasOwn(CONSTANTS, name)) tokens.push(CONSTANTS[name])
  else if (/^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name)) tokens.push(`$${name}`)
  else throw new FormulaError(text.formulaForbidden(`the name ${JSON.stringify(name)}`))
}

function emitOperator(parts: NodeParts, tokens: (number | string)[], depth: number): void {
  if (parts.implicit === true) throw new FormulaError(text.formulaImplicit)
  if (parts.isPercentage === true) throw new FormulaError(text.formulaForbidden('per cent; write 0.05 for 5%'))
  const name = typeof parts.fn === 'string' ? parts.fn : ''
  if (!Object.hasOwn(OPERATIONS, name) || FUNCTION_NAMES.has(name)) {
    throw new FormulaError(text.formulaForbidden('this operator'))
  }
  emitCall(name, parts.args ?? [], tokens, depth)
}

function emitFunction(parts: NodeParts, tokens: (number | string)[], depth: number): void {
  const name = typeof parts.fn === 'object' && parts.fn.type === 'SymbolNode' ? (parts.fn.name ?? '') : ''
  if (!FUNCTION_NAMES.has(name)) {
    throw new FormulaError(text.formulaForbidden(`the function ${JSON.stringify(name.slice(0, 40))}`))
  }
  emitCall(name, parts.args ?? [], tokens, depth)
}

function emitCall(
  name: string,
  args: readonly (MathNode | undefined)[],
  tokens: (number | string)[],
  depth: number,
): void {
  const { arity } = OPERATIONS[name]
  if (arity >= 0 && args.length !== arity) {
    throw new FormulaError(text.formulaArguments(name, arity === 1 ? '1 value' : `${arity} values`))
  }
  if (args.length === 0) throw new FormulaError(text.formulaArguments(name, 'at least 1 value'))
  for (const argument of args) emit(argument, tokens, depth + 1)
  tokens.push(arity >= 0 ? name : `${name}/${args.length}`)
}
