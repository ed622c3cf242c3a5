import { afterEach, describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { TaskFailure } from '../../src/execution/failure.ts'
import { createStandingThread } from '../../src/execution/standing-thread.ts'
import type { StandingThread } from '../../src/execution/standing-thread.ts'
import { fixtureStudy, fixtureTasks, outcomeOf } from './fixture.ts'

const tasks = fixtureTasks(3)
const expected = tasks.map((task, index) => [index, outcomeOf(task)])
let thread: StandingThread = createStandingThread(new URL('fixture-thread.ts', import.meta.url))
afterEach(async () => {
  await thread.close()
  thread = createStandingThread(new URL('fixture-thread.ts', import.meta.url))
})

const workersAlive = (): number => process.getActiveResourcesInfo().filter((resource) => resource === 'MessagePort' || resource === 'Worker').length

async function collect(): Promise<unknown[]> {
  const received: unknown[] = []
  await thread.run(fixtureStudy(), tasks, (index, outcome) => received.push([index, outcome]))
  return received
}

const failureOf = (misbehaviour: string, signal?: AbortSignal): Promise<unknown> =>
  thread.run(fixtureStudy(misbehaviour), tasks, () => undefined, signal).then(
    () => 'no failure',
    (error: unknown) => error,
  )

describe('a standing thread', () => {
  it('runs one study after another on one thread, and is gone once closed', async () => {
    const before = workersAlive()
    expect(await collect()).toEqual(expected)
    const during = workersAlive()
    expect(during).toBeGreaterThan(before)
    expect(await collect()).toEqual(expected)
    expect(workersAlive()).toBe(during)
    await thread.close()
    expect(workersAlive()).toBe(before)
  })

  it('says what failed, and starts afresh for the next study', async () => {
    expect(await failureOf('throw')).toBeInstanceOf(TaskFailure)
    expect(await collect()).toEqual(expected)
  })

  it('says in which run its thread ended', async () => {
    const error = await failureOf('exit')
    expect(error).toBeInstanceOf(UserError)
    expect(String(error)).toContain('scenario "strikes", replication 3')
    expect(await collect()).toEqual(expected)
  })

  it('stops at once when told to, with the reason', async () => {
    const stop = new AbortController()
    const failure = failureOf('never-end', stop.signal)
    setTimeout(() => stop.abort(new UserError('enough', 130)), 200)
    expect(await failure).toMatchObject({ message: 'enough' })
    expect(await collect()).toEqual(expected)
  })
})
