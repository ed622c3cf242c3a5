import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { validatePack } from '../../src/baseline/validate-pack.ts'
import { InputError } from '../../src/errors.ts'
import { shippedPack } from './packs.ts'

/** Sentences of the schema library, which nobody should read. */
const OF_THE_LIBRARY = /Invalid input|expected \w+, received|Unrecognized key|Too (?:big|small)/i

type Loose = Record<string, unknown>

/** The message for a shipped pack with one value changed, by a path such as `specialties.3.clockStarts`. */
function refusal(path: string, value: unknown): string {
  const pack = structuredClone(shippedPack('QYG')) as unknown as Loose
  const parts = path.split('.')
  const last = parts.pop() ?? ''
  const holder = parts.reduce((at, part) => at[part] as Loose, pack)
  holder[last] = value
  return messageFor(pack)
}

function messageFor(value: unknown): string {
  try {
    validatePack(value, 'mine.json')
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  return 'accepted'
}

describe('a pack', () => {
  it('is accepted as it ships, all 43 of them', () => {
    const codes = readdirSync(new URL('../../scenarios/baselines/', import.meta.url)).map((name) => name.slice(0, 3))
    expect(codes).toHaveLength(43)
    for (const code of codes) expect(shippedPack(code).system.code).toBe(code)
  })

  it.for([
    ['specialties.3.admittedStops.17', -1, 'mine.json specialties[3].admittedStops[17]: '],
    ['specialties.3.clockStarts', 1.5, 'specialties[3].clockStarts'],
    ['specialties.0.clockStarts', Number.NaN, 'specialties[0].clockStarts'],
    ['specialties.0.clockStarts', 1e300, 'specialties[0].clockStarts'],
    ['specialties.0.waitingWithDecision', Array.from({ length: 106 }, () => 1), 'specialties[0].waitingWithDecision'],
    ['specialties.0.waitingWithDecision', Array.from({ length: 3_000_000 }, () => 1), 'specialties[0].waitingWithDecision'],
    ['specialties.1.code', 'C_100', '"C_100" is there twice'],
    ['specialties.1.code', '../../x', 'a code is'],
    ['specialties', [], 'specialties'],
    ['deprivation.listShare.0', 0.9, 'deprivation.listShare: shares must sum to 1'],
    ['deprivation.population.2', 0, 'deprivation.population[2]: must be at least 1; found 0'],
    ['deprivation.population.2', 5, 'deprivation.populationByAge[2]: sums to'],
    ['deprivation.tilt52plus', Number.POSITIVE_INFINITY, 'deprivation.tilt52plus'],
    ['months', ['2026-01', '2026-03'], 'months[1]: 2026-03 does not follow 2026-01'],
    ['months', ['2026-13'], 'months[0]: a month is written YYYY-MM'],
    ['workingDays', 0, 'workingDays'],
    ['version', 2, 'version'],
    ['surprise', 1, 'surprise'],
  ] as const)('with a wrong %s is refused at that place', ([path, value, expected]) => {
    expect(refusal(path, value)).toContain(expected)
    expect(refusal(path, value)).not.toMatch(OF_THE_LIBRARY)
  })

  it('says what is allowed in words of its own', () => {
    expect(refusal('days', '31')).toBe('mine.json days: must be a number; found "31"')
    expect(refusal('daays', 31)).toBe('mine.json daays: unknown key "daays"; did you mean "days"?')
  })

  it.each([{ password: 'hunter2' }, { format: 'fairwait-manifest' }, [], 'text', null, 7])('is nothing else, of which nothing is repeated: %j', (value) => {
    expect(messageFor(value)).toBe('mine.json: is not a baseline pack; a pack is a JSON file made by "fairwait import rtt"')
  })

  it('may have any text for a name', () => {
    expect(refusal('system.name', '<script>alert(1)</script>')).toBe('accepted')
  })

  it.each([[null], [[]], ['text'], [42], [{}]])('is not %j', (value) => {
    expect(messageFor(value)).toContain('mine.json')
  })

  it('with very many mistakes is refused in few lines', () => {
    const lines = refusal('specialties.0.admittedStops', Array.from({ length: 100 }, () => -1)).split('\n')
    expect(lines).toHaveLength(11)
    expect(lines[10]).toContain('and 90 more')
  })
})
