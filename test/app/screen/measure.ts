/** Measurements of a page in Chromium. */
import type { CDPSession, Page } from 'playwright-core'

/** Bytes of JavaScript objects in use after everything that can go has gone. */
export async function heapAfterCollection(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** When it began, microseconds. */
  readonly ts: number
  /** Processor time of the thread, microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Processor time of a page while something is done, milliseconds: a busy machine does not count. */
export interface PageCpu {
  /** Of the longest task in the page's own thread. */
  readonly longestTask: number
  /** Of the page's own thread. */
  readonly page: number
  /** Of each worker that did something, most first. */
  readonly workers: readonly number[]
}

/** A task of any thread; the tracer's other category tells the same once more, by another name. */
const TASK = 'ThreadControllerImpl::RunTask'

/** Traces a page while something is done. */
export async function cpuOf(page: Page, work: () => Promise<void>): Promise<PageCpu> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]))
  })
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] } })
  await work()
  await ended(session)
  await session.detach()
  const threads = new Map<string, string>(events.flatMap(({ name, pid, tid, args }) => (name === 'thread_name' ? [[`${pid} ${tid}`, args?.name ?? '']] : [])))
  const tasks = events.filter(({ name, tdur }) => name === TASK && tdur !== undefined)
  const byThread = Map.groupBy(tasks, ({ pid, tid }) => `${pid} ${tid}`)
  const own = [...byThread].filter(([thread]) => threads.get(thread) === 'CrRendererMain').flatMap(([, each]) => each)
  if (own.length === 0) throw new Error('the trace has no tasks of the page')
  const workers = [...byThread].filter(([thread]) => threads.get(thread)?.startsWith('DedicatedWorker') === true).map(([, each]) => total(each))
  return { longestTask: Math.max(...own.map(({ tdur = 0 }) => tdur / 1000)), page: total(own), workers: workers.toSorted((a, b) => b - a) }
}

const total = (tasks: readonly TraceEvent[]): number => tasks.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0)

/** Milliseconds of processor time of the longest task in the page's own thread while something is done. */
export async function cpuOfLongestTask(page: Page, work: () => Promise<void>): Promise<number> {
  return (await cpuOf(page, work)).longestTask
}

async function ended(session: CDPSession): Promise<void> {
  const complete = new Promise<void>((resolve) => {
    session.once('Tracing.tracingComplete', () => resolve())
  })
  await session.send('Tracing.end')
  await complete
}
