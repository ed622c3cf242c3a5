/** Everything that the app's engine says in words of its own; problems with a study are worded where they are found. */
export const engineWords = {
  closed: 'it was closed',
  noReason: 'it did not say why',
  unreadable: 'one of its messages could not be read',
  gone: (reason: string): string => `The engine of this page has stopped: ${reason}. Reload the page; a saved study can be opened again.`,
  defect: (reason: string): string => `Fairwait failed unexpectedly: ${reason}. Please report it, with the study file.`,
  outOfMemory: 'The browser has no room for this: too many scenarios, groups or weeks at a time. Try fewer, or a smaller sample.',
  tooLarge: (megabytes: number): string => `is larger than ${megabytes.toLocaleString('en-GB')} MB`,
  notUtf8: 'is not UTF-8 text; save it as UTF-8',
  notJson: 'is not JSON; a baseline pack is a JSON file made by "fairwait import rtt", and a published RTT file is CSV or ZIP',
  noIcb: 'say which integrated care board to take from a published file, or ENG for England',
  unknownPack: (path: string, near: string | null): string =>
    `there is no baseline pack ${JSON.stringify(path)} here${near === null ? '' : `; did you mean ${JSON.stringify(near)}?`}`,
  packNotInside: (path: string, inside: readonly string[]): string =>
    `the baseline pack ${JSON.stringify(path)} is not inside this page, which holds ${inside.join(', ')}; drop its file in, or use the app that is served from a folder`,
  packNotFetched: (path: string, reason: string): string => `the baseline pack ${JSON.stringify(path)} could not be loaded (${reason})`,
  packChanged: (path: string): string => `the baseline pack ${JSON.stringify(path)} is not the one that this page was built with`,
  noCensus: (date: string): string => `the study has no census on ${date}`,
  unknownScenario: (id: string): string => `the study has no scenario ${JSON.stringify(id)}`,
  tooMuchMemory: (needGigabytes: string, haveGigabytes: string): string =>
    `the study would need about ${needGigabytes} GB of memory, and a page should use no more than ${haveGigabytes} GB; ` +
    'simulate a fraction (sample: 0.1), or use fewer scenarios, fewer weeks, or fewer and larger groups; the command line can use all of the memory',
  nothingFinished: 'there is no finished run to save yet; wait for the full results',
  opened: 'these results were opened from files; the files themselves hold what can be saved',
  notResults: (missing: string): string => `not a results folder of Fairwait: ${missing} is missing; choose all files of the folder`,
} as const
