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
  ENAMETOOLONG: 'the path is too long',
  EMFILE: 'too many files are open',
  EIO: 'the disk reported an error',
}

/** Where the results cannot be written, why, and what to do. */
export function cannotWrite(outDir: string, code: string): string {
  const reason = REASONS[code] ?? `the system answered ${code}`
  return `${outDir}: the results cannot be written: ${reason}. Nothing was left half-written; choose another folder with --out DIR`
}

/** The output path is taken by a file. */
export function isAFile(outDir: string): string {
  return `${outDir}: the results need a folder, and this is a file; choose another folder with --out DIR`
}
