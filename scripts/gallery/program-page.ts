// The page of a desktop program that was started with --remote-debugging-port=0, as Chromium offers it: the fuses of a
// package leave no other way in.
import type { ChildProcess } from 'node:child_process'
import { chromium, type Page } from 'playwright-core'

export type ProgramPage = Page

export async function pageOfProgram(child: ChildProcess): Promise<Page> {
  const browser = await chromium.connectOverCDP(await addressOf(child))
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('the program shows no page')
  return context.pages()[0] ?? (await context.waitForEvent('page'))
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${text}`)))
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1]
      if (address !== undefined) resolve(address)
    })
  })
}
