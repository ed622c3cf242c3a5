/**
 * Formulas as short postfix programs: plain data that crosses threads and stands in the manifest, run by a small
 * stack machine that can reach nothing but its numbers. `formula.ts` makes them from text.
 *
 * A program is a list of tokens: a number pushes itself; `"$name"` pushes the value of a symbol; any other
 * text is an operation, with its number of arguments after a slash where that varies (`"min/3"`).
 */

/** A compiled formula. */
export type FormulaProgram = readonly (number | string)[]

const truth = (condition: boolean): number => (condition ? 1 : 0)

/** Half away from zero, as people round. */
const roundHalfAway = (x: number): number => Math.sign(x) * Math.floor(Math.abs(x) + 0.5)

/** Operations by name: how many arguments they take and what they do. Comparisons give 1 or 0. */
export const OPERATIONS: Readonly<Record<string, { readonly arity: number; run(args: number[]): number }>> = {
  add: { arity: 2, run: ([a, b]) => a + b },
  subtract: { arity: 2, run: ([a, b]) => a - b },
  multiply: { arity: 2, run: ([a, b]) => a * b },
  divide: { arity: 2, run: ([a, b]) => a / b },
  pow: { arity: 2, run: ([a, b]) => a ** b },
  mod: { arity: 2, run: ([a, b]) => a - b * Math.floor(a / b) },
  unaryMinus: { arity: 1, run: ([a]) => -a },
  unaryPlus: { arity: 1, run: ([a]) => a },
  smaller: { arity: 2, run: ([a, b]) => truth(a < b) },
  larger: { arity: 2, run: ([a, b]) => truth(a > b) },
  smallerEq: { arity: 2, run: ([a, b]) => truth(a <= b) },
  largerEq: { arity: 2, run: ([a, b]) => truth(a >= b) },
  equal: { arity: 2, run: ([a, b]) => truth(a === b) },
  unequal: { arity: 2, run: ([a, b]) => truth(a !== b) },
  and: { arity: 2, run: ([a, b]) => truth(a !== 0 && b !== 0) },
  or: { arity: 2, run: ([a, b]) => truth(a !== 0 || b !== 0) },
  not: { arity: 1, run: ([a]) => truth(a === 0) },
  if: { arity: 3, run: ([condition, yes, no]) => (condition === 0 ? no : yes) },
  abs: { arity: 1, run: ([a]) => Math.abs(a) },
  exp: { arity: 1, run: ([a]) => Math.exp(a) },
  log: { arity: 1, run: ([a]) => Math.log(a) },
  sqrt: { arity: 1, run: ([a]) => Math.sqrt(a) },
  floor: { arity: 1, run: ([a]) => Math.floor(a) },
  ceil: { arity: 1, run: ([a]) => Math.ceil(a) },
  round: { arity: 1, run: ([a]) => roundHalfAway(a) },
  sin: { arity: 1, run: ([a]) => Math.sin(a) },
  cos: { arity: 1, run: ([a]) => Math.cos(a) },
  min: { arity: -1, run: (args) => Math.min(...args) },
  max: { arity: -1, run: (args) => Math.max(...args) },
}

/** Names of symbols that a program uses. */
export function symbolsOf(program: FormulaProgram): string[] {
  const names = program.filter((token) => typeof token === 'string' && token.startsWith('$'))
  return [...new Set(names.map((token) => String(token).slice(1)))]
}

/**
 * Runs a program.
 *
 * @param valueOf gives a symbol's value
 * @returns the value, NaN where the program is malformed
 */
export function runProgram(program: FormulaProgram, valueOf: (name: string) => number): number {
  const stack: number[] = []
  for (const token of program) {
    if (typeof token === 'number') stack.push(token)
    else if (token.startsWith('$')) stack.push(valueOf(token.slice(1)))
    else stack.push(apply(token, stack))
  }
  return stack.length === 1 ? stack[0] : NaN
}

function apply(token: string, stack: number[]): number {
  const [name, count] = token.split('/')
  if (!Object.hasOwn(OPERATIONS, name)) return NaN
  const operation = OPERATIONS[name]
  const arity = operation.arity < 0 ? Number(count) : operation.arity
  if (!(arity >= 1) || stack.length < arity) return NaN
  return operation.run(stack.splice(stack.length - arity))
}
