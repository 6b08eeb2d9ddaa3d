// The permission matrix: every call of both contracts by every role, made from the contract. A call that is new has a row of
// its own in the table that was agreed on, or this fails.
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clientInProcess } from '../../../../main/core/link/console-client.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import type { Grant } from '../../../../shared/domain/operator.ts'
import { isWithinGrant, type Role, rightsOfRole, roles } from '../../../../shared/domain/role.ts'
import { call, calls, named } from '../../../support/every-call.ts'
import { pretendCore } from '../../../support/pretend-core.ts'
import { signedInAs } from '../../../support/signed-in.ts'

const grant: Grant = { publishers: ['nobody'], appliances: ['nowhere'] }
const isRefusedFor = (failure: Failure | undefined) =>
  failure?.kind === 'not-permitted' || failure?.kind === 'not-granted'

/** Somebody with this one role, on a console that has appliances saved and nothing else. */
function asRole(held: Role) {
  const pretend = pretendCore()
  const person = { name: 'wang', roles: [held], ...(held === 'vendor' && { grant }) }
  const sessionKey = signedInAs(pretend.core, person)
  return {
    ...pretend,
    client: clientInProcess({ core: pretend.core, caller: { by: 'person', operator: 'li', sessionKey } }),
  }
}

describe('the permission matrix', () => {
  it('is the one that was agreed on: every call, and the roles that reach it', async () => {
    const line = ({ path, rights }: (typeof calls)[number]) => {
      const reach = roles.map((one) => {
        if (!rights.some((asked) => rightsOfRole[one].includes(asked))) return '-'
        return rights.every((asked) => isWithinGrant([one], asked)) ? 'granted' : 'yes'
      })
      return [path, ...reach].join('\t')
    }
    const matrix = [['call', ...roles].join('\t'), ...calls.map(line).sort()].join('\n')
    await expect(`${matrix}\n`).toMatchFileSnapshot('../../../fixtures/permission-matrix.tsv')
  })

  describe.each(roles)('%s', (held) => {
    const may = (one: (typeof calls)[number]) => one.rights.some((asked) => rightsOfRole[held].includes(asked))
    const refused = calls.filter((one) => !may(one))
    it.each(named(refused))(
      'is refused %s with a line in the audit, and nothing else is written or dialled',
      async (path, { input, rights }) => {
        const { client, auditLines, folder, dialled } = asRole(held)
        expect(await call(client, path, input)).toEqual({
          kind: 'not-permitted',
          call: path.slice(path.indexOf('.') + 1),
          needs: rights,
        })
        const line = { who: 'wang', act: 'call-refused', input: { call: path.slice(path.indexOf('.') + 1) } }
        expect([auditLines(), readdirSync(folder).sort(), dialled]).toMatchObject([
          [line],
          ['audit.jsonl', 'operators.json'],
          [],
        ])
      },
    )

    it.each(named(calls.filter(may)))(
      'gets through to %s, or a vendor no further than its grant',
      async (path, one) => {
        const { client, dialled } = asRole(held)
        const refusal = await call(client, path, one.input)
        const isGranted = one.rights
          .filter((asked) => rightsOfRole[held].includes(asked))
          .every((asked) => isWithinGrant([held], asked))
        if (!isGranted) return expect(isRefusedFor(refusal)).toBe(false)
        // Whatever names an appliance, a plan or a bundle names one of somebody else here.
        const namesSomething = Object.keys(one.input).some((field) =>
          /^(target|planId|bundleId|place|importId|subject)$/.test(field),
        )
        if (namesSomething)
          expect([refusal?.kind, dialled]).toEqual([
            expect.stringMatching(/^(not-granted|plan-unknown|bundle-unknown)$/),
            [],
          ])
      },
    )
  })

  it.each(named(calls.filter(({ rights }) => !rights.includes('anybody'))))(
    'lets nobody through to %s who is not signed in, where there are operators',
    async (path, { input }) => {
      const { core, auditLines, dialled } = asRole('administrator')
      const stranger = clientInProcess({ core, caller: { by: 'person', operator: 'li' } })
      expect(await call(stranger, path, input)).toEqual({ kind: 'sign-in-needed', why: 'never' })
      expect([auditLines(), dialled]).toEqual([[], []])
    },
  )

  it.each(named(calls.filter(({ meta }) => meta.call?.effect === 'destructive')))(
    'asks for the passphrase once more before %s, five minutes after it was typed',
    async (path, { input }) => {
      for (const [seconds, asked] of [
        [299, false],
        [300, true],
      ] as const) {
        let now = Date.parse('2026-11-20T08:00:00.000Z')
        const { core, auditLines } = pretendCore(undefined, undefined, { now: () => new Date(now).toISOString() })
        const sessionKey = signedInAs(core, { name: 'wang', roles: [...roles], grant })
        now += seconds * 1000
        const client = clientInProcess({ core, caller: { by: 'person', operator: 'li', sessionKey } })
        expect((await call(client, path, input))?.kind === 'step-up-needed').toBe(asked)
        expect(auditLines()).toHaveLength(asked ? 0 : 1)
      }
    },
  )
})
