import { describe, expect, it } from 'vitest'
import { parseStudy } from '../../src/scenario/parse.ts'
import { complaints, SMALL_STUDY } from './helpers.ts'

const withBase = (lines: string): string => SMALL_STUDY.replace('  base: {}\n', `  base:\n${lines}`)
const withProgramme = (programme: string): string => withBase(`    invest:\n      - ${programme}\n`)
const withTop = (line: string): string => `${SMALL_STUDY}${line}\n`

describe('a study file with a fault is refused with place, path, reason and suggestion', () => {
  it('passes the study that the faults below are put into', async () => {
    expect(await complaints(SMALL_STUDY)).toEqual([])
  })

  const cases: readonly (readonly [string, string, string])[] = [
    ['an unknown key', withTop('replicatons: 3'), 'study.yaml:10:1 replicatons: unknown key "replicatons"; did you mean "replications"?'],
    ['an unknown key that is like none', withTop('zzzzzz: 3'), 'study.yaml:10:1 zzzzzz: unknown key "zzzzzz"; allowed: $schema, schemaVersion, name, title, description, baseline, time, seasonality, seed, replications, draws, drawMethod, … (27 in all)'],
    ['an unknown lever', withProgramme('{ lever: capcity, budget: { perYear: 1 } }'), 'study.yaml:11:18 scenarios.base.invest[0].lever: unknown lever "capcity"; did you mean "capacity"?'],
    ['a missing lever', withProgramme('{ budget: { perYear: 1 } }'), 'study.yaml:11:9 scenarios.base.invest[0].lever: is missing; it must be one of capacity, independent-sector, surgical-hub, diagnostic-centre, validation, advice-and-guidance, reminders, attendance-support, digital-first, outreach, prevention, waiting-well, … (14 in all)'],
    ['an unknown rule', withProgramme('{ lever: capacity, budget: { perYear: 1 }, allocate: { rule: targetted, groups: [1] } }'), 'study.yaml:11:70 scenarios.base.invest[0].allocate.rule: unknown allocation rule "targetted"; did you mean "targeted"?'],
    ['an unknown kind of shock', withBase('    shocks: [{ kind: industrial-actoin, weeks: [2026-04-06], capacityLoss: 0.1 }]\n'), 'study.yaml:10:22 scenarios.base.shocks[0].kind: unknown kind of shock "industrial-actoin"; did you mean "industrial-action"?'],
    ['an unknown distribution', withTop('assumptions: { backfillShare: { dist: betta, mean: 0.1, sd: 0.01 } }'), 'study.yaml:10:39 assumptions.backfillShare.dist: unknown distribution "betta"; did you mean "beta"?'],
    ['an unknown specialty', withProgramme('{ lever: capacity, specialties: [T_2], budget: { perYear: 1 } }'), 'study.yaml:11:42 scenarios.base.invest[0].specialties[0]: unknown specialty "T_2"; did you mean "T_1"?'],
    ['an unknown reference', withTop('reference: basse'), 'study.yaml:10:12 reference: unknown scenario "basse"; did you mean "base"?'],
    ['an unknown group to target', withProgramme('{ lever: capacity, budget: { perYear: 1 }, allocate: { rule: targeted, groups: [4] } }'), 'study.yaml:11:89 scenarios.base.invest[0].allocate.groups[0]: unknown deprivation group 4; this baseline has groups 1 to 3'],
    ['an unknown group of an assumption', withTop('assumptions: { dnaRate: { deprivation: { 4: 0.1 } } }'), 'study.yaml:10:42 assumptions.dnaRate.deprivation.4: unknown deprivation group 4; this baseline has groups 1 to 3'],
    ['an unknown group of a head start', withBase('    policy: { headStartWeeks: { deprivation: { 9: 1 } } }\n'), 'study.yaml:10:48 scenarios.base.policy.headStartWeeks.deprivation.9: unknown deprivation group 9; this baseline has groups 1 to 3'],
    ['a wrong type', withTop('replications: many'), 'study.yaml:10:15 replications: must be a number; found "many"'],
    ['half a replication', withTop('replications: 1.5'), 'study.yaml:10:15 replications: must be a whole number; found 1.5'],
    ['negative money', withProgramme('{ lever: capacity, budget: { perYear: -1 } }'), 'study.yaml:11:47 scenarios.base.invest[0].budget.perYear: must be at least 0; found -1'],
    ['money in words', withProgramme('{ lever: capacity, budget: { perYear: £12m } }'), 'study.yaml:11:47 scenarios.base.invest[0].budget.perYear: "£12m" is not a number; write digits only, without separators, units or signs of money (12000000)'],
    ['negative capacity', SMALL_STUDY.replace('firstAppointmentsPerWeek: 10', 'firstAppointmentsPerWeek: -10'), 'study.yaml:6:90 baseline.specialties[0].firstAppointmentsPerWeek: must be at least 0; found -10'],
    ['a share above 1', withTop('assumptions: { backfillShare: 1.1 }'), 'study.yaml:10:31 assumptions.backfillShare: must be at most 1; found 1.1'],
    ['a share of capacity above 1', withBase('    shocks: [{ kind: industrial-action, weeks: [2026-04-06], capacityLoss: 1.1 }]\n'), 'study.yaml:10:76 scenarios.base.shocks[0].capacityLoss: must be at most 1; found 1.1'],
    ['no weeks', SMALL_STUDY.replace('weeks: 20', 'weeks: 0'), 'study.yaml:7:35 time.weeks: must be at least 1; found 0'],
    ['weeks beyond limits', SMALL_STUDY.replace('weeks: 20', 'weeks: 1041'), 'study.yaml:7:35 time.weeks: must be at most 1040; found 1041'],
    ['an impossible date', SMALL_STUDY.replace('2026-04-06', '2026-02-30'), 'study.yaml:7:16 time.start: must be a date of the calendar from 2000 to 2199 written like 2026-04-01'],
    ['a date the other way round', SMALL_STUDY.replace('2026-04-06', '06-04-2026'), 'study.yaml:7:16 time.start: must be a date of the calendar from 2000 to 2199 written like 2026-04-01'],
    ['a head start beyond two years', withBase('    policy: { headStartWeeks: { deprivation: { 1: 105 } } }\n'), 'study.yaml:10:51 scenarios.base.policy.headStartWeeks.deprivation.1: must be at most 104; found 105'],
    ['a negative theta', withProgramme('{ lever: capacity, budget: { perYear: 1 }, allocate: { rule: proportionate, theta: -1 } }'), 'study.yaml:11:92 scenarios.base.invest[0].allocate.theta: must be at least 0; found -1'],
    ['a programme twice', withBase('    invest:\n      - { id: a, lever: capacity, budget: { perYear: 1 } }\n      - { id: a, lever: outreach, budget: { perYear: 1 } }\n'), 'study.yaml:12:15 scenarios.base.invest[1].id: another programme of this scenario is called "a"; give it another id'],
    ['a specialty twice', withProgramme('{ lever: capacity, specialties: [T_1, T_1], budget: { perYear: 1 } }'), 'study.yaml:11:47 scenarios.base.invest[0].specialties[1]: T_1 is listed twice'],
    ['money after the study', withProgramme('{ lever: capacity, budget: { perYear: 1, from: 2027-04-01, years: 1 } }'), 'study.yaml:11:36 scenarios.base.invest[0].budget: the money flows from 2027-04-01 to 2028-03-31, entirely outside the study, which runs from 2026-04-06 to 2026-08-24'],
    ['money that starts after the study', withProgramme('{ lever: capacity, budget: { perYear: 1, from: 2027-04-01 } }'), 'study.yaml:11:36 scenarios.base.invest[0].budget: the money starts on 2027-04-01, entirely outside the study, which runs from 2026-04-06 to 2026-08-24'],
    ['money before the study', withProgramme('{ lever: capacity, budget: { perYear: 1, from: 2020-04-01, years: 1 } }'), 'study.yaml:11:36 scenarios.base.invest[0].budget: the money flows from 2020-04-01 to 2021-04-01, entirely outside the study, which runs from 2026-04-06 to 2026-08-24'],
    ['a strike after the study', withBase('    shocks: [{ kind: industrial-action, weeks: [2026-08-24], capacityLoss: 0.1 }]\n'), 'study.yaml:10:49 scenarios.base.shocks[0].weeks[0]: must lie within the study, which runs from 2026-04-06 to 2026-08-24'],
    ['two strikes in a week', withBase('    shocks: [{ kind: industrial-action, weeks: [2026-04-06, 2026-04-12], capacityLoss: 0.1 }]\n'), 'study.yaml:10:61 scenarios.base.shocks[0].weeks[1]: falls in the same week as another date of this shock; list each week once'],
    ['a policy that ends first', withBase('    policy: { from: 2026-05-01, to: 2026-04-30 }\n'), 'study.yaml:10:37 scenarios.base.policy.to: must not be before "from"'],
    ['a scenario id with capitals', SMALL_STUDY.replace('base: {}', 'Base: {}'), 'study.yaml:9:3 scenarios.Base: must be lower-case letters, digits and single hyphens, starting with a letter, at most 60 characters (like "no-investment")'],
    ['no scenario', SMALL_STUDY.replace('scenarios:\n  base: {}', 'scenarios: {}'), 'study.yaml:8:12 scenarios: needs at least one scenario'],
    ['not a number', withTop('assumptions: { backfillShare: .nan }'), 'study.yaml:10:31 assumptions.backfillShare: must be a finite number; found NaN'],
    ['infinity', SMALL_STUDY.replace('clockStartsPerWeek: 12', 'clockStartsPerWeek: .inf'), 'study.yaml:6:40 baseline.specialties[0].clockStartsPerWeek: must be a finite number; found Infinity'],
    ['a key twice', withTop('name: again'), 'study.yaml:10:1 name: the key "name" appears twice (first on line 2); keep one'],
    ['a name that the language keeps for itself', SMALL_STUDY.replace('base: {}', '__proto__: {}'), 'study.yaml:9:3 scenarios.__proto__: the key "__proto__" cannot be a name; choose another'],
    ['a missing key', SMALL_STUDY.replace('name: small\n', ''), 'study.yaml:1:1 name: is missing; it must be text'],
    ['a missing start', SMALL_STUDY.replace('start: 2026-04-06, ', ''), 'study.yaml:7:7 time.start: is missing; with an inline baseline it must be a date like 2026-04-06'],
    ['a later schema version', SMALL_STUDY.replace('schemaVersion: 1', 'schemaVersion: 2'), 'study.yaml:1:16 schemaVersion: must be 1; found 2'],
    ['a step of two days', SMALL_STUDY.replace('weeks: 20', 'weeks: 20, stepDays: 2'), 'study.yaml:7:49 time.stepDays: must be 7 or 1; found 2'],
    ['a formula with a name that is not there', withTop('assumptions: { backfillShare: rat }\nparameters: { rate: 0.1 }'), 'study.yaml:10:31 assumptions.backfillShare: unknown name in a formula "rat"; did you mean "rate"?'],
    ['a formula through time for what is read once', withTop('assumptions: { backfillShare: 0.01 * week }'), 'study.yaml:10:31 assumptions.backfillShare: is read once, at the start, so its formula cannot use week or year'],
    ['a hazard through time, which the engine reads once', withTop('assumptions: { unmetNeedResolutionPerWeek: 0.001 * year }'), 'study.yaml:10:44 assumptions.unmetNeedResolutionPerWeek: is read once, at the start, so its formula cannot use week or year'],
    ['a formula without a value', withProgramme('{ lever: capacity, budget: { perYear: 1000 / (week - 3) } }').replace('perYear: 1000 / (week - 3)', 'perYear: "abs(1000 / (week - 3))"'), 'study.yaml:11:47 scenarios.base.invest[0].budget.perYear: the formula has no finite value in week 3'],
    ['a formula that leaves its range', withProgramme('{ lever: capacity, budget: { perYear: "100 - 10 * week" } }'), 'study.yaml:11:47 scenarios.base.invest[0].budget.perYear: must be between 0 and 100000000000; it is -10 in week 11'],
    ['a distribution that leaves its range', withTop('assumptions: { backfillShare: { dist: uniform, min: 0.5, max: 1.5 } }'), 'study.yaml:10:31 assumptions.backfillShare: must be between 0 and 1; it is 1.5'],
    ['a distribution that cannot be', withTop('assumptions: { backfillShare: { dist: beta, mean: 0.5, sd: 0.5 } }'), 'study.yaml:10:31 assumptions.backfillShare: the sd of a beta distribution with this mean must be below 0.5000'],
    ['a distribution without its sd', withTop('assumptions: { backfillShare: { dist: beta, mean: 0.5 } }'), 'study.yaml:10:31 assumptions.backfillShare.sd: is missing; it must be a number'],
    ['numbers by group for one that has none', withTop('assumptions: { backfillShare: { deprivation: { 1: 0.5 } } }'), 'study.yaml:10:31 assumptions.backfillShare: is one number for all groups; it does not vary by deprivation'],
    ['a list of the wrong length', SMALL_STUDY.replace('clockStartsPerWeek: 12', 'clockStartsPerWeek: [1, 2]'), 'study.yaml:6:40 baseline.specialties[0].clockStartsPerWeek: must have one entry per group, 3; it has 2'],
    ['an assumption without effect', withTop('assumptions: { admissionOdds: 1 }'), 'study.yaml:10:16 assumptions.admissionOdds: has no effect with an inline baseline, which gives its flows itself; remove it'],
    ['a parameter that formulas already know', withTop('parameters: { week: 3 }'), 'study.yaml:10:15 parameters.week: must be a letter followed by at most 39 letters, digits or "_", and not a name that formulas already use'],
    ['a list where the study should be', '- 1\n- 2\n', 'study.yaml:1:1: must be a study: a block of keys such as schemaVersion, name, baseline and scenarios'],
    ['an empty file', '', 'study.yaml: the file is empty; a study needs at least schemaVersion, name, baseline and scenarios'],
    ['only comments', '# nothing\n', 'study.yaml: the file is empty; a study needs at least schemaVersion, name, baseline and scenarios'],
    ['a tag', SMALL_STUDY.replace('name: small', 'name: !!js/function small'), 'study.yaml:2:7: tags (starting with "!") are not used here; remove it'],
    ['two documents', `${SMALL_STUDY}---\n${SMALL_STUDY}`, 'study.yaml:10:1: the text cannot be read as YAML or JSON here: the file holds more than one document ("---"); a study is one'],
  ]
  it.each(cases)('%s', async (_what, source, message) => {
    expect(await complaints(source)).toEqual([message])
  })

  it('points at the very word that is wrong', async () => {
    const found = cases.flatMap(([, source, message]) => {
      const [, line, column, word] = /^study\.yaml:(\d+):(\d+) .*found "?([\w.-]+)"?$/.exec(message) ?? []
      if (word === undefined || word === 'NaN' || word === 'Infinity') return []
      return [[source.split('\n')[Number(line) - 1].slice(Number(column) - 1), word] as const]
    })
    expect(found.length).toBeGreaterThan(10)
    for (const [rest, word] of found) expect(rest.startsWith(word)).toBe(true)
  })

  it('tells every problem of a file, in the order of its lines', async () => {
    const source = withTop('replications: 0\ndraws: -1').replace('weeks: 20', 'weeks: 0')
    const lines = (await complaints(source)).map((line) => Number(line.split(':')[1]))
    expect(lines).toEqual([7, 10, 11])
  })

  it('does not also complain that the key is missing which was misspelt', async () => {
    const messages = await complaints(SMALL_STUDY.replace('name: small', 'nam: small'))
    expect(messages).toEqual(['study.yaml:2:1 nam: unknown key "nam"; did you mean "name"?'])
  })

  it('refuses more than fifty scenarios', async () => {
    const many = Array.from({ length: 51 }, (_, index) => `  s${index}: {}\n`).join('')
    const messages = await complaints(SMALL_STUDY.replace('  base: {}\n', many))
    expect(messages).toEqual(['study.yaml:9:3 scenarios: has 51 scenarios; at most 50 are allowed'])
  })
})

