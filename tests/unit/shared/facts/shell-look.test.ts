// The short look through a login shell, in real shells with pretend tools, and what is read of any answer.
import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { readShellLook, shellLookScript, toolsLookedFor } from '../../../../shared/facts/shell-look.ts'
import { makePlace, type Place } from './shells.ts'

const places: Place[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

/** What it prints on a machine with these commands and no others. */
function look(asksSudo: boolean, tools: Readonly<Record<string, string>>, shell?: string) {
  const place = makePlace()
  places.push(place)
  for (const [name, text] of Object.entries(tools)) place.addTool(name, text)
  const env = { PATH: place.tools, LC_ALL: 'C', ...(shell === undefined ? {} : { SHELL: shell }) }
  const { text } = shellLookScript('login', asksSudo)
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', text], { env, encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  return readShellLook(stdout)
}

describe('the look', () => {
  const id = 'echo 1000'

  it('says who runs there, which shell it is and which tools are found', () => {
    expect(look(false, { id, docker: ':', flock: ':' }, '/bin/zsh')).toEqual({
      ...{ userId: 1000, shell: '/bin/zsh', sudoWithoutPassword: false, found: ['docker', 'flock'] },
      missing: ['systemctl', 'dd', 'timeout', 'sha256sum', 'openssl'],
    })
  })

  it('asks sudo where it may, and takes no password that was given before', () => {
    const free = 'case "$*" in "-k -n -- true") exit 0 ;; esac; exit 1'
    expect(look(true, { id, sudo: free }).sudoWithoutPassword).toBe(true)
    expect(look(true, { id, sudo: 'echo no >&2; exit 1' }).sudoWithoutPassword).toBe(false)
    expect(look(true, { id }).sudoWithoutPassword).toBe(false)
    expect(look(false, { id, sudo: free }).sudoWithoutPassword).toBe(false)
  })

  it('is called by its name, and begins with what it is', () => {
    const { name, text } = shellLookScript('root', true)
    expect(name).toBe('shell')
    expect(text).toMatch(/^# rackside shell-look 1 \{"privilege":"root","asksSudo":true\}\n/)
  })
})

describe('what is read', () => {
  const nothing = { userId: undefined, shell: '', sudoWithoutPassword: false, found: [], missing: [...toolsLookedFor] }

  it.each([
    [''],
    ['garbage'],
    ['user\nshell\ntool'],
    ['tool rm\ntools docker\nxtool docker'],
    ['a free sudo\nfree sudo!'],
  ])('of %j is nothing', (text) => {
    expect(readShellLook(text)).toEqual(nothing)
  })

  it.each([
    ['user 0', 0],
    ['user 4294967294', 4_294_967_294],
    ['user 12345678901', undefined],
    ['user x1', undefined],
    ['user 1x', undefined],
    ['banner\nuser 7\nuser 8', 7],
  ])('of %j is the user %s', (text, userId) => {
    expect(readShellLook(text).userId).toBe(userId)
  })

  it('is bounded', () => {
    expect(readShellLook(`shell ${'x'.repeat(4000)}`).shell.length).toBeLessThan(220)
    expect(readShellLook(`${'\n'.repeat(4096)}user 7`).userId).toBeUndefined()
  })
})
