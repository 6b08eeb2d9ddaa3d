// A corpus of hostile sequences through every way on which an appliance's words reach a person (P45).
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { endWith } from '../../../../main/terminal/end.ts'
import { openTerminal } from '../../../../main/terminal/terminal.ts'
import { command } from '../../../../shared/domain/command.ts'
import { evidence, type Failure, failure } from '../../../../shared/domain/failure.ts'
import { readShellLook } from '../../../../shared/facts/shell-look.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'
import { connectionTo } from '../../../support/fake-ssh-server.ts'
import { hostileTexts, unclean } from '../../../support/hostile-text.ts'

function played(json: boolean) {
  const stream = () => Object.assign(new PassThrough(), { isTTY: false, setRawMode: () => undefined })
  const streams = { stdin: stream(), stdout: stream(), stderr: stream() }
  const terminal = openTerminal(json, streams as unknown as NodeJS.Process)
  return { terminal, text: () => `${streams.stdout.read() ?? ''}${streams.stderr.read() ?? ''}` }
}

/** Whatever stands around it, and cut anywhere. */
const around = (hostile: string): string[] => [
  hostile,
  `before ${hostile} after`,
  `${hostile}${hostile}`,
  hostile.slice(1),
]

describe('a corpus of hostile sequences', () => {
  it('is large, and is found unclean as it is', () => {
    expect(hostileTexts.length).toBeGreaterThan(190)
    expect(hostileTexts.filter((text) => !unclean.test(text))).toEqual([])
  })

  it.each([false, true])('reaches no terminal by a line, a complaint, a question or a result (JSON: %s)', (json) => {
    const { terminal, text } = played(json)
    for (const hostile of hostileTexts.flatMap(around)) {
      terminal.say(hostile)
      terminal.complain(hostile)
      terminal.prompt(hostile)
      terminal.result({ [`name ${hostile}`]: hostile })
      expect(text()).not.toMatch(unclean)
    }
  })

  it('is still the same text in JSON for whoever parses it', () => {
    for (const hostile of hostileTexts) {
      const { terminal, text } = played(true)
      terminal.result({ hostile })
      expect(JSON.parse(text())).toEqual({ hostile })
    }
  })

  it('is gone from evidence, from every failure that is passed on, and from what a look found', () => {
    for (const hostile of hostileTexts.flatMap(around)) {
      expect(evidence(hostile)).not.toMatch(unclean)
      const passed = failure.parse({ kind: 'shell-unusable', detail: hostile })
      expect(JSON.stringify(passed)).not.toMatch(unclean)
      const place = { host: hostile, port: 22, user: hostile, methodsOffered: [hostile] }
      expect(Object.values(failure.parse({ kind: 'login-refused', ...place })).join()).not.toMatch(unclean)
      expect(readShellLook(`user 0\nshell ${hostile}\n`).shell).not.toMatch(unclean)
    }
  })

  it('ends a command in both languages without one left', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const { terminal, text } = played(true)
      const shown: Failure = { kind: 'shell-unusable', detail: hostileTexts.join(' ') }
      endWith(shown, terminal, wordsOf(language))
      expect(text()).not.toMatch(unclean)
    }
  })

  it('is cleaned when a shell prints it instead of starting, however its bytes are cut', async () => {
    const bytes = Buffer.from(`${hostileTexts.join(' ')} \xff\xfe 重启`)
    const { link } = await connectionTo({
      onExec: (_line, channel) => {
        channel.resume()
        for (let at = 0; at < bytes.length; at += 3) channel.stderr.write(bytes.subarray(at, at + 3))
        channel.exit(1)
        channel.end()
      },
    })
    const ran = await link.run(command('true'), { as: 'login', deadlineSeconds: 10 })
    expect(ran).toMatchObject({ failure: { kind: 'shell-unusable' } })
    expect(JSON.stringify(ran).replaceAll('\\n', ' ')).not.toMatch(unclean)
  })
})
