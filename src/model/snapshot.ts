/**
 * The state of a kernel at the end of a step, kept so that scenarios which are alike up to then share the run that
 * leads there. What is restored is the state to the bit: a run that goes on from it counts what it would have counted
 * had it started at the beginning.
 */
import type { Calendar } from './calendar.ts'
import { resetExitClock } from './exits.ts'
import type { Loose } from './loose.ts'
import { createKernelMemory, type KernelMemory } from './kernel-memory.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import type { Roster } from './roster.ts'

/** Numbers and arrays of numbers: what a part of the state is made of. */
type State = Record<string, number | boolean | ArrayBufferView | object>

/** Room for the state of a memory. */
export function createSnapshot({ shape }: KernelMemory): KernelMemory {
  return createKernelMemory(shape.steps, shape.strata, shape.stepsPerWeek)
}

/**
 * Copies the state of one memory into another made for the same shape. Clocks are working notes, not state: they are
 * forgotten, and laid anew from the tables that come.
 */
export function copyState(from: KernelMemory, into: KernelMemory, frailty: Float64Array | null): void {
  copyQueue(from.first, into.first)
  copyQueue(from.admission, into.admission)
  copyNumbers(from.kappa, into.kappa)
  into.kappaSlots = [...from.kappaSlots]
  into.unmetNeed.set(from.unmetNeed)
  into.key0.set(from.key0)
  into.key1.set(from.key1)
  into.followUps.set(from.followUps)
  into.followUpsOwed = from.followUpsOwed
  if (into.offeredAgain.length < from.offeredAgain.length) into.offeredAgain = new Int32Array(from.offeredAgain.length)
  into.reviewStep.fill(-1)
  for (const clock of [into.initialClock, into.beforeClock, into.afterClock, ...into.startClocks, ...into.reviewClocks]) resetExitClock(clock, frailty)
}

function copyQueue(from: PathwayQueue, into: PathwayQueue): void {
  const { roster, calendar, comebacks, loose, ...rest } = from
  copyFields(rest, into)
  copyFields(calendar satisfies Calendar, into.calendar)
  copyFields(comebacks satisfies Calendar, into.comebacks)
  copyFields(roster satisfies Roster, into.roster)
  copyFields(loose satisfies Loose, into.loose)
}

/** Copies every number and array of numbers; an array that is too short is replaced. */
function copyFields(from: object, into: object): void {
  const source = from as State
  const target = into as State
  for (const key of Object.keys(source)) {
    const value = source[key]
    if (isNumbers(value)) target[key] = copied(value, target[key] as NumberArray)
    else target[key] = value
  }
}

type NumberArray = Int32Array | Float64Array | Uint16Array | Uint8Array

function isNumbers(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value)
}

function copied<T extends NumberArray>(from: T, into: T): T {
  if (into.length !== from.length) return from.slice() as T
  into.set(from)
  return into
}

function copyNumbers<T extends NumberArray>(from: readonly T[], into: T[]): void {
  from.forEach((values, index) => {
    into[index] = copied(values, into[index])
  })
}
