// The page of a desktop program that was started with --remote-debugging-port=0, as Chromium offers it: the fuses of a
// package leave no other way in.
import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'

export type ProgramPage = Page

export async function pageOfProgram(child: ChildProcess): Promise<Page> {
  const address = await addressOf(child)
  await untilPageIsThere(new URL(address).port)
  const browser = await chromium.connectOverCDP(address)
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('the program shows no page')
  return context.pages()[0] ?? (await context.waitForEvent('page'))
}

/** Whoever is let in while the first page is only being made waits for it for ever, once in fifty times. */
async function untilPageIsThere(port: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`)
    const targets = (await answer.json()) as readonly { readonly type: string; readonly url: string }[]
    if (targets.some(({ type, url }) => type === 'page' && url !== '' && url !== 'about:blank')) return
    await sleep(50)
  }
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
