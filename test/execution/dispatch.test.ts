import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dispatchTasks, type Lane } from '../../src/execution/dispatch.ts'
import { singly, type Task, type Unit } from '../../src/execution/types.ts'
import { fixtureTasks, outcomeOf } from './fixture.ts'

const afterTurns = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve()
}

const taskNumber = (tasks: readonly Task[], task: Task): number => tasks.indexOf(task)

/** Tasks with the same mark are a unit; units stand in the order of their first tasks. */
function unitsOf(marks: readonly number[]): Unit[] {
  const units = new Map<number, number[]>()
  marks.forEach((mark, task) => units.set(mark, [...(units.get(mark) ?? []), task]))
  return [...units.values()]
}

describe('dispatch', () => {
  it('hands over every outcome once, in task order, whatever finishes first', async () => {
    const cases = fc.record({
      delays: fc.array(fc.nat(20), { minLength: 30, maxLength: 30 }),
      lanes: fc.integer({ min: 1, max: 6 }),
      aheadPerLane: fc.integer({ min: 1, max: 4 }),
      together: fc.array(fc.nat(9), { minLength: 30, maxLength: 30 }),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ delays, lanes, aheadPerLane, together }) => {
        const tasks = fixtureTasks(10)
        const lane: Lane = async (unit) => {
          await afterTurns(delays[taskNumber(tasks, unit[0])])
          return unit.map(outcomeOf)
        }
        const order: number[] = []
        const dispatch = dispatchTasks(
          Array.from({ length: lanes }, () => lane),
          tasks,
          unitsOf(together.slice(0, tasks.length)),
          (index, outcome) => {
            expect(outcome).toEqual(outcomeOf(tasks[index]))
            order.push(index)
          },
          lanes * aheadPerLane,
        )
        await dispatch.finished
        expect(order).toEqual(tasks.map((_, index) => index))
      }),
      { seed: 20260201, numRuns: 60 },
    )
  })

  it('never lets a lane get further ahead of the oldest unfinished task than it may', async () => {
    const tasks = fixtureTasks(10)
    const started: number[] = []
    const first = Promise.withResolvers<void>()
    const lane: Lane = async ([task]) => {
      const index = taskNumber(tasks, task)
      started.push(index)
      if (index === 0) await first.promise
      return [outcomeOf(task)]
    }
    const dispatch = dispatchTasks([lane, lane], tasks, singly(tasks), () => undefined, 6)
    await afterTurns(500)
    expect(started.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5])
    first.resolve()
    await dispatch.finished
    expect(started).toHaveLength(tasks.length)
  })

  it('reports the first failure in task order and starts nothing after a failure', async () => {
    const tasks = fixtureTasks(10)
    const started: number[] = []
    const handedOver: number[] = []
    const lane: Lane = async ([task]) => {
      const index = taskNumber(tasks, task)
      started.push(index)
      await afterTurns(index === 3 ? 200 : 5)
      if (index === 3 || index === 5) throw new Error(`task ${index}`)
      return [outcomeOf(task)]
    }
    const dispatch = dispatchTasks([lane, lane], tasks, singly(tasks), (index) => handedOver.push(index), 6)
    await expect(dispatch.finished).rejects.toThrow('task 3')
    expect(handedOver).toEqual([0, 1, 2])
    expect(Math.max(...started)).toBe(5)
  })

  it('hands over nothing after it was closed', async () => {
    const tasks = fixtureTasks(4)
    const handedOver: number[] = []
    const lane: Lane = async ([task]) => {
      await afterTurns(10)
      return [outcomeOf(task)]
    }
    const dispatch = dispatchTasks([lane], tasks, singly(tasks), (index) => handedOver.push(index), 3)
    dispatch.close()
    await afterTurns(500)
    expect(handedOver).toEqual([])
  })

  it('fails with the error of whoever takes the outcomes', async () => {
    const lane: Lane = async ([task]) => Promise.resolve([outcomeOf(task)])
    const refuse = (): void => {
      throw new Error('disk full')
    }
    await expect(dispatchTasks([lane], fixtureTasks(2), [[0], [1]], refuse, 3).finished).rejects.toThrow('disk full')
  })
})
