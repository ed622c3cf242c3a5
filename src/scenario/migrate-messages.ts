/** What is wrong with a study that is to be migrated. */
export const migrateText = {
  notAStudy: 'must be a study: a block of keys such as schemaVersion, name, baseline and scenarios',
  noVersion: (newest: number): string => `schemaVersion is missing; write schemaVersion: ${newest} if the file follows today's schema`,
  notAVersion: (newest: number): string => `must be a whole number from 1 to ${newest}`,
  newerStudy: (found: number, newest: number): string =>
    `is ${found}, of a newer Fairwait than this one, which reads up to ${newest}; use the newer one, or write the study for version ${newest}`,
} as const
