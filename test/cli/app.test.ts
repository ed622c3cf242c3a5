import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveApp, type AppServer } from '../../src/cli/app-server.ts'

let folder = ''
let server: AppServer

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-app-'))
  mkdirSync(join(folder, 'app', 'baselines'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'app', 'index.html'), '<p>page</p>')
  writeFileSync(join(folder, 'app', 'runner.js'), '0')
  writeFileSync(join(folder, 'app', 'baselines', 'X.json'), '{}')
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'app', 'link.txt'))
  server = await serveApp(join(folder, 'app'), 0)
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

/** A request as it stands on the wire: `fetch` would tidy up its path and host. */
function raw(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<string> {
  const { port } = new URL(server.url)
  const lines = Object.entries({ host: `127.0.0.1:${port}`, connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}`)
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`))
    socket.on('data', (data) => (text += data.toString()))
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
  })
}

const statusOf = (answer: string): number => Number(answer.split(' ')[1])

describe('the server of the app', () => {
  it('serves page, script and packs with their media types, and a policy that forbids everything else', async () => {
    for (const [path, type] of [['', 'text/html; charset=utf-8'], ['runner.js', 'text/javascript; charset=utf-8'], ['baselines/X.json', 'application/json; charset=utf-8']]) {
      const answer = await fetch(server.url + path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe(type)
      expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
      expect(answer.headers.get('content-security-policy')).not.toContain('unsafe-eval')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      await answer.arrayBuffer()
    }
  })

  it('answers nobody who calls it by another name', async () => {
    const { port } = new URL(server.url)
    expect(statusOf(await raw('/'))).toBe(200)
    expect(statusOf(await raw('/', { host: `localhost:${port}` }))).toBe(200)
    for (const host of ['example.org', `example.org:${port}`, '127.0.0.1:1', '127.0.0.1', '']) {
      const answer = await raw('/', { host })
      expect([400, 403]).toContain(statusOf(answer))
      expect(answer).not.toContain('page')
    }
  })

  it('leaves its folder by no path', async () => {
    const paths = ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/baselines/../../secret.txt', String.raw`/..\secret.txt`, '//secret.txt', '/link.txt', '/baselines', '/etc/passwd', '/index.html%00']
    for (const path of paths) {
      const answer = await raw(path)
      expect([400, 404]).toContain(statusOf(answer))
      expect(answer).not.toMatch(/secret$/)
    }
  })

  it('takes nothing', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect(statusOf(await raw('/', { 'content-length': '0' }, method))).toBe(405)
    const head = await raw('/', {}, 'HEAD')
    expect(statusOf(head)).toBe(200)
    expect(head.split('\r\n\r\n')[1]).toBe('')
  })

  it('listens on the loopback address alone', async ({ skip }) => {
    expect(new URL(server.url).hostname).toBe('127.0.0.1')
    const other = Object.values(networkInterfaces()).flat().find((address) => address?.family === 'IPv4' && !address.internal)
    if (other === undefined) skip('this machine has no other address')
    const { port } = new URL(server.url)
    await expect(fetch(`http://${other?.address}:${port}/`)).rejects.toThrow(/fetch failed/)
  })

  it('says what is wrong where the app is not built or the port is taken', async () => {
    await expect(serveApp(join(folder, 'nowhere'), 0)).rejects.toThrow('npm run build:app')
    await expect(serveApp(join(folder, 'app'), Number(new URL(server.url).port))).rejects.toThrow('is in use')
  })
})
