/** What a measuring program was asked for, and how it answers. */
import { pathToFileURL } from 'node:url'

/** The request that the benchmark handed over. */
export function request(): unknown {
  return JSON.parse(process.argv[2])
}

/** Answers with one line. */
export function answer(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/**
 * A module of the checkout that is measured, which need not be this one.
 * @param root folder of the checkout
 * @param path from there
 */
export function moduleOf<T>(root: string, path: string): Promise<T> {
  return import(pathToFileURL(`${root}/${path}`).href) as Promise<T>
}
