/**
 * A server of static files for one browser on the same machine.
 *
 * It listens on the loopback address alone, answers nobody who calls it by another name (a page of another site that
 * has its own name point here), and serves exactly the files that were in the folder when it started: a request's path
 * is looked up, never joined to a folder.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, relative, sep } from 'node:path'
import { UserError } from '../errors.ts'
import { appMessages } from './app-messages.ts'

const LOOPBACK = '127.0.0.1'
const NAMES: readonly string[] = [LOOPBACK, 'localhost']

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

/** What the page and its workers may do; the page's own policy says the same, and this one reaches the workers, too. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
} as const

/** A running server. */
export interface AppServer {
  /** Address of the page. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves a folder on the loopback address.
 * @param folder the built app
 * @param port 0 for one that is free
 * @throws UserError where the app is not built or the port cannot be had
 */
export async function serveApp(folder: string, port: number): Promise<AppServer> {
  const files = filesIn(folder)
  if (!files.has('/index.html')) throw new UserError(appMessages.notBuilt)
  const server = createServer((request, response) => answer(request, response, files))
  await listening(server, port)
  const { port: actual } = server.address() as AddressInfo
  return {
    url: `http://${LOOPBACK}:${actual}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Paths as a browser asks for them, and where their files are. */
function filesIn(folder: string): Map<string, string> {
  let entries: string[] = []
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    throw new UserError(appMessages.notBuilt)
  }
  return new Map(entries.map((path) => [`/${relative(folder, path).split(sep).join('/')}`, path]))
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', () => reject(new UserError(appMessages.portTaken(port))))
    server.listen(port, LOOPBACK, resolve)
  })
}

function answer(request: IncomingMessage, response: ServerResponse, files: ReadonlyMap<string, string>): void {
  const { method = '' } = request
  if (!isForUs(request)) return refuse(response, 403)
  if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405)
  const [path] = (request.url ?? '/').split('?')
  const file = files.get(path === '/' ? '/index.html' : path)
  if (file === undefined) return refuse(response, 404)
  let content: Buffer
  try {
    content = readFileSync(file)
  } catch {
    return refuse(response, 404)
  }
  const type = MEDIA_TYPES[extname(file)] ?? 'application/octet-stream'
  response.writeHead(200, { ...HEADERS, 'content-type': type, 'content-length': content.length })
  response.end(method === 'HEAD' ? undefined : content)
}

/** Whether the browser called this machine by its own name and port. */
function isForUs({ headers, socket }: IncomingMessage): boolean {
  return NAMES.some((name) => headers.host === `${name}:${socket.localPort}` || (socket.localPort === 80 && headers.host === name))
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8', ...(status === 405 && { allow: 'GET, HEAD' }) })
  response.end()
}
