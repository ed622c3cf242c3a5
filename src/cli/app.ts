/** `fairwait app`: serve the browser app on this machine and open it. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InvalidArgumentError, type Command } from 'commander'
import { APP, appMessages } from './app-messages.ts'
import { interruptible } from './interrupt.ts'

interface AppOptions {
  readonly port?: number
  readonly open: boolean
}

const MOST_PORT = 65_535

/** Adds `app` to the program. */
export function register(program: Command): void {
  program
    .command('app')
    .summary(APP.summary)
    .description(APP.description)
    .option('--port <n>', APP.port, portNumber)
    .option('--no-open', APP.open)
    .action(app)
}

async function app({ port = 0, open }: AppOptions): Promise<void> {
  const { serveApp } = await import('./app-server.ts')
  const server = await serveApp(appFolder(), port)
  process.stdout.write(`${appMessages.ready(server.url)}\n`)
  if (open) await openBrowser(server.url)
  try {
    await interruptible(untilAborted)
  } finally {
    await server.close()
  }
}

/** The built app: beside the package's modules, or in a checkout's `dist`. */
function appFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  return join(folder, 'dist', 'app')
}

/** Ctrl-C is how a server is ended: no failure. */
function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Commands that open an address, by platform. */
const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}
const OTHER_OPENER = ['xdg-open'] as const

async function openBrowser(url: string): Promise<void> {
  const { spawn } = await import('node:child_process')
  const [command, ...args] = OPENERS[process.platform] ?? OTHER_OPENER
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => process.stderr.write(`${appMessages.noBrowser}\n`))
  child.unref()
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > MOST_PORT) throw new InvalidArgumentError(appMessages.portRule)
  return port
}
