// The terminal of the page against every sequence that would make it type, copy, or change the page (P45): what it is given
// raw it answers, what it is given here it does not.
import { readFileSync } from 'node:fs'
import { Terminal } from '@xterm/xterm'
import { describe, expect, it } from 'vitest'
import { harmlessOutput } from '../../renderer/features/terminal/harmless-output.ts'
import './show.tsx'

type Cases = Readonly<Record<string, Readonly<Record<string, string | readonly [string, string]>>>>
const cases = JSON.parse(readFileSync('tests/fixtures/terminal/hostile.json', 'utf8')) as Cases
const all = Object.values(cases).flatMap((group) =>
  Object.entries(group).map(([name, given]) => [name, typeof given === 'string' ? given : given[0]] as const),
)

/** What it types, and which titles it takes. */
async function answered(write: (given: string) => string): Promise<Map<string, string[]>> {
  const answers = new Map<string, string[]>()
  for (const [name, given] of all) {
    const terminal = new Terminal({ cols: 80, rows: 24, logLevel: 'off' })
    const heard: string[] = []
    terminal.onData((keys) => heard.push(keys))
    terminal.onBinary((keys) => heard.push(keys))
    terminal.onTitleChange((title) => heard.push(title))
    terminal.onBell(() => heard.push('bell'))
    const shown = write(given)
    await new Promise<void>((resolve) => terminal.write(shown, resolve))
    if (heard.length > 0 || terminal.modes.mouseTrackingMode !== 'none') answers.set(name, heard)
    terminal.dispose()
  }
  return answers
}

describe('a terminal of the page', () => {
  it('answers nothing of what an appliance asks, and takes no title', async () => {
    expect([...(await answered((given) => harmlessOutput()(given)))]).toEqual([])
  })

  it('would answer it, were it given as it came', async () => {
    const raw = await answered((given) => given)
    expect([...raw.keys()]).toEqual(expect.arrayContaining(['DA1', 'DSR cursor', 'DECRQSS of SGR', 'title', 'mouse']))
    expect(raw.size).toBeGreaterThan(15)
  })
})
