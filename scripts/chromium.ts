/** Debian's Chromium, for pictures, benchmarks and specs: no sandbox for root, no network of its own, a fresh profile. */
import { existsSync } from 'node:fs'
import { chromium, type BrowserContext } from 'playwright-core'

/** Where Debian puts it. */
export const CHROMIUM = '/usr/bin/chromium'
export const isChromiumHere = existsSync(CHROMIUM)

const ARGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** How a start differs from the plain one. */
export interface ChromiumOptions {
  /** CSS pixels. */
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly acceptDownloads?: boolean
  readonly javaScriptEnabled?: boolean
  /** Further switches of the command. */
  readonly extraArgs?: readonly string[]
}

/** Starts it. @param profile an empty folder */
export function launchChromium(profile: string, { extraArgs = [], ...options }: ChromiumOptions = {}): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: [...ARGS, ...extraArgs], ...options })
}
