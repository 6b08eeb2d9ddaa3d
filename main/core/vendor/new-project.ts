// `rackside vendor init`: a project that is complete but for the image, with an app and a solution to be written over.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { checkPassphrase } from '../../vault/passphrase.ts'
import type { CoreTools } from '../core-tools.ts'
import { projectFile, unusableProject } from './project.ts'
import { readHome } from './publisher-home.ts'
import { type Keys, makePublisher, type NewPublisher, publisherIn } from './publisher-keys.ts'

export type InitWish = {
  readonly folder: string
  /** Of the app, its solution and the line of releases. */
  readonly name: string
  /** Keys are made for a new publisher; one that is there already keeps its own, wherever they lie. */
  readonly publisher: { readonly keys: string } | (NewPublisher & { readonly passphrase: string })
}

export type MadeProject = Keys & { readonly files: readonly string[] }

/** Nothing that lies there is overwritten. */
export async function makeProject(
  tools: Pick<CoreTools, 'now'>,
  { folder: place, name, publisher }: InitWish,
): Promise<Result<MadeProject>> {
  const folder = resolve(place)
  if (existsSync(folder) && readdirSync(folder).length > 0) return unusableProject(folder, 'not-empty')
  const usable = 'keys' in publisher ? readHome(resolve(publisher.keys)) : checkPassphrase(publisher.passphrase)
  if (!usable.ok) return usable
  const begun = beginFolder(folder)
  if (!begun.ok) return begun
  const keysFolder = 'keys' in publisher ? resolve(publisher.keys) : join(folder, 'publisher')
  const keys = await keysIn(keysFolder, publisher, tools)
  if (!keys.ok) return keys
  const files = projectFiles({ name, publisher: keys.value.publisher.name, keys: relative(folder, keysFolder) })
  try {
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text, { flag: 'wx' })
    }
  } catch (error) {
    return unusableProject(folder, 'unwritable', (error as Error).message)
  }
  return ok({ ...keys.value, files: files.map(([file]) => file) })
}

/** With the rights that folders usually have: only the one of the keys is private. */
function beginFolder(folder: string): Result<void> {
  try {
    mkdirSync(join(folder, 'images'), { recursive: true })
    return ok(undefined)
  } catch (error) {
    return unusableProject(folder, 'unwritable', (error as Error).message)
  }
}

async function keysIn(
  folder: string,
  publisher: InitWish['publisher'],
  tools: Pick<CoreTools, 'now'>,
): Promise<Result<Keys>> {
  if ('keys' in publisher) return publisherIn(folder)
  const { id, name, passphrase } = publisher
  return makePublisher(folder, { publisher: { id, name }, passphrase, now: tools.now() })
}

type Named = { readonly name: string; readonly publisher: string; readonly keys: string }

function projectFiles({ name, publisher, keys }: Named): [string, string][] {
  return [
    [projectFile, projectText({ name, keys })],
    [`catalog/apps/${name}.yaml`, appText(name, publisher)],
    [`catalog/solutions/${name}.yaml`, solutionText(name, publisher)],
    ['.gitignore', '# Made from the rest, or secret.\n/bundle/\n/publisher/\n*.rsb\n*.rsb.*\n'],
  ]
}

const quoted = (text: string) => JSON.stringify(text)

function projectText({ name, keys }: Pick<Named, 'name' | 'keys'>): string {
  return `# What is delivered, by whom, and where its bytes come from. The entries are in catalog/.
format: 1
# The line of releases: each one takes the place of the one before. Never change it.
line: ${name}
# The publisher's folder, with its keys. Keep a copy of it and of its passphrase: without them nobody can update what
# hospitals have. The file root-N.key is only needed to change keys and may be kept elsewhere.
publisher: ${quoted(keys)}
# Every artifact that an entry names. Also: { from: docker, image: "name:tag" }, { from: registry, image: "host/name:tag" },
# { from: http, url: ..., sha256: ... }.
artifacts:
  ${name}-amd64: { from: file, path: images/${name}-amd64.tar }
`
}

function appText(name: string, publisher: string): string {
  return `# An app that people open in their browser. "rackside catalog schema" has every field there is.
kind: app
id: ${name}
version: "1.0.0"
title: { en: ${quoted(name)}, zh-CN: "${name}（请改为中文名）" }
summary:
  en: Say in one sentence what it does for whom.
  zh-CN: 用一句话说明它为谁做什么。
publisher: { name: ${quoted(publisher)} }
licence: { spdx: LicenseRef-Proprietary }
intendedUse:
  en: Drafts that a clinician checks.
  zh-CN: 起草文本，由临床医生核对。
notForDiagnosis: true
dataHandling:
  # none, passes-through (in memory only) or stored; then "stored" says where.
  patientData: passes-through
  egress: []
# The model's address and name arrive in the variables below.
requires: [openai-chat@1]
# How people come in: nobody (it has no accounts), made, first-visitor or published.
signIn: { by: nobody }
containerPort: 8080
# Answers 200 once the app can do its work.
readyPath: /readyz
startTimeoutSeconds: 60
# Runs inside the container: one word an item, exit 0 means alive. The server's engine runs it by /bin/sh, so the image
# must have a shell, also where the app is a single program; busybox is enough.
healthCommand: [/bin/busybox, wget, -q, -O, /dev/null, "http://127.0.0.1:8080/healthz"]
variants:
  - id: any
    images: { amd64: { artifact: ${name}-amd64 } }
    arguments: []
    environment:
      PORT: "{service.port}"
      MODEL_BASE_URL: "{needs.model.baseUrl}"
      MODEL_NAME: "{needs.model.name}"
    # Memory that it takes on the host, in bytes.
    overheadBytes: 268435456
    evidence: none
`
}

function solutionText(name: string, publisher: string): string {
  return `# What a hospital installs. It uses a model that is on the server already.
kind: solution
id: ${name}
version: "1"
title: { en: ${quoted(name)}, zh-CN: "${name}（请改为中文名）" }
summary:
  en: The app alone, with a model that the server has.
  zh-CN: 仅该应用，使用服务器上已有的模型。
publisher: { name: ${quoted(publisher)} }
licence: { spdx: LicenseRef-Proprietary }
services:
  # hostPort: on the server's own loopback, 1024 to 65535; one that no other app has, here by chance from the name.
  - { role: app, name: ${name}, app: ${name}, usesInstalled: openai-chat, hostPort: ${portOf(name)} }
`
}

/** Two apps of one server seldom get the same, and none gets one that Rackside's own catalog has. */
function portOf(name: string): number {
  const digest = createHash('sha256').update(name).digest()
  return 8600 + (digest.readUInt16BE(0) % 300)
}
