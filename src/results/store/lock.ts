/**
 * A lock against two processes that write one journal. It names its holder, so that the lock of a process that was
 * killed can be taken over: one whose id is gone, or was given to a process that started at another time.
 */
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { UserError } from '../../errors.ts'
import { systemCode } from '../system-code.ts'
import { storeText } from './messages.ts'

/** Who holds a lock. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process started, in the kernel's ticks; null where the system does not say. */
  readonly started: string | null
}

/** Gives the lock back. */
export type Release = () => void

/**
 * Takes the lock.
 * @param path of the lock file
 * @param folder what is locked, for messages
 * @throws UserError where another process holds it
 */
export function takeLock(path: string, folder: string): Release {
  const own = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf('self') } satisfies Holder)
  for (;;) {
    if (created(path, own)) return () => rmSync(path, { force: true })
    const text = textOf(path)
    if (text === null) continue
    const holder = holderOf(text)
    if (holder !== null && isRunning(holder)) throw new UserError(storeText.locked(folder, holder.pid, holder.host))
    removeStale(path, text)
  }
}

/** Whether a process that runs holds the lock. */
export function isLocked(path: string): boolean {
  const text = textOf(path)
  const holder = text === null ? null : holderOf(text)
  return holder !== null && isRunning(holder)
}

function created(path: string, text: string): boolean {
  // Made aside and linked: a lock is never seen half-written.
  const aside = `${path}-${process.pid}`
  const file = openSync(aside, 'w')
  try {
    writeSync(file, text)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(aside, path)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

/** Null where it names nobody, as a lock does whose file was damaged. */
function holderOf(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null
    return Number.isSafeInteger(holder?.pid) && typeof holder?.host === 'string' ? (holder as Holder) : null
  } catch {
    return null
  }
}

/** One on another host is taken to run: there is no asking it. */
function isRunning({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) return true
  if (pid === process.pid) return started === startOf('self')
  try {
    process.kill(pid, 0)
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
  const now = startOf(String(pid))
  return started === null || now === null || started === now
}

/** Field 22 of Linux's process status; ids are reused, and starts are not. */
function startOf(process: string): string | null {
  try {
    const status = readFileSync(`/proc/${process}/stat`, 'utf8')
    // The second field is the program's name in brackets, which may hold spaces.
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

/** Of several processes that find the same stale lock, one moves it away; whoever moved another lock puts it back. */
function removeStale(path: string, stale: string): void {
  const aside = `${path}-stale-${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return
    throw error
  }
  try {
    if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, path)
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}
