// Of the engine's answers a recording keeps only what readers read: the raw answers of its API name the host, its proxies,
// mirrors, subnets and whatever somebody wrote into labels.
import { labelPrefix, settingsLabel } from '../domain/remote-layout.ts'
import { parsed } from './engine.ts'

type Redact = (text: string) => string
/** A field that is kept as it is, or what is kept of it. A name with "*" at its end stands for all that begin so. */
type Fields = Redact | { readonly [name: string]: Fields }

const depthLimit = 20

/** By probe. `plain` is for the engine's words, `free` for those of people. */
export function engineFields(plain: Redact, free: Redact): Readonly<Record<string, Fields>> {
  const keep = (...names: string[]) => Object.fromEntries(names.map((name) => [name, plain]))
  // Of settings some are names that people gave.
  const Labels = { [settingsLabel]: free, [`${labelPrefix}*`]: plain }
  // Ours are named by the entries that they serve.
  const ownName = (name: string) => (/^\/?rackside-/.test(name) ? name : free(name))
  return {
    'docker-version': {
      Client: keep('Version', 'ApiVersion', 'APIVersion'),
      Server: {
        ...keep('Version', 'ApiVersion', 'MinAPIVersion', 'Os', 'Arch', 'KernelVersion'),
        Platform: keep('Name'),
        Components: keep('Name', 'Version'),
      },
    },
    'docker-info': {
      DockerRootDir: free,
      ...keep('Driver', 'DriverStatus', 'DefaultRuntime', 'CgroupDriver', 'CgroupVersion'),
      ...keep('CDISpecDirs', 'SecurityOptions', 'ServerVersion', 'ContainersRunning', 'LiveRestoreEnabled'),
      Runtimes: { '*': keep('path') },
    },
    containers: {
      ...keep('Id', 'Image', 'RestartCount'),
      Name: ownName,
      State: { ...keep('Status', 'StartedAt'), Health: keep('Status') },
      Config: { Labels },
      HostConfig: { NetworkMode: ownName, PortBindings: { '*': keep('HostPort') } },
    },
    images: { ...keep('Id', 'Architecture'), RepoDigests: (name) => `redacted${name.slice(name.lastIndexOf('@'))}` },
    networks: { ...keep('Name'), Labels },
  }
}

/** A line of another shape is `other`'s to redact. */
export function keptOfLine(line: string, fields: Fields, other: Redact): string {
  const value = line.trim() === '' ? undefined : parsed(line)
  return typeof value === 'object' && value !== null ? JSON.stringify(kept(value, fields, 0)) : other(line)
}

function kept(value: unknown, fields: Fields, depth: number): unknown {
  if (depth > depthLimit) return null
  if (Array.isArray(value)) return value.map((one) => kept(one, fields, depth + 1))
  if (typeof value === 'string') return typeof fields === 'function' ? fields(value) : '(redacted)'
  if (typeof value !== 'object' || value === null) return value
  if (typeof fields === 'function') return {}
  const entries = Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
    const of = fieldOf(name, fields)
    return of === undefined ? [] : [[name, kept(one, of, depth + 1)]]
  })
  return Object.fromEntries(entries)
}

function fieldOf(name: string, fields: Exclude<Fields, Redact>): Fields | undefined {
  if (Object.hasOwn(fields, name)) return fields[name]
  return Object.entries(fields).find(([prefix]) => prefix.endsWith('*') && name.startsWith(prefix.slice(0, -1)))?.[1]
}
