// The package `electron` without its runtime, in a folder of the test's own, and mirrors to fetch a runtime from: one
// that has a tiny archive, and those that a network makes of it. The installer is the package's real one.
import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, createServer as createRawServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { crc32 } from 'node:zlib'
import { onTestFinished } from 'vitest'
import { repositoryRoot } from './repository-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

const original = join(repositoryRoot, 'node_modules')
const { version }: { version: string } = JSON.parse(readFileSync(join(original, 'electron', 'package.json'), 'utf8'))

/** A folder with node_modules/electron as npm leaves it, that takes this archive for the genuine one. */
export function electronPackage(archive: Buffer): { readonly root: string; readonly packageFolder: string } {
  const root = temporaryFolder()
  const packageFolder = join(root, 'node_modules', 'electron')
  mkdirSync(packageFolder, { recursive: true })
  for (const name of ['install.js', 'package.json']) {
    copyFileSync(join(original, 'electron', name), join(packageFolder, name))
  }
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`
  const checksums = { [name]: createHash('sha256').update(archive).digest('hex') }
  writeFileSync(join(packageFolder, 'checksums.json'), JSON.stringify(checksums))
  for (const scope of ['@electron', '@electron-internal']) {
    symlinkSync(join(original, scope), join(root, 'node_modules', scope), 'junction')
  }
  return { root, packageFolder }
}

export function runtimeArchive(program = '#!/bin/sh\nexit 0\n'): Buffer {
  return storedZip({ version, electron: program, 'LICENSE.txt': 'x'.repeat(100_000) })
}

/** A mirror that answers with what the test writes. */
export async function mirror(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** A mirror that takes the connection and never says a word. */
export async function silentMirror(): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createRawServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/**
 * A mirror behind a firewall that drops what comes: the queue of its port is full and nobody takes anything from it,
 * so the system leaves every further attempt unanswered.
 */
export async function droppingMirror(): Promise<string> {
  const listen = `
    const { createServer } = require('node:net')
    const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      require('node:worker_threads').parentPort.postMessage(server.address().port)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    })`
  const worker = new Worker(listen, { eval: true })
  const waiting: Socket[] = []
  onTestFinished(async () => {
    for (const socket of waiting) socket.destroy()
    await worker.terminate()
  })
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  for (let full = false; !full; ) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    waiting.push(socket)
    full = await Promise.race([
      new Promise<boolean>((resolve) => socket.once('connect', () => resolve(false))),
      sleep(500, true),
    ])
  }
  return `http://127.0.0.1:${port}/`
}

/** A folder that passes for a runtime, with a program of the test's own making. */
export function pretendRuntime(script: string): string {
  const folder = temporaryFolder()
  const program = join(folder, 'electron')
  writeFileSync(program, script)
  chmodSync(program, 0o755)
  return folder
}

function storedZip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text)
    const sizes = [crc32(content), content.length, content.length]
    const local = record(0x04034b50, [20, 0, 0, 0, 0x21], sizes, [name.length, 0])
    const central = record(0x02014b50, [0x0314, 20, 0, 0, 0, 0x21], sizes, [name.length, 0, 0, 0, 0])
    const place = Buffer.alloc(8)
    place.writeUInt32LE(0o100755 * 65_536, 0)
    place.writeUInt32LE(offset, 4)
    directory.push(central, place, Buffer.from(name))
    parts.push(local, Buffer.from(name), content)
    offset += local.length + name.length + content.length
  }
  const [count, length] = [Object.keys(files).length, directory.reduce((sum, part) => sum + part.length, 0)]
  const end = record(0x06054b50, [0, 0, count, count], [length, offset], [0])
  return Buffer.concat([...parts, ...directory, end])
}

/** A signature, then numbers of two bytes, of four, of two. */
function record(signature: number, before: number[], long: number[], after: number[]): Buffer {
  const two = (numbers: number[]) => Buffer.from(Uint16Array.from(numbers).buffer)
  return Buffer.concat([
    Buffer.from(Uint32Array.from([signature]).buffer),
    two(before),
    Buffer.from(Uint32Array.from(long).buffer),
    two(after),
  ])
}
