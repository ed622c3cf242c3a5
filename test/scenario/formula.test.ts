import fc from 'fast-check'
import { evaluate } from 'mathjs/number'
import { describe, expect, it } from 'vitest'
import { runProgram } from '../../src/scenario/formula-program.ts'
import { compileFormula, FormulaError } from '../../src/scenario/formula.ts'

const run = async (source: string, scope: Record<string, number> = {}): Promise<number> =>
  runProgram(await compileFormula(source), (name) => scope[name] ?? Number.NaN)

/** A refusal for the user; anything else is thrown on, as a defect. */
function refusal(error: unknown): FormulaError {
  if (error instanceof FormulaError) return error
  throw error
}

const outcome = (source: string, scope: Record<string, number>): Promise<number | FormulaError> =>
  run(source, scope).catch(refusal)

describe('a formula', () => {
  it.each([
    ['1.02^year', { year: 2 }, 1.0404],
    ['-week + 3', { week: 5 }, -2],
    ['week < 10 ? 1 : 0.5', { week: 10 }, 0.5],
    ['if(week >= 10, a, b)', { week: 10, a: 7, b: 8 }, 7],
    ['min(3, 1, 2) + max(3, 1, 2)', {}, 4],
    ['round(-2.5)', {}, -3],
    ['-7 % 3', {}, 2],
    ['not (week == 3) or 0', { week: 3 }, 0],
    ['cos(pi) + log(e)', {}, 0],
    ['2^-1', {}, 0.5],
    ['2^3^2', {}, 512],
  ])('%s', async (source, scope, value) => {
    expect(await run(source, scope as Record<string, number>)).toBeCloseTo(value, 12)
  })

  it('gives what mathjs gives', async () => {
    const leaf = fc.oneof(fc.integer({ min: 1, max: 9 }).map(String), fc.constantFrom('week', 'year', 'pi'))
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc
          .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '^', '%', '<', '>=', '=='), tie('expression'))
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
        fc
          .tuple(fc.constantFrom('abs', 'exp', 'log', 'sqrt', 'floor', 'ceil', 'sin', 'cos'), tie('expression'))
          .map(([name, a]) => `${name}(${a})`),
        fc
          .tuple(fc.constantFrom('min', 'max'), tie('expression'), tie('expression'))
          .map(([name, a, b]) => `${name}(${a}, ${b})`),
      ),
    }))
    let compared = 0
    await fc.assert(
      fc.asyncProperty(expression, fc.integer({ min: 0, max: 300 }), async (source, week) => {
        const scope = { week, year: week / 52.18 }
        const expected = Number(evaluate(source, { ...scope }))
        const ours = await outcome(source, scope)
        // mathjs compares with a tolerance, so that comparisons are looked at in the examples above only.
        if (typeof ours !== 'number' || !Number.isFinite(expected) || !Number.isFinite(ours) || /[<>=]/.test(source)) return
        compared++
        expect(Math.abs(ours - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)))
      }),
      { seed: 7, numRuns: 300 },
    )
    expect(compared).toBeGreaterThan(100)
  })
})

describe('a formula cannot', () => {
  it.each([
    ['assign', 'a = 3'],
    ['define a function', 'f(x) = x'],
    ['hold several expressions', '1; 2'],
    ['hold text', '"abc"'],
    ['hold text in a sum', '1 + "abc"'],
    ['hold a list', '[1, 2]'],
    ['hold an object', '{a: 1}'],
    ['hold a range', '1:3'],
    ['reach properties', 'week.constructor'],
    ['reach properties by index', 'week["constructor"]'],
    ['reach a constructor through a function', 'cos.constructor("return process")()'],
    ['call what is not on the list', 'import({a: 1})'],
    ['evaluate text', 'evaluate("1")'],
    ['parse text', 'parse("1")'],
    ['create units', 'createUnit("x")'],
    ['call a function that objects have', 'toString()'],
    ['call __proto__', '__proto__(1)'],
    ['call hasOwnProperty', 'hasOwnProperty(1)'],
    ['name __proto__', '__proto__'],
    ['multiply without a sign', '2 week'],
    ['carry units', '2 cm'],
    ['use factorials', '3!'],
    ['transpose', "week'"],
    ['use per cent', '5%'],
    ['chain comparisons', '1 < week < 3'],
    ['use bits', '3 | 4'],
    ['hold infinity', '1e999'],
    ['hold true', 'true'],
    ['hold null', 'null'],
    ['be empty', ''],
    ['be a comment', '# nothing'],
    ['call min of nothing', 'min()'],
    ['call cos of two', 'cos(1, 2)'],
    ['be long', `1${'+1'.repeat(250)}`],
    ['be deep', `${'('.repeat(60)}1${')'.repeat(60)}`],
    ['have many parts', `1${'+1'.repeat(220)}`],
    ['be nonsense', '1 +* 2'],
  ])('%s', async (_what, source) => {
    await expect(compileFormula(source)).rejects.toBeInstanceOf(FormulaError)
  })

  it('do anything else with arbitrary text but compile to a plain program or be refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 60 }), async (source) => {
        const program = await compileFormula(source).catch(refusal)
        const tokens = program instanceof FormulaError ? [] : program
        expect(tokens.every((token) => typeof token === 'number' || /^\$?[A-Za-z][\w/]*$/.test(token))).toBe(true)
        expect(typeof runProgram(tokens, () => 1)).toBe('number')
      }),
      { seed: 11, numRuns: 300 },
    )
  })
})

describe('a program that was tampered with', () => {
  it.each([[['constructor']], [['__proto__']], [[1, 'add']], [['min/0']], [[1, 2]], [[]], [[1, 'min/x']]])(
    '%j has no value',
    (program) => {
      expect(runProgram(program, () => 1)).toBeNaN()
    },
  )
})
