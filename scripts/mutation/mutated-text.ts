/** The text of a file with a mutant put in. */
import type { Place } from './places.ts'

/** Mutants of these kinds stand for whole expressions that never begin a line, and may bind less tightly than what is around. */
const EXPRESSIONS = ['ArithmeticOperator', 'ArrowFunction', 'BooleanLiteral', 'ConditionalExpression', 'EqualityOperator', 'LogicalOperator']

/** Offset of a position in a text. */
export function offsetOf(text: string, { line, column }: Place['start']): number {
  let from = 0
  for (let seen = 0; seen < line; seen += 1) from = text.indexOf('\n', from) + 1
  return from + column
}

/** The text with the mutant in it, in brackets where the words around could take a part of it. */
export function mutatedText(text: string, { start, end, mutator, replacement }: Place): string {
  const isCase = /^(case\b|default\b)/.test(replacement)
  const put = EXPRESSIONS.includes(mutator) && !isCase ? `(${replacement})` : replacement
  return text.slice(0, offsetOf(text, start)) + put + text.slice(offsetOf(text, end))
}
