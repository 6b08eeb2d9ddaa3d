// What an appliance of the lab has on it, as lines to compare: the same setup ends in the same lines, whatever happened
// on the way. Names of runs and times are left out, and what consoles noted of their own acts.
import { inside, type LabAppliance } from './lab.ts'

const containerFormat = [
  '{{.Name}} {{.Image}} {{index .Config.Labels "rackside.spec"}} {{.State.Status}} {{.State.Health.Status}}',
  '{{.HostConfig.RestartPolicy.Name}} {{json .HostConfig.PortBindings}} {{json .Config.Cmd}}',
  '{{range .Config.Env}}{{println}}{{$.Name}} {{.}}{{end}}',
].join(' ')

const script = `
cd /var/lib/rackside 2>/dev/null && {
  find . \\( -path './journal/*' -o -path ./audit \\) -prune -o -printf '%P %y %m %U:%G\\n' | sort
  find artifacts -type f -exec sha256sum {} + | sort
  for file in format baseline.json deployments/* images/* versions/*/*; do
    [ -f "$file" ] || continue
    printf '%s: ' "$file"
    sed -E 's/run-[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}/RUN/g; s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/TIME/g' "$file"
  done
  printf 'lock: '; tr -d '\\0' <lock; echo
}
docker ps --all --quiet | while read -r id; do docker inspect --format '${containerFormat}' "$id"; done | sort
docker images --no-trunc --quiet | sort -u
docker network ls --format '{{.Name}}' | sort
docker volume ls --quiet | sort
systemctl list-units --all --plain --no-legend 'rackside-*' | grep -v '^rackside-lab-'
`

export async function installedState(appliance: LabAppliance): Promise<string[]> {
  return (await inside(appliance, 'sh', '-c', script)).split('\n').filter((line) => line !== '')
}

const away = `
docker ps --all --quiet | xargs -r docker rm --force --volumes >/dev/null
docker network prune --force >/dev/null
docker images --quiet | sort -u | xargs -r docker rmi --force >/dev/null
find /var/lib/rackside -mindepth 1 -delete 2>/dev/null
rmdir /var/lib/rackside /run/rackside 2>/dev/null
`

/** Everything of a setup away, faster than by the product, which is not what is tried. */
export async function takeAllAway(appliance: LabAppliance): Promise<void> {
  await inside(appliance, 'sh', '-c', away)
}

type Line = {
  readonly record: string
  readonly run: string
  readonly plan?: string
  readonly step?: string
  readonly outcome?: string
  readonly resumes?: string
}

async function journalLines(appliance: LabAppliance): Promise<string[]> {
  const text = await inside(appliance, 'sh', '-c', 'cat /var/lib/rackside/journal/*.jsonl')
  return text.trim().split('\n')
}

/** The plans that somebody began to carry out. */
export async function plansJournaled(appliance: LabAppliance): Promise<string[]> {
  const begun = (await journalLines(appliance)).filter((line) => line.startsWith('{"record":"run-begin"'))
  return begun.map((line) => String((JSON.parse(line) as Line).plan))
}

/** Sentences about what the journals of an appliance should not say. */
export async function journalFaults(appliance: LabAppliance): Promise<string[]> {
  const faults: string[] = []
  const records: Line[] = []
  for (const line of await journalLines(appliance)) {
    try {
      records.push(JSON.parse(line))
    } catch {
      faults.push(`a line that is no record: ${line}`)
    }
  }
  return [...faults, ...runFaults(records), ...stepFaults(records)]
}

function runFaults(records: readonly Line[]): string[] {
  const settled = new Set(records.flatMap((one) => [one.resumes, one.record === 'run-end' ? one.run : undefined]))
  const begun = records.filter((one) => one.record === 'run-begin')
  return begun.filter(({ run }) => !settled.has(run)).map(({ run }) => `${run} neither ended nor was taken up`)
}

function stepFaults(records: readonly Line[]): string[] {
  const done = records.filter((one) => one.record === 'step-end' && one.outcome === 'done')
  return done.flatMap(({ step, run }, at) => {
    const before = done.slice(0, at).find((one) => one.step === step)
    const begun = records.some((one) => one.record === 'step-begin' && one.run === run && one.step === step)
    return [
      ...(before === undefined ? [] : [`${step} was done by ${before.run} and again by ${run}`]),
      ...(begun ? [] : [`${step} was done by ${run} without a beginning`]),
    ]
  })
}
