// Whom a recorder may tell: a channel that needs no signature, planned by somebody who may use channels. What is planned
// holds no secret; what curl gets does, and only where the channel is what it was.
import { describe, expect, it } from 'vitest'
import { recorderAlertConfig, recorderAlertFor } from '../../../../../main/core/recorder/recorder-alert.ts'
import { planSetupFor } from '../../../../../main/core/runs/setup.ts'
import type { AlertChannel, ChannelWay } from '../../../../../shared/domain/alert-channel.ts'
import { Secret } from '../../../../../shared/domain/command.ts'
import { rightsOf } from '../../../../../shared/domain/role.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'

const address = { host: '10.78.0.11', port: 22, user: 'ops' }
const secret = 'hunter2/?"\\'
const ways = {
  webhook: { kind: 'webhook', url: 'https://hook.example:8443/{token}', keyId: 'k' },
  wecom: { kind: 'wecom', keyId: 'k' },
  dingtalk: { kind: 'dingtalk', keyId: 'k' },
  feishu: { kind: 'feishu', keyId: 'k', origin: 'https://relay.example' },
} as const satisfies Record<string, ChannelWay>

function coreWith(way: ChannelWay, more: Partial<AlertChannel> = {}) {
  const { core } = pretendCore()
  const value = { token: new Secret(secret), key: new Secret(secret) }
  core.alerts.secrets.of = async () => ({ ok: true, value })
  const settings = core.alerts.keeper.settings()
  if (!settings.ok) throw new Error('no settings')
  const set = (now: ChannelWay) => {
    const channel: AlertChannel = { id: 'duty', atLeast: 'info', list: 'first', language: 'zh-CN', way: now, ...more }
    core.alerts.keeper.change({ ...settings.value, channels: [channel] })
  }
  set(way)
  return { core, set }
}

const about = { channel: 'duty', address }

describe('a channel that a recorder tells', () => {
  it.each([
    ['webhook', 'hook.example:8443', 'https://hook.example:8443/'],
    ['wecom', 'qyapi.weixin.qq.com', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key='],
    ['dingtalk', 'oapi.dingtalk.com', 'https://oapi.dingtalk.com/robot/send?access_token='],
    ['feishu', 'relay.example', 'https://relay.example/open-apis/bot/v2/hook/'],
  ] as const)('as a %s is planned without its secret, which only curl gets', async (kind, host, url) => {
    const { core } = coreWith(ways[kind])
    const planned = recorderAlertFor(core, about)
    if (!planned.ok) throw new Error(planned.failure.kind)
    expect(planned.value).toMatchObject({ channel: 'duty', host })
    expect(JSON.stringify(planned)).not.toMatch(/hunter2/)
    expect(planned.value.script).toContain('服务无应答')
    const config = await recorderAlertConfig(core, planned.value, address)
    const lines = config.ok ? config.value.reveal().split('\n') : []
    expect(lines.slice(0, 2)).toEqual([`# rackside-alert ${planned.value.mark}`, `# tells ${host}`])
    expect(lines).toContain(`url = "${url}${encodeURIComponent(secret)}"`)
    expect(lines.filter((line) => /location|insecure/.test(line))).toEqual([])
  })

  it.each([
    ['signed', { ...ways.webhook, hmacId: 's' }],
    ['signed', { ...ways.dingtalk, signId: 's' }],
    ['signed', { ...ways.feishu, signId: 's' }],
    ['other-kind', { kind: 'desktop' }],
  ] as const)('is %s: %j', (problem, way) => {
    expect(recorderAlertFor(coreWith(way).core, about)).toEqual({
      ok: false,
      failure: { kind: 'recorder-alert-unusable', channel: 'duty', problem },
    })
  })

  it('that was set otherwise, or is gone, since it was planned gets nothing', async () => {
    const { core, set } = coreWith(ways.wecom)
    const planned = recorderAlertFor(core, about)
    if (!planned.ok) throw new Error(planned.failure.kind)
    set({ ...ways.wecom, origin: 'https://relay.example' })
    expect(await recorderAlertConfig(core, planned.value, address)).toMatchObject({
      failure: { kind: 'plan-outdated', differences: ['channel: duty'] },
    })
    const { core: other } = coreWith(ways.wecom, { id: 'other' })
    expect(await recorderAlertConfig(other, planned.value, address)).toMatchObject({
      failure: { kind: 'recorder-alert-unusable', problem: 'unknown' },
    })
  })

  it('is not for whoever only delivers: its secret would lie on a server that is theirs', async () => {
    const { core } = coreWith(ways.wecom)
    const who = { operator: 'vendor', rights: rightsOf(['vendor']), roles: ['vendor' as const] }
    const input = { target: { by: 'name', name: 'ward' } as const, bundleId: 'b', solution: 's', recordAlert: 'duty' }
    expect(await planSetupFor({ core, operator: 'vendor', who }, input)).toMatchObject({
      failure: { kind: 'not-permitted', call: 'setup.plan', needs: ['operate'] },
    })
  })
})
