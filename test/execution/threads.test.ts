import { describe, expect, it } from 'vitest'
import { InputError, UserError } from '../../src/errors.ts'
import { TaskFailure } from '../../src/execution/failure.ts'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { createThreadsBackend } from '../../src/execution/threads.ts'
import type { Backend, Task } from '../../src/execution/types.ts'
import { fixtureStudy, fixtureTasks, outcomeOf } from './fixture.ts'

const threadUrl = new URL('fixture-thread.ts', import.meta.url)
const threads = (workers: number): Backend => createThreadsBackend({ workers, threadUrl })

/** Threads of this process that are still there. */
const threadsAlive = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'MessagePort' || resource === 'Worker').length

async function failureOf(backend: Backend, misbehaviour: string, signal?: AbortSignal): Promise<unknown> {
  const run = backend.run(fixtureStudy(misbehaviour), fixtureTasks(5), () => undefined, signal)
  return run.then(
    () => 'no failure',
    (error: unknown) => error,
  )
}

async function collect(backend: Backend, tasks: readonly Task[]): Promise<unknown[]> {
  const received: unknown[] = []
  await backend.run(fixtureStudy(), tasks, (index, outcome) => received.push([index, outcome]))
  return received
}

describe('backends', () => {
  const tasks = fixtureTasks(5)
  const expected = tasks.map((task, index) => [index, outcomeOf(task)])

  it.each([1, 2, 5])('%i threads give the same outcomes in the same order', async (workers) => {
    expect(await collect(threads(workers), tasks)).toEqual(expected)
  })

  it('in line gives what threads give', async () => {
    expect(await collect(createInlineBackend(() => outcomeOf), tasks)).toEqual(expected)
  })

  it('starts no more threads than there are tasks, and none for no tasks', async () => {
    expect(await collect(threads(64), tasks.slice(0, 1))).toEqual(expected.slice(0, 1))
    const before = threadsAlive()
    await threads(2).run(fixtureStudy(), [], () => expect.unreachable())
    expect(threadsAlive()).toBe(before)
    await threads(2).run(fixtureStudy(), tasks.slice(0, 6), () => {
      expect(threadsAlive()).toBeGreaterThan(before)
    })
    expect(threadsAlive()).toBe(before)
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses %d workers, which the pool would take for no bound', (workers) => {
    expect(() => createThreadsBackend({ workers })).toThrow('whole number')
  })
})

describe('a failing run', () => {
  it.each([
    ['throw', TaskFailure, 'scenario "strikes", replication 3: slots ran backwards'],
    ['throw-user-error', UserError, 'a check was not met'],
    ['throw-input-error', InputError, 'study.yaml:3:7 time.weeks: too long'],
    ['refuse-study', InputError, 'no such study'],
  ])('surfaces "%s" as its own kind of error', async (misbehaviour, kind, message) => {
    const error = await failureOf(threads(2), misbehaviour)
    expect(error).toBeInstanceOf(kind)
    expect(error).toMatchObject({ message })
  })

  it('names the run in line as it does on threads', async () => {
    const backend = createInlineBackend(() => (task) => {
      if (task.scenario === 1 && task.replication === 2) throw new RangeError('slots ran backwards')
      return outcomeOf(task)
    })
    expect(await failureOf(backend, '')).toMatchObject({
      message: 'scenario "strikes", replication 3: slots ran backwards',
    })
  })

  it('says where a thread was when it ended by itself', async () => {
    const error = await failureOf(threads(2), 'exit')
    expect(error).toBeInstanceOf(UserError)
    expect(error).toMatchObject({
      exitCode: 1,
      message: 'a worker thread stopped in scenario "strikes", replication 3: it ended with code 7',
    })
  })

  it('says that a thread ran out of memory, and what to do', async () => {
    const error = await failureOf(threads(1), 'run-out-of-memory')
    expect(error).toMatchObject({ message: expect.stringContaining('ran out of memory; try fewer workers') })
  })

  it('says why a thread could not start', async () => {
    const missing = new URL('no-such-thread.ts', import.meta.url)
    const error = await failureOf(createThreadsBackend({ workers: 2, threadUrl: missing }), '')
    expect(error).toMatchObject({ message: expect.stringContaining('while it was starting') })
  })

  it('leaves no thread behind', async () => {
    const before = threadsAlive()
    for (const misbehaviour of ['throw', 'exit', 'refuse-study']) await failureOf(threads(2), misbehaviour)
    expect(threadsAlive()).toBe(before)
  })

  it('stops at an error of whoever takes the outcomes', async () => {
    const before = threadsAlive()
    const run = threads(2).run(fixtureStudy(), fixtureTasks(5), (index) => {
      if (index === 3) throw new Error('disk full')
    })
    await expect(run).rejects.toThrow('disk full')
    expect(threadsAlive()).toBe(before)
  })
})

describe('an abort', () => {
  it('ends a run that is in the middle of a calculation within a second, with the reason given', async () => {
    const before = threadsAlive()
    const controller = new AbortController()
    const failure = failureOf(threads(2), 'never-end', controller.signal)
    await new Promise((resolve) => setTimeout(resolve, 400))
    const reason = new UserError('interrupted', 130)
    const start = performance.now()
    controller.abort(reason)
    expect(await failure).toBe(reason)
    expect(performance.now() - start).toBeLessThan(1000)
    expect(threadsAlive()).toBe(before)
  })

  it('is seen while threads start, and before', async () => {
    const before = threadsAlive()
    const reason = new UserError('interrupted', 130)
    const controller = new AbortController()
    const failure = failureOf(threads(2), '', controller.signal)
    controller.abort(reason)
    expect(await failure).toBe(reason)
    expect(await failureOf(threads(2), '', AbortSignal.abort(reason))).toBe(reason)
    expect(threadsAlive()).toBe(before)
  })

  it('is seen between two runs in line', async () => {
    const reason = new UserError('interrupted', 130)
    const controller = new AbortController()
    const backend = createInlineBackend(() => (task) => {
      if (task.replication === 1) controller.abort(reason)
      return outcomeOf(task)
    })
    expect(await failureOf(backend, '', controller.signal)).toBe(reason)
  })
})
