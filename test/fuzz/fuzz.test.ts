import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileFormula, FormulaError } from '../../src/scenario/formula.ts'
import { commandTargets, type CommandTargets } from './command-targets.ts'
import { FORMULA_ATTACKS } from './formula-text.ts'
import { REGRESSIONS } from './regressions.ts'
import { attempt, READERS, type FuzzTarget } from './targets.ts'

/** Cases of all targets together; `npm run fuzz -- --cases N` tries more. */
const CASES = 3500
const SEED = 20_261

let commands: CommandTargets
beforeAll(async () => {
  commands = await commandTargets()
})
afterAll(() => commands.remove())

const COMMAND_NAMES = [
  'arguments', 'indices CSV', 'results folder, a file', 'results folder, manifest values', 'sweep folder, a file', 'messages of threads', 'calibrate, a table', 'calibrate, strange counts',
  'backtest, strange counts', 'calibrate, an overview', 'import extract, a list', 'import extract, a map', 'plan, a table', 'report, a changed file', 'reproduce, a changed manifest',
  'migrate, a study', 'migrate, a results folder', 'decompose, a study', 'decompose, its options', 'saved search', 'saved search, gone on from', 'optimise --resume', 'a share of a sweep',
  'a share, the sweep', 'submitting again', 'collecting',
]

function targetOf(name: string): FuzzTarget {
  const found = [...READERS, ...commands.targets].find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no target "${name}"`)
  return found
}

async function withoutFinding(name: string): Promise<void> {
  const target = targetOf(name)
  const weights = [...READERS, ...commands.targets].reduce((total, each) => total + each.weight, 0)
  await fc.assert(fc.asyncProperty(target.cases, (input) => attempt(target, input)), { seed: SEED, numRuns: Math.ceil((CASES * target.weight) / weights) })
}

describe('damaged input ends in an answer or a refusal in words, in bounded time:', () => {
  it.each(READERS.map(({ name }) => name))('%s', (name) => expect(withoutFinding(name)).resolves.toBeUndefined(), 300_000)
  it.each(COMMAND_NAMES)('%s', (name) => expect(withoutFinding(name)).resolves.toBeUndefined(), 300_000)

  it('which shows something, since undamaged input of every target is read', async () => {
    for (const target of [...READERS, ...commands.targets]) for (const good of target.good) await target.read(good)
    expect([...READERS, ...commands.targets].every(({ good }) => good.length > 0)).toBe(true)
  })

  it('every target is among these', () => {
    expect(commands.targets.map(({ name }) => name)).toEqual(COMMAND_NAMES)
  })
})

describe('what was found once stays found:', () => {
  it.each(REGRESSIONS)('$promise', ({ target, input }) => expect(attempt(targetOf(target), input)).resolves.toBeUndefined())
})

describe('the formula sandbox', () => {
  it.each(FORMULA_ATTACKS.map((attack) => [attack]))('lets nothing out of %j', async (attack) => {
    const globals = Object.keys(globalThis).length
    const program = await compileFormula(attack).catch((error: unknown) => {
      if (error instanceof FormulaError) return []
      throw error
    })
    // Data alone: numbers, and names of symbols and of operations on the list.
    for (const token of program) expect(typeof token === 'number' || /^\$?[A-Za-z]\w*(\/\d+)?$/.test(token)).toBe(true)
    expect(JSON.parse(JSON.stringify(program))).toEqual(program)
    expect(Object.keys(globalThis).length).toBe(globals)
    expect('polluted' in {}).toBe(false)
  })
})
