// The user's OpenSSH configuration, read as OpenSSH itself reads it: where ssh is installed, the same file is given
// to `ssh -G` and has to say the same.
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSshConfig } from '../../../../main/connect/ssh-config.ts'
import { needs } from '../../../support/needs.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const user = { name: 'li', home: '/home/li' }

function read(text: string, others: Record<string, string> = {}) {
  const files = { config: text, ...others } as Record<string, string>
  return readSshConfig(
    'config',
    { read: (file) => files[file], matching: (pattern) => Object.keys(files).filter((file) => file === pattern) },
    user,
  )
}

function hostsOf(text: string, others: Record<string, string> = {}) {
  const config = read(text, others)
  if (!config.ok) throw new Error(JSON.stringify(config.failure))
  return config.value.hosts
}

const whole = `
# remarks, and settings before the first host
IdentityFile ~/.ssh/id_default
Host ward ward-two
  HostName 10.78.0.11   # the real address
  Port=2222
  User ops
Host "icu"
  hostname icu.%h.hospital.cn
  IdentityFile "%d/keys/%u at %h"
Host *.lab !bad.lab
  User lab
Host good.lab bad.lab deep
  Port 2200
Host deep
  ProxyJump admin@ward:2022,good.lab
Host direct
  ProxyJump none
Host *
  User fallback
  ProxyJump icu
`

const stop = (host: string, port: number, login: string) => ({ address: { host, port, user: login } })

describe('an SSH configuration', () => {
  it('with a pattern that is made to be slow is read at once', () => {
    const before = performance.now()
    const name = 'a'.repeat(120)
    const [host] = hostsOf(`Host ${'*a'.repeat(5)}*b\n  Port 23\nHost ${name}\n  HostName ward`)
    expect(host).toMatchObject(stop('ward', 22, 'li'))
    expect(performance.now() - before).toBeLessThan(500)
  })

  it('names its concrete hosts, each with the first value of everything', () => {
    const hosts = hostsOf(whole.replace('  ProxyJump icu\n', ''))
    const identityFile = '/home/li/.ssh/id_default'
    const ward = { ...stop('10.78.0.11', 2222, 'ops'), identityFile, via: [] }
    expect(hosts).toMatchObject([
      { name: 'ward', ...ward },
      { name: 'ward-two', ...ward },
      { name: 'icu', ...stop('icu.icu.hospital.cn', 22, 'fallback'), identityFile },
      { name: 'good.lab', ...stop('good.lab', 2200, 'lab') },
      { name: 'bad.lab', ...stop('bad.lab', 2200, 'fallback') },
      { name: 'deep', via: [stop('10.78.0.11', 2022, 'admin'), stop('good.lab', 2200, 'lab')] },
      { name: 'direct', via: [] },
    ])
  })

  it('says what an identity file is called with ~ and tokens, and takes none for none', () => {
    const text =
      'Host a\n HostName h\n IdentityFile %d/k/%u-%h-%r-%n-%p-%%\nHost b\n IdentityFile none\nHost c\n IdentityFile ~/k'
    expect(hostsOf(text).map((one) => one.identityFile)).toEqual(['/home/li/k/li-h-li-a-22-%', undefined, '/home/li/k'])
  })

  it('follows an Include where it stands, under the host it stands in, one level deep', () => {
    const text = 'Host a\n Include more\n Port 3\nHost b\n Port 4'
    expect(hostsOf(text, { more: 'User one\nHost b\n User two' })).toMatchObject([
      { name: 'a', ...stop('a', 3, 'one') },
      { name: 'b', ...stop('b', 4, 'li') },
    ])
    expect(read('Include more', { more: 'Include deeper' })).toMatchObject({
      failure: { kind: 'ssh-config-unusable', file: 'more', line: 1 },
    })
  })

  it('passes over what it cannot follow, and says so', () => {
    const text = [
      'Match host a exec "true"\n User never',
      'Host a\n ProxyCommand nc %h %p',
      'Host loop\n ProxyJump loop',
      'Host far\n ProxyJump 1,2,3,4,5',
      'Host odd\n HostName -oProxyCommand=id',
      'Host fine',
    ].join('\n')
    expect(read(text)).toMatchObject({
      value: {
        hosts: [{ name: 'fine' }],
        skipped: [
          { what: 'match' },
          { what: 'proxy-command', name: 'a' },
          { what: 'too-many-hops', name: 'loop' },
          { what: 'too-many-hops', name: 'far' },
          { what: 'not-an-address', name: 'odd' },
        ],
      },
    })
  })

  it.each([
    ['Host a\nPort x', 2],
    ['Host a\n\nPort 70000', 3],
    ['Host', 1],
    ['Host "a', 1],
  ])('that is broken is refused with the line (%#)', (text, line) => {
    expect(read(text)).toMatchObject({ failure: { kind: 'ssh-config-unusable', file: 'config', line } })
  })

  it('that is not there names nobody', () => {
    expect(readSshConfig('config', { read: () => undefined, matching: () => [] }, user)).toMatchObject({
      value: { hosts: [], skipped: [] },
    })
  })

  it('means what ssh itself says it means', (context) => {
    needs(context, existsSync('/usr/bin/ssh'), 'needs ssh')
    const file = join(temporaryFolder(), 'config')
    writeFileSync(file, whole)
    for (const { name, address, via } of hostsOf(whole)) {
      const said = execFileSync('/usr/bin/ssh', ['-G', '-F', file, name], { encoding: 'utf8' })
      const of = (keyword: string) => new RegExp(`^${keyword} (.*)$`, 'm').exec(said)?.[1]
      expect([name, of('hostname'), of('port'), of('user')]).toEqual([
        name,
        address.host,
        String(address.port),
        address.user,
      ])
      expect([name, of('proxyjump') === undefined]).toEqual([name, via.length === 0])
    }
  })
})
