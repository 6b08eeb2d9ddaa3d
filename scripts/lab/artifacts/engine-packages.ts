// The engine for bare servers: Debian's own packages, as debootstrap fetched them for the base image, and the catalog
// entry that offers them.
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type HostPackageEntry, hostPackageEntry } from '../../../shared/domain/entry/host-package-entry.ts'
import type { BaseImage } from '../base/base-image.ts'
import { baseRecipe } from '../base/recipe.ts'
import { writeWithDigests } from './digests.ts'
import { inputHash } from './input-hash.ts'
import { keptPiece, type Piece } from './pieces.ts'

export async function enginePieces(base: BaseImage, code: readonly string[]): Promise<Piece[]> {
  const files = await readdir(base.packages)
  const pieces: Piece[] = []
  for (const name of baseRecipe.enginePackages) {
    const file = files.find((one) => one.startsWith(`${name}_`)) ?? ''
    const hash = await inputHash([file], code)
    const copy = async (to: string) => {
      const digests = await writeWithDigests(to, createReadStream(join(base.packages, file)))
      return { kind: 'file', id: artifactId(name), ...digests } as const
    }
    pieces.push(await keptPiece(artifactId(name), hash, copy))
  }
  return pieces
}

function artifactId(name: string): string {
  return `${name}-deb`
}

export function engineEntry({ record }: BaseImage): HostPackageEntry {
  return hostPackageEntry.parse({
    kind: 'host-package',
    id: 'docker-debian',
    version: record.packages['docker.io'],
    title: { en: 'Docker Engine of Debian', 'zh-CN': 'Debian 的 Docker Engine' },
    summary: { en: 'The container engine, from Debian itself.', 'zh-CN': '来自 Debian 官方的容器引擎。' },
    licence: { spdx: 'Apache-2.0' },
    provides: ['container-engine@1'],
    match: { architecture: 'amd64', systems: [{ id: 'debian' }] },
    manager: 'deb',
    hold: true,
    packages: baseRecipe.enginePackages.map((name) => {
      const version = record.packages[name] ?? ''
      return { name, version, artifact: artifactId(name), fileName: `${name}_${version.replace(/^\d+:/, '')}.deb` }
    }),
    services: ['docker.service'],
  })
}
