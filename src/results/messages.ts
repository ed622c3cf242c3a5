/** What the results writers say to a user. */

/** Reasons that an operating system gives, in words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission was denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'part of the path is a file, not a folder',
  EEXIST: 'part of the path is a file, not a folder',
  EISDIR: 'there is a folder of that name',
  ENOENT: 'there is no such folder',
  ENAMETOOLONG: 'the path is too long',
  EMFILE: 'too many files are open',
  EIO: 'the disk reported an error',
}

/** Why the system refused, in words. */
export const reasonOf = (code: string): string => REASONS[code] ?? `the system answered ${code}`

/** Where the results cannot be written, why, and what to do. */
export function cannotWrite(outDir: string, code: string): string {
  return `${outDir}: the results cannot be written: ${reasonOf(code)}. Nothing was left half-written; choose another folder with --out DIR`
}

/** The same of one file. */
export function cannotWriteFile(path: string, code: string): string {
  return `${path}: cannot be written: ${reasonOf(code)}. Nothing was left half-written; name another file with --out FILE`
}

/** A report goes where its results are: there is no other folder to name. */
export function cannotWriteReport(folder: string, code: string): string {
  return `${folder}: the report cannot be written: ${reasonOf(code)}. Nothing was left half-written; copy the folder to where you may write, and name the copy`
}

/** The output path is taken by a file. */
export function isAFile(outDir: string): string {
  return `${outDir}: the results need a folder, and this is a file; choose another folder with --out DIR`
}

/** What is wrong with a results folder that is read back. */
export const readMessages = {
  missing: 'is not in the folder, or cannot be read; "fairwait run" writes it: run the study again',
  damaged: 'is damaged: it cannot be read; run the study again',
  doesNotFit: 'does not fit manifest.json: files of different results lie in this folder; run the study again',
  notAManifest: 'is no manifest of Fairwait results; name the folder that "fairwait run" wrote',
  otherSchema: (found: string, known: number): string =>
    `has schema version ${found.slice(0, 20)}, and this Fairwait reads version ${known}; use the Fairwait that wrote it`,
  incompleteManifest: (version: string): string =>
    `lacks parts that reading the folder back needs${version === '' ? '' : ` (it was written by version ${version.slice(0, 20)})`}; run the study again`,
} as const
