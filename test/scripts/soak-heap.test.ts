import { describe, expect, it } from 'vitest'
import { heapMegabytes, heapParts } from '../../scripts/soak-heap.ts'

/** A class of its own, so that nothing else looks like these. */
class Held {
  readonly text: string
  readonly next: { readonly index: number }
  constructor(index: number) {
    this.text = `held ${index}`
    this.next = { index }
  }
}

describe('what a heap consists of', () => {
  it('is what a program holds, to the megabyte, apart from its code', async () => {
    const before = await heapParts()
    const held = Array.from({ length: 100_000 }, (_, index) => new Held(index))
    const after = await heapParts()
    // An object of two fields, one of one, and a text of ten letters, each with its header: some 100 bytes, and 8 in the list.
    expect(after.heldMegabytes - before.heldMegabytes).toBeGreaterThan(7)
    expect(after.heldMegabytes - before.heldMegabytes).toBeLessThan(16)
    expect(Math.abs(after.codeMegabytes - before.codeMegabytes)).toBeLessThan(1)
    expect(held).toHaveLength(100_000)
  }, 60_000)

  it('is all of the heap, as Node tells it, but for what lies outside', async () => {
    const heap = heapMegabytes()
    const { heldMegabytes, codeMegabytes } = await heapParts()
    expect(heldMegabytes + codeMegabytes).toBeGreaterThan(0.8 * heap)
  }, 60_000)
})