describe('hostile text', () => {
  it('refuses a bomb of aliases', async () => {
    const levels = Array.from({ length: 12 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n},`.repeat(9)}]`).join('\n')
    expect(await complaints(`l0: &l0 [1, 2]\n${levels}\n`)).toEqual([
      'study.yaml:1:1: the aliases (*name) expand to too much; write the values out or use fewer aliases',
    ])
  })

  it('refuses a hundred thousand brackets', async () => {
    const [message] = await complaints('['.repeat(100_000))
    expect(message).toContain('nested too deeply')
  })

  it('refuses a few brackets too many, with their place', async () => {
    const [message] = await complaints(`name: ${'['.repeat(45)}${']'.repeat(45)}`)
    expect(message).toMatch(/^study\.yaml:1:\d+ name\[0\]\[0\]: is nested too deeply/)
  })

  it('refuses a file of more than 5 MB without reading it', async () => {
    const started = performance.now()
    expect(await complaints(' '.repeat(5_000_001))).toEqual([
      'study.yaml: the study file is larger than 5 MB; put large lists into a baseline pack',
    ])
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('keeps keys that mean something to JavaScript from meaning it here', async () => {
    const [message] = await complaints(`${SMALL_STUDY}__proto__: { polluted: 1 }\n`)
    expect(message).toContain('the key "__proto__" cannot be a name')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})

describe('the same study in JSON', () => {
  it('is read as in YAML, tabs and all', async () => {
    const { file } = await parseStudy(SMALL_STUDY, 'study.yaml')
    const json = JSON.stringify(file, null, '\t')
    expect((await parseStudy(json, 'study.json')).file).toEqual(file)
  })

  it('has line and column in its errors', async () => {
    await expect(parseStudy('{\n  "schemaVersion": 1,\n  "nam": "x"\n}', 'study.json')).rejects.toThrow(
      'study.json:3:3 nam: unknown key "nam"; did you mean "name"?',
    )
  })
})
