/** Whether a study can be run here: refused before it starts where memory does not suffice, told where it takes long. */
import { InputError } from '../errors.ts'
import { studySize } from '../scenario/size.ts'
import type { StudySize } from '../scenario/size.ts'
import type { Study } from '../scenario/study.ts'
import { sizeMessages } from './size-messages.ts'

/** Seconds of one thread for one person, at best: what the engine aims at. Other work on the machine adds to it. */
const SECONDS_PER_PATHWAY = 300e-9
/** Estimates below this, seconds, are not worth a line. */
const LONG_SECONDS = 300

/** What a study may use. */
export interface Machine {
  /** Threads that simulate at a time. */
  readonly workers: number
  /** Memory that is free to use, bytes. */
  readonly availableBytes: number
}

/**
 * Refuses a study that does not fit into memory.
 *
 * @param path the study's file, for the message
 * @returns a line to tell before the run where it will take long, or null
 * @throws InputError with what it needs, what there is, and how to make it smaller
 */
export function checkSize(study: Study, path: string, { workers, availableBytes }: Machine): string | null {
  const size = studySize(study)
  if (size.kernelBytes * workers > availableBytes) {
    throw new InputError({ file: path, message: sizeMessages.tooLarge(size, workers, availableBytes) })
  }
  const seconds = secondsOf(size, workers)
  return seconds > LONG_SECONDS ? sizeMessages.long(size, workers, seconds) : null
}

function secondsOf({ pathways }: StudySize, workers: number): number {
  return (pathways * SECONDS_PER_PATHWAY) / workers
}
