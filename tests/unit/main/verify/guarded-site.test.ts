// What an ingress is asked in a real shell: a guarded site lets nobody in without the password, and who has it; a site
// that does not is no green light.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lookAtPublished } from '../../../../main/verify/ingress.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import type { DeploymentProof } from '../../../../shared/domain/deployment.ts'
import { ok } from '../../../../shared/domain/failure.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const password = 'k7dmq-2vxpz-hh3yw-9mtrc'
const proof: Extract<DeploymentProof, { serves: 'ingress' }> = {
  ...{ serves: 'ingress', deployment: 'way', hostPort: 8499, readyPath: '/health' },
  at: { address: '10.0.0.5', port: 443, name: 'ai.hospital.example', guarded: true },
  sites: [
    { app: 'notes', at: '/', guarded: true },
    { app: 'chat', at: '/chat/' },
  ],
  guard: { user: 'hospital', secret: 'people' },
}

/** `answers`: the status that each address gives without and with the password. */
async function look(answers: Readonly<Record<string, readonly [open: number, known: number]>>, given = false) {
  const root = temporaryFolder()
  const tls = join(root, 'services/way/tls-10.0.0.5-ai.hospital.example')
  for (const folder of [tls, join(root, 'secrets/way'), join(root, 'bin')]) mkdirSync(folder, { recursive: true })
  writeFileSync(join(root, 'secrets/way/people.9'), 'old-password-nobody-has')
  writeFileSync(join(root, 'secrets/way/people.10'), password)
  writeFileSync(join(tls, 'server.crt'), 'certificate')
  const digest = spawnSync('sha256sum', { input: 'certificate', encoding: 'utf8' }).stdout.slice(0, 64)
  if (given) writeFileSync(join(tls, 'given'), `${digest}\n`)
  const cases = Object.entries(answers).map(
    ([url, [without, has]]) =>
      `*' ${url}') [ "$in" = 'user = "hospital:${password}"' ] && echo -n ${has} || echo -n ${without} ;;`,
  )
  writeFileSync(
    join(root, 'bin/curl'),
    `#!/bin/bash\nin=; case "$*" in *'--config -'*) in=$(cat) ;; esac\necho "$*" >>'${root}/said'\ncase "$*" in\n${cases.join('\n')}\n*) exit 7 ;; esac\n`,
  )
  chmodSync(join(root, 'bin/curl'), 0o755)
  const connection = {
    run: async ({ text }: { text: string }) => {
      const script = text.replaceAll('/var/lib/rackside', root)
      const { status, stdout } = spawnSync('bash', ['-c', script], {
        env: { PATH: `${root}/bin:/usr/bin:/bin` },
        encoding: 'utf8',
      })
      return ok({ exitCode: status ?? 1, stdout, stderr: '', truncated: false })
    },
  } as unknown as Connection
  const seen = await lookAtPublished(connection, proof)
  return { ...seen, words: readFileSync(join(root, 'said'), 'utf8') }
}

const [notes, chat] = ['https://ai.hospital.example/', 'https://ai.hospital.example/chat/']

describe('an ingress with a guarded site', () => {
  it('is well where the site asks, and opens; its password is in no word of a process', async () => {
    const seen = await look({ [notes]: [401, 200], [chat]: [302, 302] })
    expect([seen.passed, seen.detail]).toEqual([true, '2 of 2 at 10.0.0.5:443'])
    expect(seen.words).toContain('--resolve ai.hospital.example:443:10.0.0.5')
    expect(seen.words).toMatch(/--cacert \S+\/ca\.crt/)
    expect(seen.words).not.toContain(password)
  })

  it('trusts a given certificate as it is', async () => {
    const seen = await look({ [notes]: [401, 200], [chat]: [200, 200] }, true)
    expect([seen.passed, /--cacert \S+\/server\.crt/.test(seen.words)]).toEqual([true, true])
  })

  it.each([
    ['lets everybody in', [200, 200], 'answers 200 without the password'],
    ['lets nobody in', [401, 401], 'answers 401 with the password'],
    ['forbids everybody', [403, 403], 'answers 403 without the password'],
    ['leads to nothing', [401, 502], 'answers 502 with the password'],
  ] as const)('is not where it %s', async (_what, status, why) => {
    const seen = await look({ [notes]: status, [chat]: [200, 200] })
    expect([seen.passed, seen.detail]).toEqual([false, expect.stringContaining(why)])
  })

  it('is not where an open site does not answer', async () => {
    const seen = await look({ [notes]: [401, 200], [chat]: [502, 502] })
    expect(seen).toMatchObject({ passed: false, detail: expect.stringContaining('/chat/ answers 502') })
  })
})
