import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { InputError, UserError } from '../../src/errors.ts'
import { connectTasks, serveTasks, type CreateRunner, type TaskClient } from '../../src/execution/protocol.ts'
import type { Task, TaskOutcome } from '../../src/execution/types.ts'
import { fixtureStudy, fixtureTasks, outcomeOf } from './fixture.ts'

const channels: MessageChannel[] = []

/** Both ends in one process, no threads. */
function wire(createRunner: CreateRunner): TaskClient {
  const channel = new MessageChannel()
  channels.push(channel)
  serveTasks(channel.port2, createRunner)
  return connectTasks(channel.port1)
}

afterEach(() => {
  for (const channel of channels.splice(0)) channel.port1.close()
})

describe('protocol', () => {
  it('sends the study once and brings each outcome to its own request', async () => {
    const studies: unknown[] = []
    const client = wire((study) => {
      studies.push(study)
      return outcomeOf
    })
    await client.begin(fixtureStudy())
    const tasks = fixtureTasks(4)
    const outcomes = await Promise.all(tasks.map((task) => client.run([task])))
    expect(outcomes).toEqual(tasks.map((task) => [outcomeOf(task)]))
    expect(studies).toEqual([fixtureStudy()])
  })

  it('moves the values instead of copying them', async () => {
    let sent: TaskOutcome | null = null
    const client = wire(() => (task) => {
      sent = outcomeOf(task)
      return sent
    })
    await client.begin(fixtureStudy())
    const [{ values }] = await client.run([{ scenario: 2, draw: 0, replication: 5 }])
    expect(values).toEqual(Float64Array.of(2, 0, 5))
    expect((sent as TaskOutcome | null)?.values.byteLength).toBe(0)
  })

  it.each([
    [new UserError('a check was not met', 4), UserError, 4],
    [new InputError([{ file: 'a.yaml', line: 2, message: 'one' }, { message: 'two' }]), InputError, 3],
  ])('keeps kind, message and exit code of %s', async (thrown, kind, exitCode) => {
    const client = wire(() => () => {
      throw thrown
    })
    await client.begin(fixtureStudy())
    const error: unknown = await client.run(fixtureTasks(1).slice(0, 1)).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(kind)
    expect(error).toMatchObject({ message: thrown.message, exitCode, name: thrown.name })
  })

  it('brings a defect across with the stack of its own thread', async () => {
    const client = wire(() => {
      throw new RangeError('negative hazard')
    })
    const error: unknown = await client.begin(fixtureStudy()).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ message: 'negative hazard' })
    expect((error as Error).stack).toContain('RangeError')
  })

  it('serves on after a failed run', async () => {
    const client = wire(() => (task) => {
      if (task.scenario === 0) throw new Error('not this one')
      return outcomeOf(task)
    })
    await client.begin(fixtureStudy())
    const [bad, good] = fixtureTasks(1)
    await expect(client.run([bad])).rejects.toThrow('not this one')
    await expect(client.run([good])).resolves.toEqual([outcomeOf(good)])
  })

  it('has a runner that can run tasks together do so, and any other run them one by one', async () => {
    const tasks = fixtureTasks(1)
    const seen: number[] = []
    const together = wire(() =>
      Object.assign((task: Task) => outcomeOf(task), {
        together: (some: readonly Task[]) => {
          seen.push(some.length)
          return some.map(outcomeOf)
        },
      }),
    )
    await together.begin(fixtureStudy())
    expect(await together.run(tasks)).toEqual(tasks.map((task) => outcomeOf(task)))
    expect(seen).toEqual([tasks.length])
    const alone = wire(() => (task) => outcomeOf(task))
    await alone.begin(fixtureStudy())
    expect(await alone.run(tasks)).toEqual(tasks.map((task) => outcomeOf(task)))
  })

  it('refuses a run whose study was not sent', async () => {
    await expect(wire(() => outcomeOf).run(fixtureTasks(1).slice(0, 1))).rejects.toThrow('before its study was sent')
  })

  it('rejects what is pending, and what is asked later, when the thread is gone', async () => {
    const client = wire(() => outcomeOf)
    const pending = client.begin(fixtureStudy())
    client.fail(new Error('gone'))
    await expect(pending).rejects.toThrow('gone')
    await expect(client.run(fixtureTasks(1).slice(0, 1))).rejects.toThrow('gone')
  })
})
