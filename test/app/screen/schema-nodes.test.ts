import { describe, expect, it } from 'vitest'
import { ASSUMPTIONS } from '../../../src/scenario/assumptions.ts'
import { LEVERS, SHOCK_KINDS } from '../../../src/scenario/study.ts'
import {
  fieldKind,
  followed,
  POLICY_NODE,
  PROGRAMME_NODE,
  property,
  requiredValues,
  SHOCK_NODE,
  studyNode,
  TARGET_NODE,
  variants,
  type SchemaNode,
} from '../../../src/app/screen/schema-nodes.ts'

describe('controls made from the schema', () => {
  it('offer every lever and every kind of shock that a study may name', () => {
    expect(variants(PROGRAMME_NODE, 'lever').map(({ name }) => name).toSorted()).toEqual([...LEVERS].toSorted())
    expect(variants(SHOCK_NODE, 'kind').map(({ name }) => name).toSorted()).toEqual([...SHOCK_KINDS].toSorted())
  })

  it('have a range for the money, for θ and for every head start', () => {
    const programme = variants(PROGRAMME_NODE, 'lever')[0].node
    expect(fieldKind(property(property(programme, 'budget'), 'perYear'))).toMatchObject({ kind: 'number', minimum: 0 })
    const proportionate = variants(property(programme, 'allocate'), 'rule').find(({ name }) => name === 'proportionate')
    expect(fieldKind(property(followed(proportionate?.node ?? {}), 'theta'))).toMatchObject({ kind: 'number', minimum: 0, maximum: 10 })
    expect(fieldKind(property(POLICY_NODE, 'headStartWeeks'))).toMatchObject({ kind: 'per-group' })
  })

  it('exist for everything in programmes, shocks, policies and targets', () => {
    const nodes: SchemaNode[] = [POLICY_NODE, TARGET_NODE, ...[...variants(PROGRAMME_NODE, 'lever'), ...variants(SHOCK_NODE, 'kind')].map(({ node }) => node)]
    const fileOnly = nodes.flatMap((node) =>
      Object.keys(node.properties ?? {}).filter((name) => property(node, name).const === undefined && fieldKind(property(node, name)).kind === 'file-only'),
    )
    // Which scenarios must meet a target is a yes or a list of their names; the groups that a programme can be for are
    // those of the study's own dimensions, which no schema knows. Both are set in the file.
    expect([...new Set(fileOnly)].toSorted()).toEqual(['dimensions', 'required'])
  })

  it('exist for every assumption of the registry that a study file may set', () => {
    const block = studyNode('assumptions')
    const named = ASSUMPTIONS.filter(({ id }) => block.properties?.[id] !== undefined)
    expect(named.length).toBe(Object.keys(block.properties ?? {}).length)
    for (const { id } of named) expect(['number', 'per-group']).toContain(fieldKind(property(block, id)).kind)
  })

  it('begin with what must be there', () => {
    const shock = variants(SHOCK_NODE, 'kind').find(({ name }) => name === 'industrial-action')
    expect(requiredValues(shock?.node ?? {}, '2026-02-01')).toEqual({ kind: 'industrial-action', capacityLoss: 0 })
  })
})
