// What asks a new container for its work, in real shells: with curl, else with wget, else not at all.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { smoke } from '../../../../shared/apply/container-proof.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'
import { installed, makePlace, shells } from '../facts/shells.ts'

const { facts } = planCase('installed')
const specOf = (deployment: string) =>
  planFor(facts).steps.find((s) => s.id === `container.${deployment}`)?.spec as StepSpecOf<'container'>

/** `answers`: what the program prints each time it is asked, then it ends with `code`. */
function ask(shell: string, deployment: string, program: string, answer = '', code = 0) {
  const place = makePlace()
  onTestFinished(() => place.remove())
  for (const tool of ['head', 'timeout']) symlinkSync(join('/usr/bin', tool), join(place.tools, tool))
  const asked = join(place.tools, 'asked')
  if (program !== '') {
    place.addTool(program, `printf '%s\\n' "$@" >>'${asked}'\nprintf '%s' '${answer}'\nexit ${code}`)
  }
  const [, , text = '', ...words] = smoke(specOf(deployment)).words
  const { status, stderr } = spawnSync(`/bin/${shell}`, ['-c', `sleep() { :; }\n${text}`, ...words], {
    env: { PATH: place.tools, SHLVL: '1' },
    encoding: 'utf8',
  })
  return { status, stderr, asked: existsSync(asked) ? readFileSync(asked, 'utf8') : '' }
}

const token = '{"choices":[{"message":{"content":"x"}}]}'

/** Busybox's shell has a wget of its own. */
const bare = shells.filter(([program]) => program !== 'busybox' && installed(program))

describe.each(bare.map(([program]) => program))('asking for the work in %s', (shell) => {
  it.each(['curl', 'wget'])('asks a model for one token with %s', (program) => {
    const { status, asked } = ask(shell, 'ward-model', program, token)
    expect(status).toBe(0)
    expect(asked).toContain('http://127.0.0.1:8400/v1/chat/completions')
    expect(asked).toContain('"max_tokens":1')
  })

  it.each(['curl', 'wget'])('asks an app for its ready page with %s', (program) => {
    const { status, asked } = ask(shell, 'note-helper', program, 'ready')
    expect(status).toBe(0)
    expect(asked).not.toContain('content-type')
  })

  it('fails after three times without a token or a page, and says what came', () => {
    const model = ask(shell, 'ward-model', 'curl', '{"error":"out of memory"}')
    expect(model.status).toBe(1)
    expect(model.stderr).toMatch(/does not do its work: http:.* says .*out of memory/)
    expect(model.asked.match(/127\.0\.0\.1/g)).toHaveLength(3)
    expect(ask(shell, 'note-helper', 'curl', '503', 22).status).toBe(1)
  })

  it('passes, and says so, where no program can ask', () => {
    expect(ask(shell, 'ward-model', '')).toMatchObject({ status: 0, stderr: expect.stringMatching(/not asked/) })
  })
})
