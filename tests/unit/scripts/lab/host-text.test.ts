// What the lab reads from the host's own texts: process tables, mounts, apt sources, ldd, debootstrap.
import { expect, test } from 'vitest'
import { librariesInLdd, mergedPath } from '../../../../scripts/lab/artifacts/program-closure.ts'
import { debootstrapFailure } from '../../../../scripts/lab/base/debootstrap-failure.ts'
import { debianMirror } from '../../../../scripts/lab/base/mirror.ts'
import { recipeHash } from '../../../../scripts/lab/base/recipe.ts'
import { groupFolders } from '../../../../scripts/lab/host/control-group.ts'
import { readProcessStat } from '../../../../scripts/lab/host/process-identity.ts'
import { mountPointsBelow } from '../../../../scripts/lab/host/remove-tree.ts'

test('a process name may hold brackets and spaces', () => {
  const fields = Array.from({ length: 30 }, (_, index) => String(index + 4)).join(' ')
  const stat = readProcessStat(`77 (odd) name (x)) S ${fields}`)
  expect(stat).toEqual({ name: 'odd) name (x)', parentPid: 4, startTicks: 22, isZombie: false })
  expect(readProcessStat(`77 (gone) Z ${fields}`)?.isZombie).toBe(true)
  expect(readProcessStat('')).toBeNull()
})

test('mounts below a folder are found deepest first, those beside it are not', () => {
  const line = (point: string): string => `30 1 0:40 / ${point} rw - tmpfs tmpfs rw`
  const info = ['/lab/a', '/lab/a/root', '/lab/a/root/in\\040side', '/lab/ab', '/'].map(line).join('\n')
  expect(mountPointsBelow(info, '/lab/a')).toEqual(['/lab/a/root/in side', '/lab/a/root', '/lab/a'])
})

test.each([
  ['Types: deb\nURIs: http://deb.debian.org/debian\nSuites: bookworm', 'http://deb.debian.org/debian'],
  ['deb [signed-by=/k] https://mirror.example/debian/ stable main', 'https://mirror.example/debian'],
  ['# URIs: http://old.example/debian\ndeb http://deb.nodesource.com/node_20.x nodistro main', null],
  ['URIs: http://deb.debian.org/debian-security', null],
])('the mirror is the first Debian archive in the sources', (sources, mirror) => {
  expect(debianMirror(sources)).toBe(mirror)
})

test('ldd lists libraries and the loader, not the kernel page', () => {
  const output = [
    '/usr/bin/program:',
    '\tlinux-vdso.so.1 (0x00007ff9)',
    '\tlibz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x00007f01)',
    '\t/lib64/ld-linux-x86-64.so.2 (0x00007f02)',
    '\tlibz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x00007f03)',
  ].join('\n')
  expect(librariesInLdd(output)).toEqual(['/lib/x86_64-linux-gnu/libz.so.1', '/lib64/ld-linux-x86-64.so.2'])
  expect(() => librariesInLdd('\tlibgone.so => not found')).toThrow('libgone.so')
  expect(mergedPath('/lib64/ld-linux-x86-64.so.2')).toBe('/usr/lib64/ld-linux-x86-64.so.2')
  expect(mergedPath('/usr/bin/node')).toBe('/usr/bin/node')
})

test.each([
  ["E: Couldn't find these debs: llama.cpp docker-cli", 'package-vanished', 'llama.cpp docker-cli'],
  ['E: Failed getting release file http://m/dists/forky/Release', 'mirror-unreachable', 'http://m'],
  ["E: Couldn't download packages: nodejs", 'mirror-unreachable', 'nodejs'],
  ['I: Unpacking\nE: Sub-process dpkg returned 1', 'base-build-failed', 'Sub-process dpkg returned 1'],
])('debootstrap saying "%s" is %s', (output, code, named) => {
  const failure = debootstrapFailure(output, '', 'http://m')
  expect(failure.code).toBe(code)
  expect(failure.message).toContain(named)
})

test('the control group lies in version 2, and its shadow in a legacy hierarchy is known', () => {
  const mounts = [
    'cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0',
    'cgroup /sys/fs/cgroup/systemd cgroup rw,xattr,name=systemd 0 0',
    'cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0',
  ].join('\n')
  expect(groupFolders('a', mounts)).toEqual([
    '/sys/fs/cgroup/unified/rackside-lab.a',
    '/sys/fs/cgroup/systemd/rackside-lab.a',
  ])
  expect(groupFolders('a', 'cgroup2 /sys/fs/cgroup cgroup2 rw 0 0')).toEqual(['/sys/fs/cgroup/rackside-lab.a'])
})

test('another list of packages is another base image', () => {
  expect(recipeHash({ packages: ['a'] })).not.toBe(recipeHash({ packages: ['b'] }))
  expect(recipeHash()).toMatch(/^[0-9a-f]{12}$/)
})
