// A display for tests that open windows: the one that is there, else an Xvfb of the tests' own. It picks its own
// number and listens on no port.
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

export type Display = { readonly name: string; close(): Promise<void> }

/** Undefined where there is no display and no Xvfb. */
export async function openDisplay(environment: NodeJS.ProcessEnv): Promise<Display | undefined> {
  const there = environment['DISPLAY']
  if (there !== undefined && there !== '') return { name: there, close: async () => undefined }
  const words = ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp']
  const server = spawn('Xvfb', words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const ended = new Promise<undefined>((resolve) => {
    server.once('error', () => resolve(undefined))
    server.once('close', () => resolve(undefined))
  })
  const number = await Promise.race([firstLine(server.stdio[3] as Readable), ended])
  if (number === undefined) return undefined
  return {
    name: `:${number}`,
    async close() {
      server.kill()
      await ended
    },
  }
}

function firstLine(stream: Readable): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text.trim())
    })
  })
}
