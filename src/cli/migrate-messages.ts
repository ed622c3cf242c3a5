/** What `fairwait migrate` says. */

/** Help. */
export const MIGRATE = {
  summary: "bring an older study up to date; say what changed since an older version's results",
  description: `Take a study file to the newest schema version, and say each thing that was
changed. Of a results folder, say which version wrote it and what has changed
since: results are never altered, but run again.

Examples:
  fairwait migrate old-study.yaml --out new-study.yaml
  fairwait migrate output/recovery`,
  path: 'study file, or a folder that "fairwait run" wrote',
  out: 'where to write the study; a file that is there is not replaced. Comments of the old file are not kept',
  json: 'print one JSON object in place of the words',
} as const

export const migrateMessages = {
  upToDate: (path: string, version: number): string => `${path}: schema version ${version} is the newest; nothing to change.`,
  changed: (path: string, from: number, to: number): string => `${path}: from schema version ${from} to ${to}:`,
  notWritten: 'Nothing was written; --out FILE writes the study.',
  written: (path: string): string => `Written to ${path}.`,
  sameEngine: (folder: string, version: string): string => `${folder}: written by version ${version}, which is this one; nothing has changed.`,
  olderEngine: (folder: string, then: string, now: string): string =>
    `${folder}: written by version ${then}; this is version ${now}. Since then:`,
  noResultChange: 'The changelog has no entry between the two.',
  runAgain: (folder: string): string =>
    `The folder was left as it is. "fairwait reproduce ${folder}" runs its study again and compares every file; "fairwait run" with its study file makes new results.`,
  newerEngine: (then: string, now: string): string => `was written by version ${then}, and this is version ${now}; use the newer one`,
  noEngine: 'does not say which version of Fairwait wrote it; name a folder that "fairwait run" wrote',
  exists: (path: string): string => `${path}: there is such a file already; name another with --out FILE`,
} as const
