import { describe, expect, it } from 'vitest'
import { parseStudy } from '../../src/scenario/parse.ts'
import { inlineStudyBaseline, resolveStudy } from '../../src/scenario/resolve.ts'
import { complaints, resolved, SMALL_STUDY } from './helpers.ts'

/** The small study, 6 April to 23 August 2026, with this target on line 11. */
const withTarget = (target: string): string => `${SMALL_STUDY}targets:\n  - { ${target} }\n`
const GAP = '"slope-index:within-18-weeks"'

describe('a target of a study file', () => {
  it('has everybody, all specialties and no requirement by default, and says itself what it asks', async () => {
    const study = await resolved(withTarget('id: goal, measure: within-18-weeks, atLeast: 0.92, by: 2026-06-30'))
    expect(study.targets).toEqual([
      {
        id: 'goal',
        title: 'Within 18 weeks: at least 92% by 30 June 2026',
        measure: 'within-18-weeks',
        specialty: 'all',
        group: 'all',
        limitKind: 'atLeast',
        limit: 0.92,
        by: '2026-06-30',
        requiredIn: [],
      },
    ])
  })

  it('can be of a group and a specialty', async () => {
    const [target] = (
      await resolved(withTarget('id: g, measure: waiting, specialty: T_1, group: 3, atMost: 900, by: 2026-06-30'))
    ).targets
    expect(target).toMatchObject({ specialty: 'T_1', group: '3', limitKind: 'atMost', limit: 900 })
    expect(target.title).toBe('Waiting, T_1, group 3: at most 900 pathways by 30 June 2026')
  })

  it('can be of a gap, within a distance of equality or on one side', async () => {
    const within = await resolved(withTarget(`id: g, measure: ${GAP}, within: 0.005, by: 2026-06-30`))
    expect(within.targets[0]).toMatchObject({ group: 'gap', limitKind: 'within', limit: 0.005 })
    expect(within.targets[0].title).toBe(
      'Within 18 weeks, slope index of inequality: within 0.5 points of equality by 30 June 2026',
    )
    const least = await resolved(withTarget(`id: g, measure: ${GAP}, atLeast: -0.01, by: 2026-06-30`))
    expect(least.targets[0]).toMatchObject({ limitKind: 'atLeast', limit: -0.01 })
  })

  it('is required in every scenario, or in those named, of which a run may leave some out', async () => {
    const twoScenarios = SMALL_STUDY.replace('  base: {}\n', '  base: {}\n  plan: {}\n')
    const source = (required: string): string =>
      `${twoScenarios}targets:\n  - { id: g, measure: waiting, atMost: 9, by: 2026-06-30, required: ${required} }\n`
    const requiredIn = async (required: string): Promise<readonly string[]> =>
      (await resolved(source(required))).targets[0].requiredIn
    expect(await requiredIn('true')).toEqual(['base', 'plan'])
    expect(await requiredIn('false')).toEqual([])
    expect(await requiredIn('[plan]')).toEqual(['plan'])
    const { file, positions } = await parseStudy(source('[plan]'), 'study.yaml')
    if (typeof file.baseline === 'string') throw new Error('the small study has an inline baseline')
    const baseline = inlineStudyBaseline(file, file.baseline)
    const alone = resolveStudy({ ...file, scenarios: { base: {} } }, baseline, positions)
    expect(alone.targets[0].requiredIn).toEqual([])
  })

  it('may be due on the first and on the last day, and beyond it in a study cut short', async () => {
    for (const by of ['2026-04-06', '2026-08-23']) {
      expect(await complaints(withTarget(`id: g, measure: waiting, atMost: 9, by: ${by}`))).toEqual([])
    }
    const { file, positions } = await parseStudy(withTarget('id: g, measure: waiting, atMost: 9, by: 2026-08-23'), 's.yaml')
    if (typeof file.baseline === 'string') throw new Error('the small study has an inline baseline')
    const short = { ...file, time: { ...file.time, weeks: 2 } }
    const study = resolveStudy(short, inlineStudyBaseline(file, file.baseline), positions, { datesMustFit: false })
    expect(study.targets).toHaveLength(1)
  })

  const rest = 'by: 2026-06-30'
  const cases: readonly (readonly [string, string, string])[] = [
    ['an unknown measure', `id: g, measure: within-18-week, atLeast: 0.9, ${rest}`, '[0].measure: unknown measure "within-18-week"; did you mean "within-18-weeks"?'],
    ['an unknown index', `id: g, measure: "slop-index:within-18-weeks", within: 0.1, ${rest}`, '[0].measure: unknown measure "slop-index:within-18-weeks"; did you mean "slope-index:within-18-weeks"?'],
    ['no measure', `id: g, atLeast: 0.9, ${rest}`, '[0].measure: is missing; it must be one of waiting, clock-starts, '],
    ['an unknown key', `id: g, measure: waiting, atmost: 9, ${rest}`, '[0].atmost: unknown key "atmost"; did you mean "atMost"?'],
    ['an unknown specialty', `id: g, measure: waiting, specialty: T_2, atMost: 9, ${rest}`, '[0].specialty: unknown specialty "T_2"; did you mean "T_1"?'],
    ['an unknown group', `id: g, measure: waiting, group: 4, atMost: 9, ${rest}`, '[0].group: unknown deprivation group 4; this baseline has groups 1 to 3'],
    ['a group of a gap', `id: g, measure: ${GAP}, group: 1, within: 0.1, ${rest}`, '[0].group: a gap is across all groups; remove it'],
    ['no limit', `id: g, measure: waiting, ${rest}`, '[0]: needs a limit: one of atLeast, atMost and, for a gap, within'],
    ['two limits', `id: g, measure: waiting, atLeast: 1, atMost: 9, ${rest}`, '[0].atMost: atLeast and atMost cannot stand together; write two targets'],
    ['within for what is no gap', `id: g, measure: waiting, within: 9, ${rest}`, '[0].within: is a distance from equality, for gap measures like slope-index:within-18-weeks; use atLeast or atMost'],
    ['exact equality, which no run gives', `id: g, measure: ${GAP}, within: 0, ${rest}`, '[0].within: must be above 0; found 0'],
    ['a share above 1', `id: g, measure: within-18-weeks, atLeast: 92, ${rest}`, '[0].atLeast: must be between 0 and 1; it is 92 (shares are written from 0 to 1: 0.92 is 92%)'],
    ['a gap of shares above 1', `id: g, measure: ${GAP}, atMost: 5, ${rest}`, '[0].atMost: must be between -1 and 1; it is 5 (shares'],
    ['a negative count', `id: g, measure: waiting, atMost: -1, ${rest}`, '[0].atMost: must be at least 0; found -1'],
    ['a negative ratio of groups', `id: g, measure: "relative-gap:mean-wait", atLeast: -1, ${rest}`, '[0].atLeast: must be at least 0; found -1'],
    ['a date before the study', 'id: g, measure: waiting, atMost: 9, by: 2026-04-05', '[0].by: must lie within the study, which runs from 2026-04-06 to 2026-08-23'],
    ['a date after the study', 'id: g, measure: waiting, atMost: 9, by: 2026-08-24', '[0].by: must lie within the study, which runs from 2026-04-06 to 2026-08-23'],
    ['an impossible date', 'id: g, measure: waiting, atMost: 9, by: 2026-06-31', '[0].by: must be a date of the calendar'],
    ['an unknown scenario', `id: g, measure: waiting, atMost: 9, ${rest}, required: [basse]`, '[0].required[0]: unknown scenario "basse"; did you mean "base"?'],
    ['a scenario named twice', `id: g, measure: waiting, atMost: 9, ${rest}, required: [base, base]`, '[0].required[1]: base is listed twice'],
    ['a requirement that is neither', `id: g, measure: waiting, atMost: 9, ${rest}, required: base`, '[0].required: must be true or false or a list; found "base"'],
  ]
  it.each(cases)('with %s is refused with place, rule and suggestion', async (_, written, message) => {
    const lines = await complaints(withTarget(written))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^study\.yaml:11:\d+ /)
    expect(lines[0]).toContain(`targets${message}`)
  })

  it('called like another is refused', async () => {
    const one = '{ id: g, measure: waiting, atMost: 9, by: 2026-06-30 }'
    expect(await complaints(`${SMALL_STUDY}targets:\n  - ${one}\n  - ${one}\n`)).toEqual([
      'study.yaml:12:11 targets[1].id: another target is called "g"; give it another id',
    ])
  })
})
