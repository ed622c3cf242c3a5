import { describe, expect, it } from 'vitest'
import { serviceKey } from '../../src/model/identity.ts'

describe('the luck of a run', () => {
  it('is its own for every draw and replication; without draws it is that of draw 0', () => {
    const keys = [0, 1, 2].flatMap((draw) => [0, 1, 2].map((replication) => serviceKey([1, 2], replication, 'QYG', 'C_110', draw).join()))
    expect(new Set(keys).size).toBe(9)
    expect(serviceKey([1, 2], 1, 'QYG', 'C_110').join()).toBe(keys[1])
  })
})
