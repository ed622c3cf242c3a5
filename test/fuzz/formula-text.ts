/** Formulas to attack the sandbox with: what grammar allows, what other tools would evaluate, and mixtures. */
import fc from 'fast-check'

/** Attempts to reach something, to take long or to fill memory. Each must be refused or be a plain number. */
export const FORMULA_ATTACKS: readonly string[] = [
  'import({ sin: 1 }, { override: true })', 'createUnit("x")', 'parser()', 'evaluate("1+1")', 'parse("1")', 'compile("1")', 'simplify("x+x")',
  'derivative("x^2", "x")', 'help(sin)', 'typed("x", 1)', 'config({})', 'reviver("a", 1)', 'chain(1)', 'print("$x", {x: 1})',
  'cos.constructor("return process")()', 'week.constructor.constructor("return this")()', 'week.__proto__.polluted = 1', 'f(x) = f(x); f(1)',
  '[].constructor', '{}.constructor', '"a".constructor', '({}).__proto__', 'this', 'this.process', 'globalThis', 'process.exit(1)', 'require("fs")',
  'eval("1")', 'Function("return 1")()', 'new Date()', '`${week}`', 'week => week', 'async', 'await 1', 'while (true) {}', 'for (;;) {}',
  'zeros(100000, 100000)', 'ones(1e9)', 'identity(1e6)', 'range(1, 1e12)', '1:1e12', 'random(1e9)', 'map([1, 2], f)', 'sum(1:1e9)', 'A[1:1e9]',
  'factorial(170)', '1e308 * 1e308', '9^9^9^9^9', '2^2^2^2^2^2^2', '(9^9^9)!', 'gamma(171)', 'combinations(1e6, 5e5)', 'bignumber(9)^1e9', '10^-400', '0/0', '1/0',
  'log(0)', 'log(-1)', 'sqrt(-1)', 'mod(5, 0)', '5 mod 0', '5 % 0', '0^0', '0^-1', 'exp(1e9)', '3 cm', '5 kg to g', '2 in', '1 to 2', '5%', '50 % of 2',
  '1; 2; 3', 'a = 1', 'a := 1', 'a == 1 ? b = 2 : 3', 'x.y.z', 'x["y"]', 'x?.y', 'a ?? b', 'week ? year : 0', '0x10', '0b11', '0o7', '1e', '1e+', '.', '..', '1..2',
  `${'('.repeat(240)}1${')'.repeat(240)}`, `${'-'.repeat(499)}1`, `${'sin('.repeat(120)}1${')'.repeat(120)}`, `${'if(1,'.repeat(80)}1${',1)'.repeat(80)}`,
  `${'['.repeat(250)}${']'.repeat(250)}`, `${'1?'.repeat(160)}1${':1'.repeat(160)}`, `${'not '.repeat(120)}1`, `${'2^'.repeat(200)}2`, 'x'.repeat(500), '9'.repeat(499),
  '1'.padStart(500), '\u0000', 'we\u0000ek', 'wеek', '１＋１', '∞', 'π', '−1', '1\u00A0+\u00A01', '\u202E1+2', 'week\n=\n1', '# only a comment', '', ' ',
]

const piece = fc.constantFrom(
  'week', 'year', 'growth', 'pi', 'e', '1', '0', '2.5', '1e9', '1e-9', '1e308', '9', 'min', 'max', 'abs', 'exp', 'log', 'sqrt', 'floor', 'if', 'sin', 'round', 'constructor', '__proto__',
  '(', ')', '[', ']', '{', '}', ',', ';', ':', '.', '?', '=', '==', '<', '<=', '!=', '+', '-', '*', '/', '^', '%', '!', "'", '"', '|', '&', '~', 'and', 'or', 'not', 'mod', 'to', 'in', ' ',
)

/** Attacks, mixtures of them, words of the grammar in any order, and text of any kind. */
export const formulaText: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...FORMULA_ATTACKS) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...FORMULA_ATTACKS), fc.constantFrom('+', '*', '^', ',', ';', ' '), fc.constantFrom(...FORMULA_ATTACKS)).map((parts) => parts.join('')) },
  { weight: 6, arbitrary: fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: fc.string({ maxLength: 600, unit: 'binary' }) },
)
