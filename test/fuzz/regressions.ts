/** Inputs that something was found with, each with the target that it is for. They are tried before anything else. */

/** A case that once went wrong. */
export interface Regression {
  readonly target: string
  /** What went wrong, in a sentence that is a promise now. */
  readonly promise: string
  readonly input: unknown
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

export const REGRESSIONS: readonly Regression[] = [
  {
    target: 'study text',
    promise: 'a study whose every line is at fault is refused with the first faults, not with hundreds',
    input: bytes(`; ${'a: "b" c\n'.repeat(400)}`),
  },
  { target: 'messages of threads', promise: 'a message that is nothing ends neither end', input: [null] },
  { target: 'messages of threads', promise: 'a failure without an error rejects what was asked for', input: [{ kind: 'failure', id: 1 }] },
  {
    target: 'sweep folder, a file',
    promise: 'a plan of a sweep that has lost its design is no plan',
    input: { file: 'sweep.json', bytes: bytes('{"format":"fairwait-sweep","schemaVersion":1,"engine":"fairwait-0.2.0","source":{"seed":"x"}}') },
  },
  { target: 'a share of a sweep', promise: 'a submission that is not JSON is damaged, in words', input: { file: 'cluster/1/submission.json', bytes: bytes('{"format":') } },
  { target: 'a share of a sweep', promise: 'a submission that holds nothing is damaged, in words', input: { file: 'cluster/1/submission.json', bytes: bytes('{}') } },
  { target: 'submitting again', promise: 'numbers of jobs that are not JSON are refused', input: { file: 'cluster/1/jobs.json', bytes: bytes('Z"7","7"]') } },
  { target: 'submitting again', promise: 'nothing but a number is handed to Slurm as a job', input: { file: 'cluster/1/jobs.json', bytes: bytes('["7 --help"]') } },
]
