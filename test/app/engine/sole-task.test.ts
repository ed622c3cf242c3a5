import { describe, expect, it } from 'vitest'
import { createSoleTask, type Emit, type TaskEnd } from '../../../src/app/engine/sole-task.ts'
import { InputError } from '../../../src/errors.ts'

type Said = string | TaskEnd

/** Work under way, to be gone on with by hand. */
function begun() {
  const task = createSoleTask<string>()
  const works: { readonly said: Said[]; readonly emit: Emit<string>; readonly signal: AbortSignal; end: () => void; fail: (error: unknown) => void }[] = []
  const begin = (): (typeof works)[number] => {
    const said: Said[] = []
    task.begin(
      (update) => said.push(update),
      (emit, signal) => new Promise((end, fail) => works.push({ said, emit, signal, end, fail })),
    )
    return works[works.length - 1]
  }
  return { task, begin }
}

/** Until what was settled has been heard of. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

describe('work of which there is one at a time', () => {
  it('ends what is under way when it begins, which says nothing after that it was cancelled', async () => {
    const { begin } = begun()
    const first = begin()
    first.emit('early')
    const second = begin()
    first.emit('late')
    first.fail(new Error('late'))
    second.emit('own')
    await settled()
    expect(first.said).toEqual(['early', { kind: 'cancelled' }])
    expect([first.signal.aborted, second.signal.aborted]).toEqual([true, false])
    expect(second.said).toEqual(['own'])
  })

  it('stops what is under way and nothing that has ended, the one before the last included', async () => {
    const { task, begin } = begun()
    const [first, second] = [begin(), begin()]
    first.end()
    await settled()
    task.stop()
    expect(second.said).toEqual([{ kind: 'cancelled' }])
    const third = begin()
    third.end()
    await settled()
    task.stop()
    expect([third.said, third.signal.aborted]).toEqual([[], false])
  })

  it('says what went wrong in words for a user', async () => {
    const { begin } = begun()
    const work = begin()
    work.fail(new InputError({ path: 'time.weeks', message: 'is too long' }))
    await settled()
    expect(work.said).toEqual([{ kind: 'failed', problems: [expect.objectContaining({ path: 'time.weeks', message: 'is too long' })] }])
  })
})
