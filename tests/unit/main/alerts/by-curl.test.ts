// Messages that a server sends by itself: whatever a channel or an appliance is called, its shell only prints it, and curl
// sends it as data to the one address that a file names; an answer is read as the console reads it.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { curlConfig, curlUrl, shellPart, shellWords } from '../../../../main/alerts/by-curl.ts'
import type { Outgoing } from '../../../../main/alerts/channels/channel.ts'
import { dingtalkBody } from '../../../../main/alerts/channels/dingtalk.ts'
import { feishuBody } from '../../../../main/alerts/channels/feishu.ts'
import { wecomBody } from '../../../../main/alerts/channels/wecom.ts'
import type { CurlWay } from '../../../../shared/domain/alert-channel.ts'
import { Secret } from '../../../../shared/domain/command.ts'
import { hostile } from '../../../support/alert-messages.ts'
import { realShells } from '../../../support/real-shells.ts'
import { finished, startShell } from '../../../support/shell-appliance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { receiveWeb } from '../../../support/web-receiver.ts'

const evil = `it's "quoted" %s %n %% \\n \\\\ $(touch /tmp/no) \`no\` $alert_id ' ; exit 1 #\n值`
const out: Outgoing = {
  ...hostile,
  title: `[critical] ${evil} ${shellPart('subject')}`,
  lines: [...hostile.lines, evil, `${shellPart('since')} - ${shellPart('now')}`],
  data: { rule: 'runtime-down', appliance: evil, subject: shellPart('subject'), server: shellPart('server') },
}
const values = {
  ...{ alert_subject: 'ward 96 %', alert_server: 'vm', alert_since: '2026-11-20 16:00:00 (UTC+0800)' },
  ...{ alert_now: '2026-11-20 16:05:00 (UTC+0800)', alert_at: '2026-11-20T08:05:00Z', alert_id: 'vm-1' },
}
const filled = (text: string) =>
  Object.entries(values).reduce((all, [name, value]) => all.replaceAll(shellPart(name.slice(6)), value), text)
const kinds = ['webhook', 'wecom', 'dingtalk', 'feishu'] as const
const bodies: Readonly<Record<CurlWay['kind'], object>> = {
  webhook: {
    ...{ id: out.id, kind: out.kind, severity: out.severity, at: shellPart('at'), title: out.title, lines: out.lines },
    ...out.data,
  },
  ...{ wecom: wecomBody(out), dingtalk: dingtalkBody(out), feishu: feishuBody(out) },
}

describe.each(realShells.map((shell) => [shell.join(' '), shell] as const))('in %s', (_, [program, ...words]) => {
  it.each(kinds)('a message for a %s holds hostile names as text, and what the shell puts in', (kind) => {
    const text = `${shellWords(kind, [{ rule: 'runtime-down', how: 'wrong', out }])}\nalert_body "$1" "$2"`
    const said = (how: string) =>
      spawnSync(program, [...words, '-c', text, 'sh', 'runtime-down', how], {
        // A bash that takes itself for the first shell of a login reads more than it is given.
        ...{ env: { ...values, SHLVL: '2', PATH: '/usr/bin:/bin' }, encoding: 'utf8' as const },
      })
    const { stdout, stderr, status } = said('wrong')
    expect([stderr, status]).toEqual(['', 0])
    expect(JSON.parse(stdout)).toEqual(JSON.parse(filled(JSON.stringify(bodies[kind]))))
    expect(said('well')).toMatchObject({ status: 1, stdout: '' })
  })

  it.each([
    ['webhook', '', '204', true],
    ['webhook', '', '307', false],
    ['webhook', '{"errcode":0}', '500', false],
    ['wecom', '{"errcode": 0,\n "errmsg": "ok"}', '200', true],
    ['wecom', '{"errcode":93000,"errmsg":"\\"errcode\\":0,"}', '200', false],
    ['dingtalk', '{"errcode":0}', '302', false],
    ['feishu', '{"code":0,"msg":"success"}', '200', true],
    ['feishu', '{"StatusCode":0}', '200', true],
    ['feishu', '{"code":19001}', '200', false],
    ['feishu', 'no json', '200', false],
  ] as const)('a %s that answers %j with %s was told: %j', (kind, answer, status, told) => {
    const file = join(temporaryFolder(), 'reply')
    writeFileSync(file, answer)
    const text = `${shellWords(kind, [])}\nalert_took "$1" "$2"`
    const done = spawnSync(program, [...words, '-c', text, 'sh', file, status])
    expect(done.status === 0).toBe(told)
  })
})

describe('the file for curl', () => {
  const sent = async (url: string) => {
    const receiver = await receiveWeb(() => ({ status: 302, headers: { location: '/elsewhere' } }))
    onTestFinished(() => receiver.close())
    const way = { kind: 'webhook', url: `${receiver.origin}${url}`, keyId: 'k' } as const
    const file = join(temporaryFolder(), 'alert.conf')
    const at = curlUrl(way, { token: new Secret('a"b\\c\n/d') })
    writeFileSync(file, curlConfig({ url: at, mark: 'm', host: 'h', hasAuthority: false }))
    const curl = startShell(`exec curl --disable --config ${file} --data-binary @/etc/hostname`, '/usr/bin:/bin')
    expect((await finished(curl)).exitCode).toBe(0)
    return receiver.received
  }

  it('sends one JSON to the very address, with its secret as one part of it, and follows nobody', async () => {
    const [one, ...more] = await sent(`/hooks/{token}?a=[1-3]&b={x,y}&c="q"`)
    expect(more).toEqual([])
    expect(decodeURIComponent(one?.url ?? '')).toBe('/hooks/a"b\\c\n/d?a=[1-3]&b={x,y}&c="q"')
    expect(one?.url).toContain('/hooks/a%22b%5Cc%0A%2Fd?')
    expect(one?.headers['content-type']).toBe('application/json; charset=utf-8')
  })
})
